/** Addresses that an agent prints: what the user is shown of one before it is opened. Pure. */

export interface Link {
  /** As the browser will ask for it: what looks like another letter is spelt out. */
  readonly address: string;
  readonly host: string;
  /** Whether something before the host may be taken for it: `https://known.example@other.example`. */
  readonly hasUser: boolean;
}

const MOST_CHARACTERS = 2000;

/** @returns null for what is no address of the web. */
export function linkOf(text: string): Link | null {
  if (text.length > MOST_CHARACTERS || !URL.canParse(text)) return null;
  const { protocol, href, host, username, password } = new URL(text);
  if (protocol !== "http:" && protocol !== "https:") return null;
  return { address: href, host, hasUser: username !== "" || password !== "" };
}
