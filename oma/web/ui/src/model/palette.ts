/** What a few letters choose among names. Pure. */

export interface Choice {
  readonly name: string;
  /** Words that choose it, too. */
  readonly more: string;
}

/** The choices that all words fit, first those whose name begins with them; among equals as they come. */
export function chosenBy<C extends Choice>(choices: readonly C[], words: string): C[] {
  const wanted = words.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const fits = choices.filter((choice) => {
    const text = `${choice.name} ${choice.more}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  const rank = ({ name }: C) => {
    const low = name.toLowerCase();
    const [first = ""] = wanted;
    return low.startsWith(first) ? 0 : low.includes(first) ? 1 : 2;
  };
  return fits.toSorted((a, b) => rank(a) - rank(b));
}
