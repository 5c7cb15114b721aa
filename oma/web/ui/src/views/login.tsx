/** The way in, for a browser that has no session or may only look. */

import { useState } from "preact/hooks";

import type { SessionState } from "../model/types";
import { printable } from "../model/words";
import { leaveLogin } from "../page";
import { Refusal } from "../server/http";
import { logIn } from "../server/session";

export function Login({ wrong }: { wrong?: string }) {
  return (
    <main class="middle">
      <h1 class="brand">oma</h1>
      {wrong !== undefined && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
      <p>
        Open the address that <code>oma web</code> printed. It works once; <code>oma web link</code>{" "}
        prints another. Or paste a token:
      </p>
      <TokenForm done={() => undefined} />
      <p class="faint">
        <code>oma web tokens add NAME --role operator</code> makes one.
      </p>
    </main>
  );
}

/** What an address that logs in leads to: nothing is spent before the button is pressed. */
export function CodeLogin({ code, known }: { code: string; known: SessionState | null }) {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await logIn({ code });
      await leaveLogin();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setWrong(error.message);
    } finally {
      setBusy(false);
    }
  };

  if (wrong !== "" && known === null) return <Login wrong={wrong} />;
  return (
    <main class="middle">
      <h1 class="brand">oma</h1>
      <form onSubmit={(event) => void submit(event)}>
        <p>
          This address logs you in, once.
          {known !== null && ` You are logged in as ${printable(known.name)}, ${known.role}.`}
        </p>
        {wrong !== "" && (
          <p class="wrong" role="alert">
            {wrong}
          </p>
        )}
        <p class="choices">
          {known !== null && (
            <button type="button" onClick={() => void leaveLogin()}>
              Stay {printable(known.name)}
            </button>
          )}
          <button class="main" disabled={busy || wrong !== ""} autofocus>
            Log in
          </button>
        </p>
      </form>
    </main>
  );
}

export function TokenForm({ done }: { done: () => void }) {
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).elements.namedItem("token") as HTMLInputElement;
    setBusy(true);
    try {
      await logIn({ token: field.value.trim() });
      await leaveLogin();
      done();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setWrong(error.message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form class="line" onSubmit={submit}>
      <label class="grow">
        <span class="unseen">Token</span>
        <input name="token" type="password" placeholder="Token" required autocomplete="current-password" />
      </label>
      <button class="main" disabled={busy}>
        Log in
      </button>
      {wrong !== "" && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
    </form>
  );
}
