/** Who may log in, and which browsers are notified: each of it can be taken back. */

import { useEffect, useState } from "preact/hooks";

import { shownName } from "../actions";
import { saying } from "../asking";
import type { Said, TokenState } from "../model/types";
import { printable } from "../model/words";
import { get, Refusal, remove } from "../server/http";

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "short" });

export function Admitted() {
  const [known, setKnown] = useState<readonly TokenState[]>([]);
  const read = () =>
    get<readonly TokenState[]>("/api/tokens").then(setKnown, (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
  useEffect(() => void read(), []);

  const revoke = async (name: string) => {
    await saying(remove<Said>(`/api/tokens/${encodeURIComponent(name)}`), `revoked ${name}`);
    await read();
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
            <time>until {moment.format(new Date(each.expires_at))}</time>
            <button type="button" class="danger" aria-label={`Revoke ${printable(each.name)}`} onClick={() => void revoke(each.name)}>
              Revoke
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
