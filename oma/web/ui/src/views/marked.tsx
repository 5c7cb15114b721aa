/** What can be done to all agents that are marked, and the question before it, with their names. */

import { useState } from "preact/hooks";

import { shownName } from "../actions";
import { dialog, type Dialog } from "../asking";
import { useCell } from "../cell";
import { actOnAll, askAboutMarked, marked } from "../marks";
import { fieldRows } from "../model/drafts";
import { Confirm } from "./confirm";

export function MarkedBar() {
  const count = useCell(marked).size;
  if (count === 0) return null;
  return (
    <div class="pickedBar line" role="group" aria-label="All that is marked">
      <b>{count} marked</b>
      <span class="grow" />
      <button type="button" title="m" onClick={() => askAboutMarked("send")}>
        Send…
      </button>
      <button type="button" title="x" onClick={() => askAboutMarked("stop")}>
        Stop…
      </button>
      <button type="button" class="quiet" onClick={() => marked.set(new Set())}>
        None
      </button>
    </div>
  );
}

export function MarkedConfirm({ asked }: { asked: Extract<Dialog, { kind: "marked" }> }) {
  const { agents, verb } = asked;
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const to = agents.length === 1 ? "one agent" : `all ${agents.length}`;
  const act = () => {
    if (verb === "send" && text === "") return;
    setBusy(true);
    void actOnAll(agents, verb, verb === "send" ? { text } : {}).then((done) => {
      setBusy(false);
      if (done || verb === "stop") dialog.set(null);
    });
  };
  const names = (
    <ul class="names" aria-label="Agents">
      {agents.map((agent) => (
        <li key={agent.id} class={agent.health}>
          <i class="dot" /> {shownName(agent.agent)}
        </li>
      ))}
    </ul>
  );
  if (verb === "stop")
    return (
      <Confirm button={`Stop ${to}`} danger busy={busy} act={act}>
        {names}
        <p class="faint">Ctrl-C first, then SIGTERM; their sessions end if they go on all the same.</p>
      </Confirm>
    );
  return (
    <form
      class="fields"
      onSubmit={(event) => {
        event.preventDefault();
        act();
      }}
    >
      {names}
      <textarea
        autofocus
        aria-label="Message to all of them"
        placeholder="Message"
        rows={fieldRows(text)}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <p class="faint">Who waits for an answer, or has something half typed, gets nothing, and is named.</p>
      <p class="choices">
        <button type="button" onClick={() => dialog.set(null)}>
          No <kbd>Esc</kbd>
        </button>
        <button class="main" disabled={busy || text === ""}>
          Send to {to}
        </button>
      </p>
    </form>
  );
}
