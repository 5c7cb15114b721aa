/** A line that is typed into the agent, with Enter. */

import { useState } from "preact/hooks";

import { send, shownName } from "../actions";
import type { Agent } from "../model/types";

export function Message({ agent }: { agent: Agent }) {
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    await send(agent, text).finally(() => setBusy(false));
    setText("");
  };

  return (
    <form class="message line" onSubmit={submit}>
      <input
        id="message"
        class="grow"
        aria-label={`Message to ${shownName(agent.agent)}`}
        placeholder="Message, sent with Enter"
        autocomplete="off"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      <button class="main" disabled={busy || text === ""}>
        Send
      </button>
    </form>
  );
}
