/** How this browser becomes known to the server. */

import type { Secret, SessionState } from "../model/types";
import { forgetSecret, get, keepSecret, post, Refusal, secret } from "./http";

/** What tells a login from others; the server gives logins no names. */
export const loginOf = (known: { readonly name: string; readonly expires_at: string }): string =>
  `${known.name} ${known.expires_at}`;

/** The session of this browser; null where the user has to log in first. */
export async function readSession(): Promise<SessionState | null> {
  try {
    const session = await get<SessionState>("/api/session");
    forgetSecret(loginOf(session));
    if (secret() === null) await fetchSecret();
    return session;
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) {
      forgetSecret();
      return null;
    }
    throw error;
  }
}

/** A fresh login hands its secret out once, to the first tab, which keeps it for all. */
async function fetchSecret(): Promise<void> {
  try {
    const granted = await post<Secret>("/api/session/secret");
    keepSecret(granted.secret, loginOf(granted));
  } catch (error) {
    if (!(error instanceof Refusal) || error.status === 0) throw error;
  }
}

/** @throws Refusal The token is not good, or was tried too often. */
export async function logIn(token: string): Promise<void> {
  const granted = await post<Secret>("/api/login", { token });
  keepSecret(granted.secret, loginOf(granted));
}

export async function logOut(): Promise<void> {
  await post("/api/logout");
  forgetSecret();
}
