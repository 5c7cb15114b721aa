/** Questions before something that cannot be taken back. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

import { answer, shownName } from "../actions";
import { dialog, say, type Dialog } from "../asking";
import { useCell } from "../cell";
import { answerPicked, picked } from "../inbox_state";
import { openDialog, optionOf, optionWords } from "../model/dialog";
import type { DialogOption } from "../model/types";
import { printable } from "../model/words";
import { fleet } from "../page";
import { Asked } from "./answers";

export function Confirm(props: {
  button: string;
  danger: boolean;
  busy: boolean;
  act: () => void;
  children: ComponentChildren;
}) {
  const { busy, act } = props;
  return (
    <form
      method="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        act();
      }}
      onKeyDown={(event) => {
        if (event.key === "y" && !busy) act();
        if (event.key === "n") dialog.set(null);
      }}
    >
      {props.children}
      <p class="choices">
        <button type="button" onClick={() => dialog.set(null)}>
          Cancel <kbd>Esc</kbd>
        </button>
        <button class={props.danger ? "main danger" : "main"} disabled={busy} autofocus>
          <span>{props.button}</span> <kbd>y</kbd>
        </button>
      </p>
    </form>
  );
}

/** Asks before a deed on an agent. */
export function DeedConfirm({ asked }: { asked: Extract<Dialog, { kind: "confirm" }> }) {
  const [busy, setBusy] = useState(false);
  const act = () => {
    setBusy(true);
    void asked.act().finally(() => dialog.set(null));
  };
  return (
    <Confirm button={asked.button} danger={asked.danger} busy={busy} act={act}>
      {asked.detail !== "" && <p class="faint">{asked.detail}</p>}
    </Confirm>
  );
}

/** Asks before an answer, and is gone as soon as the agent asks something else. */
export function AnswerConfirm({ chosen }: { chosen: Extract<Dialog, { kind: "answer" }> }) {
  const { id, agent, asked, key } = chosen;
  const [busy, setBusy] = useState(false);
  const standing = openDialog(useCell(fleet).agents.get(id));
  const stale = !busy && standing?.fingerprint !== asked.fingerprint;

  useEffect(() => {
    if (!stale) return;
    dialog.set(null);
    const what = standing === null ? "asks nothing any more" : "asks something else now";
    say(`${shownName(agent)} ${what}: nothing was sent`, true);
  }, [stale]);

  const option = optionOf(asked, key);
  if (stale || option === null) return null;
  const act = () => {
    setBusy(true);
    void answer(id, { key }, asked.fingerprint).finally(() => dialog.set(null));
  };
  return (
    <Confirm button={printable(optionWords(option))} danger={false} busy={busy} act={act}>
      <Asked asked={asked} />
    </Confirm>
  );
}

/** Asks before one answer to all that was picked; what asks something else by now is left out. */
export function AnswerAllConfirm({ option }: { option: DialogOption }) {
  const wanted = useCell(picked);
  const known = useCell(fleet).agents;
  const isNone = wanted.size === 0;
  useEffect(() => {
    if (isNone) dialog.set(null);
  }, [isNone]);
  const act = () => {
    void answerPicked({ key: option.key });
    dialog.set(null);
  };
  const words = `${printable(optionWords(option))}, to ${wanted.size === 1 ? "one agent" : `all ${wanted.size}`}`;
  return (
    <Confirm button={words} danger={false} busy={isNone} act={act}>
      <ul class="pickedList">
        {[...wanted].map(([id, asked]) => (
          <li key={id}>
            <b>{shownName(known.get(id)?.agent ?? id)}</b>
            <Asked asked={asked} />
          </li>
        ))}
      </ul>
    </Confirm>
  );
}
