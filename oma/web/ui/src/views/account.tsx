/** Who one is to the server, who else looks, and the ways in and out. */

import { useEffect, useState } from "preact/hooks";

import { shownName } from "../actions";
import { dialog, say } from "../asking";
import { useCell } from "../cell";
import type { Watcher } from "../model/types";
import { moment, printable } from "../model/words";
import { go, isAdmin, session } from "../page";
import { Admitted } from "./admitted";
import { get, Refusal, secret } from "../server/http";
import { logOut } from "../server/session";
import { sound, toggleSound } from "../sounds";
import { nextTheme, theme } from "../theme";
import { TokenForm } from "./login";

export function Account() {
  const known = useCell(session);
  const chosen = useCell(theme);
  const heard = useCell(sound);
  const [watchers, setWatchers] = useState<readonly Watcher[] | null>(null);
  useEffect(() => {
    get<readonly Watcher[]>("/api/watchers").then(setWatchers, (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
  }, []);
  if (!known) return null;

  const leave = async () => {
    try {
      await logOut();
      dialog.set(null);
      session.set(null);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      say(error.message, true);
    }
  };

  // What is read comes below what is pressed: nothing moves from under a pointer.
  return (
    <>
      <dl class="told">
        <dt>Name</dt>
        <dd>{printable(known.name)}</dd>
        <dt>Role</dt>
        <dd>
          {known.role}
          {known.read_only && ", and this server lets nobody change anything"}
          {known.agent !== null && `, for ${shownName(known.agent)} alone`}
        </dd>
        <dt>Until</dt>
        <dd>{moment(known.expires_at)}</dd>
        <dt>Server</dt>
        <dd>oma {known.version}</dd>
      </dl>
      <p class="faint">
        {secret() === null
          ? "This browser may only look. To act, log in anew:"
          : "To be somebody else in all tabs, log in anew:"}
      </p>
      <TokenForm done={() => dialog.set(null)} />
      <p class="choices">
        <button type="button" onClick={nextTheme}>
          Theme: {chosen}
        </button>
        <button type="button" onClick={toggleSound}>
          Sound: {heard}
        </button>
        <button
          type="button"
          onClick={() => {
            dialog.set(null);
            go({ at: "stats" });
          }}
        >
          Statistics
        </button>
        <button type="button" onClick={() => void leave()}>
          Log out
        </button>
        <button type="button" class="main" onClick={() => dialog.set(null)} autofocus>
          Close
        </button>
      </p>
      {isAdmin() && <Admitted />}
      <h2>Watching</h2>
      <ul class="watchers">
        {watchers?.map((each, index) => (
          <li key={index}>
            <b>{printable(each.name)}</b> <span class="faint">{each.role}</span>
            <span class="grow" />
            {each.agent === null ? "all agents" : shownName(each.agent)}
            <time>since {moment(each.since)}</time>
          </li>
        ))}
      </ul>
    </>
  );
}
