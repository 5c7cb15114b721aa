/**
 * Requests to the server. What changes something carries the secret of the login, which all tabs of
 * this origin share, as they share its cookie; a page of another port sees the cookie alone.
 */

import { addressOf, BASE } from "./base";

/** Two servers may share an origin, each under a path of its own. */
const SECRET = BASE === "/" ? "oma.secret" : `oma.secret ${BASE}`;
const LOGIN = BASE === "/" ? "oma.login" : `oma.login ${BASE}`;

/** What the server, or the way to it, has against a request; the message is for the user. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** The field of a form that is to be mended. */
    readonly field: string | null = null,
  ) {
    super(message);
  }
}

/** The secret that makes this browser more than a reader, if it has one. */
export function secret(): string | null {
  return localStorage.getItem(SECRET);
}

/** @param login What tells the login that the secret is of from any other. */
export function keepSecret(value: string, login: string): void {
  localStorage.setItem(SECRET, value);
  localStorage.setItem(LOGIN, login);
}

/** Calls back when another tab has logged in or out. */
export function onOtherLogin(changed: () => void): void {
  window.addEventListener("storage", (event) => {
    if (event.key === LOGIN || event.key === null) changed();
  });
}

/** Forgets the secret, unless it is of this login: another tab may have logged in anew. */
export function forgetSecret(but_of: string | null = null): void {
  if (but_of !== null && localStorage.getItem(LOGIN) === but_of) return;
  localStorage.removeItem(SECRET);
  localStorage.removeItem(LOGIN);
}

export function get<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return asked(path, signal === undefined ? {} : { signal });
}

export function post<Answer>(path: string, body: object = {}): Promise<Answer> {
  return asked(path, { method: "POST", headers: written(), body: JSON.stringify(body) });
}

/** Sends a file as it is. */
export function postFile<Answer>(path: string, file: Blob): Promise<Answer> {
  const headers = { ...written(), "Content-Type": "application/octet-stream" };
  return asked(path, { method: "POST", headers, body: file });
}

/** Takes something away. */
export function remove<Answer>(path: string): Promise<Answer> {
  return asked(path, { method: "DELETE", headers: written() });
}

function written(): Record<string, string> {
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  const known = secret();
  if (known !== null) headers["X-Oma-Secret"] = known;
  return headers;
}

/** The address of an agent's part of the interface. */
export function agentPath(id: string, part = ""): string {
  return `/api/agents/${encodeURIComponent(id)}${part === "" ? "" : `/${part}`}`;
}

async function asked<Answer>(path: string, init: RequestInit): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(addressOf(path), { ...init, credentials: "same-origin", cache: "no-store" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refusal(0, "the server does not answer");
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as Answer;
  throw refusal(response.status, body);
}

function refusal(status: number, body: unknown): Refusal {
  const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const words = typeof fields["error"] === "string" ? fields["error"] : `the server refused: ${status}`;
  return new Refusal(status, words, typeof fields["field"] === "string" ? fields["field"] : null);
}
