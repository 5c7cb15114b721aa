/** A link that lets somebody see, or act on, one agent for a while. */

import { useState } from "preact/hooks";

import { shownName } from "../actions";
import { dialog, say } from "../asking";
import type { Invitation } from "../model/types";
import { post, Refusal } from "../server/http";

const TIMES = [
  [3600, "an hour"],
  [8 * 3600, "eight hours"],
  [24 * 3600, "a day"],
] as const;

export function Share({ id, agent }: { id: string; agent: string }) {
  const [url, setUrl] = useState("");
  const [wrong, setWrong] = useState("");

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    try {
      const made = await post<Invitation>("/api/shares", {
        agent: id,
        role: fields.get("role"),
        expires_s: Number(fields.get("expires_s")),
      });
      setUrl(made.url);
      setWrong("");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setWrong(error.message);
    }
  };

  const copy = () =>
    navigator.clipboard.writeText(url).then(
      () => say("the link was copied"),
      () => say("the browser does not let this page copy: select the link", true),
    );

  return (
    <form onSubmit={submit} class="fields">
      <p class="faint">
        Whoever opens the link first sees {shownName(agent)} and no other agent. It works once.
      </p>
      <label>
        <span>They may</span>
        <select name="role">
          <option value="viewer">look</option>
          <option value="operator">look, type, stop and restart</option>
        </select>
      </label>
      <label>
        <span>For</span>
        <select name="expires_s">
          {TIMES.map(([seconds, words]) => (
            <option key={seconds} value={seconds}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {wrong !== "" && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
      {url !== "" && (
        <div class="line">
          <input class="grow mono" aria-label="The link" readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
          <button type="button" onClick={() => void copy()}>
            Copy
          </button>
        </div>
      )}
      <p class="choices">
        <button type="button" onClick={() => dialog.set(null)}>
          Close
        </button>
        <button class={url === "" ? "main" : ""}>Make {url === "" ? "the" : "another"} link</button>
      </p>
    </form>
  );
}
