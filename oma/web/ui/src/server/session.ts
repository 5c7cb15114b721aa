/** How this browser becomes known to the server. */

import type { Secret, SessionState } from "../model/types";
import { unsubscribe } from "../push";
import { forgetSecret, get, keepSecret, post, Refusal } from "./http";

/** What tells a login from others; the server gives logins no names. */
export const loginOf = (known: { readonly name: string; readonly expires_at: string }): string =>
  `${known.name} ${known.expires_at}`;

/** The session of this browser; null where the user has to log in first. */
export async function readSession(): Promise<SessionState | null> {
  try {
    const session = await get<SessionState>("/api/session");
    forgetSecret(loginOf(session));
    return session;
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) {
      forgetSecret();
      return null;
    }
    throw error;
  }
}

/** What lets somebody in: a token, or the code of a login address, which works once. */
export type Key = { readonly token: string } | { readonly code: string };

/** @throws Refusal The key is not good, or was tried too often. */
export async function logIn(key: Key): Promise<void> {
  const granted = await post<Secret>("/api/login", key);
  keepSecret(granted.secret, loginOf(granted));
}

export async function logOut(): Promise<void> {
  await unsubscribe();
  await post("/api/logout");
  forgetSecret();
}
