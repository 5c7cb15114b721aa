/** The way in, for a browser that has no session or may only look. */

import { useState } from "preact/hooks";

import { begin } from "../page";
import { Refusal } from "../server/http";
import { logIn } from "../server/session";

export function Login() {
  return (
    <main class="middle">
      <h1 class="brand">oma</h1>
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

export function TokenForm({ done }: { done: () => void }) {
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).elements.namedItem("token") as HTMLInputElement;
    setBusy(true);
    try {
      await logIn(field.value.trim());
      await begin();
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
