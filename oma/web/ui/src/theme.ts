/** Light or dark: as the system is, until the user chooses. */

import { Cell } from "./cell";

const KEY = "oma.theme";
const THEMES = ["system", "dark", "light"] as const;
export type Theme = (typeof THEMES)[number];

export const theme = new Cell<Theme>(THEMES.find((each) => each === localStorage.getItem(KEY)) ?? "system");

function show(): void {
  const chosen = theme.value;
  document.documentElement.style.colorScheme = chosen === "system" ? "light dark" : chosen;
}

/** Goes on to the next theme and remembers it. */
export function nextTheme(): void {
  theme.set(THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? "system");
  localStorage.setItem(KEY, theme.value);
  show();
}

show();
