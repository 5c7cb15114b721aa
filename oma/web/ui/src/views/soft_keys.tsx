/** Keys that a phone's keyboard lacks. */

import { say } from "../asking";

const ARROWS = [
  ["←", "D", "Left"],
  ["↓", "B", "Down"],
  ["↑", "A", "Up"],
  ["→", "C", "Right"],
] as const;

/** What the user copied; empty where the browser does not tell. */
function pasted(): Promise<string> {
  return navigator.clipboard.readText().catch(() => {
    say("the browser does not let this page read what was copied", true);
    return "";
  });
}

export function SoftKeys(props: {
  ctrl: boolean;
  setCtrl: (ctrl: boolean) => void;
  /** Whether the program wants arrows in their other form. */
  application: () => boolean;
  type: (data: string) => void;
  paste: (text: string) => void;
  focus: () => void;
}) {
  const press = (data: string) => {
    props.type(data);
    props.focus();
  };
  return (
    <div class="softKeys" role="toolbar" aria-label="Keys">
      <button type="button" onClick={() => press("\x1b")}>
        Esc
      </button>
      <button type="button" onClick={() => press("\t")}>
        Tab
      </button>
      <button type="button" aria-label="Shift-Tab" onClick={() => press("\x1b[Z")}>
        ⇧Tab
      </button>
      <button type="button" aria-label="Ctrl-C" onClick={() => press("\x03")}>
        ^C
      </button>
      <button
        type="button"
        aria-pressed={props.ctrl}
        onClick={() => {
          props.setCtrl(!props.ctrl);
          props.focus();
        }}
      >
        Ctrl
      </button>
      {ARROWS.map(([sign, letter, name]) => (
        <button
          type="button"
          key={letter}
          aria-label={name}
          onClick={() => press(`\x1b${props.application() ? "O" : "["}${letter}`)}
        >
          {sign}
        </button>
      ))}
      <button type="button" onClick={() => press("\r")}>
        Enter
      </button>
      <button type="button" onClick={() => void pasted().then(props.paste).finally(props.focus)}>
        Paste
      </button>
    </div>
  );
}
