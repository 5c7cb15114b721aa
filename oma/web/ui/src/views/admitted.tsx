/** Who may log in, and which browsers are notified: each of it can be taken back. */

import { useEffect, useState } from "preact/hooks";

import { shownName } from "../actions";
import { saying } from "../asking";
import type { Said, TokenState } from "../model/types";
import { moment, printable } from "../model/words";
import { get, Refusal, remove } from "../server/http";

export function Admitted() {
  const [known, setKnown] = useState<readonly TokenState[]>([]);
  // They keep their rows until the dialog is opened again: no other one comes under a pointer that has just revoked.
  const [revoked, setRevoked] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    get<readonly TokenState[]>("/api/tokens").then(setKnown, (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
  }, []);

  const revoke = async (name: string) => {
    const isDone = await saying(remove<Said>(`/api/tokens/${encodeURIComponent(name)}`), `revoked ${name}`);
    if (isDone) setRevoked((before) => new Set([...before, name]));
  };

  if (known.length === 0) return null;
  return (
    <>
      <h2>May log in, or is notified</h2>
      <ul class="watchers">
        {known.map((each) => (
          <li key={each.name}>
            <b>{printable(each.name)}</b>{" "}
            <span class="faint">
              {each.push ? "notifications of a browser" : `${each.role}, ${each.shared ? "a link" : "a token"}`}
              {each.agent !== null && ` for ${shownName(each.agent)}`}
            </span>
            <span class="grow" />
            <time>until {moment(each.expires_at)}</time>
            {revoked.has(each.name) ? (
              // Not `disabled`, which would lose the focus.
              <button type="button" aria-disabled="true" aria-label={`Revoked ${printable(each.name)}`}>
                Revoked
              </button>
            ) : (
              <button type="button" class="danger" aria-label={`Revoke ${printable(each.name)}`} onClick={() => void revoke(each.name)}>
                Revoke
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
