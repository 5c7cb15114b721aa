/** The signs on buttons, as lines in a square of 16. */

const PATHS = {
  bell: "M4 11.5V7a4 4 0 0 1 8 0v4.5M2.5 11.5h11M6.5 14h3",
  "bell-off": "M4 11.5V7a4 4 0 0 1 8 0v4.5M2.5 11.5h11M6.5 14h3M2 2l12 12",
  moon: "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7Z",
  sun: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1",
  half: "M8 2a6 6 0 1 0 0 12ZM8 2a6 6 0 0 1 0 12",
  film: "M2.5 3.5h11v9h-11zM5.5 3.5v9M10.5 3.5v9M2.5 6.5h3M2.5 9.5h3M10.5 6.5h3M10.5 9.5h3",
  bars: "M3 13V8M8 13V3M13 13V6",
  groups: "M2 3.5h12M5 6.5h9M5 9.5h9M2 12.5h12",
  inbox: "M2 9.5 4 3h8l2 6.5V13H2ZM2 9.5h3.5L6.5 11h3l1-1.5H14",
  plus: "M8 3v10M3 8h10",
  help: "M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.5M8 12.2v.3",
  person: "M8 2.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM3 14a5 5 0 0 1 10 0",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z",
  keyboard: "M1.5 4.5h13v7h-13zM4 7h.5M7 7h.5M10 7h.5M4.5 9.2h7",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3 14 14",
  back: "M9.5 3 4.5 8l5 5",
  close: "M4 4l8 8M12 4l-8 8",
  wide: "M2 6V2.5h3.5M14 6V2.5h-3.5M2 10v3.5h3.5M14 10v3.5h-3.5",
  fit: "M2.5 3v10M13.5 3v10M5 8h6M6.8 6 5 8l1.8 2M9.2 6 11 8l-1.8 2",
  copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
  share: "M6 8.5 11 5M6 8l5 3M4 6.5a2 2 0 1 0 0 3.5 2 2 0 0 0 0-3.5ZM12.5 2.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3ZM12.5 10.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Z",
  window: "M1.5 3h13v10h-13zM4 6.5 6 8.2 4 10M7.5 10.2H11",
  play: "M5 3v10l8-5Z",
  pause: "M5.5 3v10M10.5 3v10",
  previous: "M12 3.5 6 8l6 4.5ZM4 3.5v9",
  next: "M4 3.5 10 8l-6 4.5ZM12 3.5v9",
  up: "M3.5 10 8 5.5l4.5 4.5",
  "next-group": "M6 3.5 10.5 8 6 12.5",
  wrap: "M2.5 4h11M2.5 8h8.5a2 2 0 0 1 0 4H8M9.5 10.3 7.8 12l1.7 1.7M2.5 12h3",
  download: "M8 2.5v8M4.5 7.5 8 11l3.5-3.5M2.5 13.5h11",
  sort: "M3 4h10M3 8h7M3 12h4",
  rows: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  grid: "M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z",
  pin: "M6 2.5h4l-.5 4 2.5 2.5H4l2.5-2.5ZM8 9v4.5",
  clip: "M11.5 5.5 6.8 10.2a1.2 1.2 0 0 0 1.7 1.7l5-5a2.6 2.6 0 0 0-3.7-3.7l-5.3 5.3a4 4 0 0 0 5.7 5.7l3.3-3.3",
  down: "M3.5 6 8 10.5 12.5 6",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** A button that is only a sign; its name is for those who do not see it, and for the mouse. */
export function IconButton(props: {
  name: IconName;
  label: string;
  press: () => void;
  pressed?: boolean;
  disabled?: boolean;
}) {
  return (
    <button
      type="button"
      class="quiet square"
      title={props.label}
      aria-label={props.label}
      aria-pressed={props.pressed}
      disabled={props.disabled ?? false}
      onClick={props.press}
    >
      <Icon name={props.name} />
    </button>
  );
}
