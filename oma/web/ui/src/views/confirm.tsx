/** A question before something that cannot be taken back. */

import { useState } from "preact/hooks";

import { dialog, type Dialog } from "../asking";

export function Confirm({ asked }: { asked: Extract<Dialog, { kind: "confirm" }> }) {
  const [busy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    await asked.act().finally(() => dialog.set(null));
  };
  return (
    <form
      method="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        void act();
      }}
      onKeyDown={(event) => {
        if (event.key === "y" && !busy) void act();
        if (event.key === "n") dialog.set(null);
      }}
    >
      {asked.detail !== "" && <p class="faint">{asked.detail}</p>}
      <p class="choices">
        <button type="button" onClick={() => dialog.set(null)}>
          No <kbd>Esc</kbd>
        </button>
        <button class={asked.danger ? "main danger" : "main"} disabled={busy} autofocus>
          {asked.button} <kbd>y</kbd>
        </button>
      </p>
    </form>
  );
}
