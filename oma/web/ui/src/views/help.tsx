/** The keys, from the table that they are read from. */

import { dialog } from "../asking";
import { BINDINGS, keyName, type Mode } from "../model/keymap";

const MODES: readonly { readonly mode: Mode | undefined; readonly title: string }[] = [
  { mode: "agents", title: "Agents" },
  { mode: "inbox", title: "The inbox" },
  { mode: "playback", title: "A recording" },
  { mode: undefined, title: "Everywhere" },
];

export function Help() {
  return (
    <div class="help">
      {MODES.map(({ mode, title }) => (
        <section key={title}>
          <h2>{title}</h2>
          <dl>
            {BINDINGS.filter((each) => each.mode === mode).map((each) => (
              <div key={each.command}>
                <dt>
                  {each.keys.length > 3 ? (
                    <kbd>1-9</kbd>
                  ) : (
                    each.keys.map((key) => <kbd key={key}>{keyName(key)}</kbd>)
                  )}
                </dt>
                <dd>{each.does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p class="faint">
        In a terminal that you control every key is the agent's; <kbd>Ctrl</kbd> <kbd>Shift</kbd>{" "}
        <kbd>X</kbd> releases it.
      </p>
      <p class="choices">
        <button type="button" class="main" onClick={() => dialog.set(null)} autofocus>
          Close
        </button>
      </p>
    </div>
  );
}
