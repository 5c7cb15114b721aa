/** How this tab becomes known to the server. */

import type { Session } from "../model/types";
import { get, keepSecret, post, Refusal, secret } from "./http";

interface Granted {
  readonly secret: string;
}

/** The session of this browser; null where a person has to log in first. */
export async function readSession(): Promise<Session | null> {
  try {
    const session = await get<Session>("/api/session");
    if (secret() === null) await fetchSecret();
    return session;
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) {
      keepSecret(null);
      return null;
    }
    throw error;
  }
}

/** A fresh login hands its secret out once; any later tab stays a reader until it logs in. */
async function fetchSecret(): Promise<void> {
  try {
    keepSecret((await post<Granted>("/api/session/secret")).secret);
  } catch (error) {
    if (!(error instanceof Refusal) || error.status === 0) throw error;
  }
}

/** @throws Refusal The token is not good, or was tried too often. */
export async function logIn(token: string): Promise<void> {
  keepSecret((await post<Granted>("/api/login", { token })).secret);
}

export async function logOut(): Promise<void> {
  await post("/api/logout");
  keepSecret(null);
}
