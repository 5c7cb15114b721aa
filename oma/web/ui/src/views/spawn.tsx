/** The form that starts an agent; what is wrong is said at its field. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { dialog, say } from "../asking";
import type { Agent, Proposals } from "../model/types";
import { openAgent } from "../page";
import { get, post, Refusal } from "../server/http";

const OWN = "";

export function Spawn() {
  const [proposals, setProposals] = useState<Proposals | null>(null);
  const [profile, setProfile] = useState(OWN);
  const [wrong, setWrong] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    get<Proposals>("/api/proposals").then(setProposals, (error: unknown) => {
      if (error instanceof Refusal) setWrong(error);
    });
  }, []);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    const asked = Object.fromEntries(
      ["name", "command", "profile", "cwd", "host"]
        .map((name) => [name, String(fields.get(name) ?? "").trim()] as const)
        .filter(([, value]) => value !== ""),
    );
    setBusy(true);
    setWrong(null);
    try {
      const agent = await post<Agent>("/api/agents", asked);
      dialog.set(null);
      say(`started ${agent.agent}`);
      openAgent(agent.id);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setWrong(error);
    } finally {
      setBusy(false);
    }
  };

  const at = (field: string) => (wrong?.field === field ? wrong.message : "");
  const placed = ["name", "command", "profile", "cwd", "host"].includes(wrong?.field ?? "");
  return (
    <form onSubmit={submit} class="fields">
      <Field label="Name" name="name" wrong={at("name")} placeholder="api" focused />
      {proposals !== null && proposals.hosts.length > 0 && (
        <label>
          <span>Machine</span>
          <select name="host">
            {proposals.hosts.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
          <Wrong words={at("host")} id="wrong-host" />
        </label>
      )}
      <label>
        <span>What runs</span>
        <select name="profile" value={profile} onChange={(event) => setProfile(event.currentTarget.value)}>
          <option value={OWN}>a command of your own</option>
          {proposals?.profiles.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
        <Wrong words={at("profile")} id="wrong-profile" />
      </label>
      {profile === OWN && (
        <Field label="Command" name="command" wrong={at("command")} initial={proposals?.command ?? ""} mono />
      )}
      <Field label="Directory" name="cwd" wrong={at("cwd")} initial={proposals?.directory ?? ""} mono />
      {wrong !== null && !placed && <Wrong words={wrong.message} id="wrong" />}
      <p class="choices">
        <button type="button" onClick={() => dialog.set(null)}>
          Cancel
        </button>
        <button class="main" disabled={busy}>
          Start
        </button>
      </p>
    </form>
  );
}

function Field(props: {
  label: string;
  name: string;
  wrong: string;
  initial?: string;
  placeholder?: string;
  mono?: boolean;
  focused?: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  // A proposal comes after the first drawing, and takes nothing away that was typed by then.
  useLayoutEffect(() => {
    if (input.current?.value === "") input.current.value = props.initial ?? "";
  }, [props.initial]);
  return (
    <label>
      <span>{props.label}</span>
      <input
        ref={input}
        name={props.name}
        class={props.mono ? "mono" : ""}
        placeholder={props.placeholder ?? ""}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        autofocus={props.focused ?? false}
        aria-invalid={props.wrong !== ""}
        aria-describedby={`wrong-${props.name}`}
      />
      <Wrong words={props.wrong} id={`wrong-${props.name}`} />
    </label>
  );
}

function Wrong({ words, id }: { words: string; id: string }) {
  return (
    <span class="wrong" id={id} role="alert">
      {words}
    </span>
  );
}
