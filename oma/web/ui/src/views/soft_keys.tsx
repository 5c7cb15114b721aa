/** Keys that a phone's keyboard lacks. */

const ARROWS = [
  ["←", "D", "Left"],
  ["↓", "B", "Down"],
  ["↑", "A", "Up"],
  ["→", "C", "Right"],
] as const;

export function SoftKeys(props: {
  ctrl: boolean;
  setCtrl: (ctrl: boolean) => void;
  /** Whether the program wants arrows in their other form. */
  application: () => boolean;
  type: (data: string) => void;
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
    </div>
  );
}
