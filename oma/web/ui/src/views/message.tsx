/** A text that is typed into the agent, with Enter after it. It stays until the server took it. */

import { useState } from "preact/hooks";

import { send, shownName } from "../actions";
import { Drafts, fieldRows, sends } from "../model/drafts";
import type { Agent } from "../model/types";

const drafts = new Drafts(sessionStorage);
const touch = matchMedia("(pointer: coarse)");

export function Message({ agent }: { agent: Agent }) {
  const [text, setText] = useState(drafts.of(agent.id));
  const [busy, setBusy] = useState(false);

  const change = (typed: string) => {
    drafts.set(agent.id, typed);
    setText(typed);
  };

  const submit = async () => {
    if (busy || text === "") return;
    setBusy(true);
    try {
      if (await send(agent, text)) drafts.sent(agent.id, text);
    } finally {
      setBusy(false);
      setText(drafts.of(agent.id));
    }
  };

  return (
    <form
      class="message line"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <textarea
        id="message"
        class="grow"
        aria-label={`Message to ${shownName(agent.agent)}`}
        placeholder={touch.matches ? "Message" : "Message (Shift-Enter: new line)"}
        autocomplete="off"
        rows={fieldRows(text)}
        value={text}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
          if (!sends(event, touch.matches)) return;
          event.preventDefault();
          void submit();
        }}
      />
      <button class="main" disabled={busy || text === ""}>
        Send
      </button>
    </form>
  );
}
