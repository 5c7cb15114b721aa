/** The grounds of an agent's health: what decided, what else was seen, what time alone changes. */

import { useEffect, useState } from "preact/hooks";

import type { Agent, Evidence, Explanation } from "../model/types";
import { printable, short } from "../model/words";
import { agentPath, get, Refusal } from "../server/http";
import { AgentHistory } from "./history";

const WAYS: Readonly<Record<string, string>> = {
  process: "its process",
  title: "its title",
  screen: "its screen",
  report: "what it reports",
  option: "an option",
};

/** Read anew whenever what is known of the agent changes. */
export function Why({ agent }: { agent: Agent }) {
  const [told, setTold] = useState<Explanation | null>(null);
  const [wrong, setWrong] = useState("");

  useEffect(() => {
    const abort = new AbortController();
    get<Explanation>(agentPath(agent.id, "why"), abort.signal).then(
      (explanation) => {
        setTold(explanation);
        setWrong("");
      },
      (error: unknown) => {
        if (error instanceof Refusal) setWrong(error.message);
      },
    );
    return () => abort.abort();
  }, [agent.id, agent.health, agent.rule, agent.evidence]);

  if (wrong !== "") return <p class="pane wrong">{wrong}</p>;
  return (
    <div class="pane" tabIndex={0} role="region" aria-label="Why it is as it is">
      {told !== null && <Told told={told} />}
      <AgentHistory agent={agent} />
    </div>
  );
}

export function Told({ told }: { told: Explanation }) {
  const others = told.seen.filter((seen) => seen.lost !== null);
  const { if_it_goes: after, if_nothing_happens: later } = told;
  return (
    <div class="told">
      <dl>
        <dt>It is</dt>
        <dd>
          <span class={`word ${told.health}`}>{told.health}</span> {told.reason}, for {short(told.since)}
        </dd>
        <dt>Because</dt>
        <dd>
          <q>{printable(told.evidence)}</q>
          {told.line !== null && <span class="faint"> line {told.line} of its screen</span>}
        </dd>
        {told.until !== null && (
          <>
            <dt>Ends</dt>
            <dd>
              {told.until.t !== null && <>in {short(Math.max(0, told.until.t - told.t))}, as it says: </>}
              <q>{printable(told.until.text)}</q>
            </dd>
          </>
        )}
        <dt>By the rule</dt>
        <dd>
          <code>{told.rule}</code> <span class="faint">of profile {printable(told.profile)}</span>
        </dd>
        {told.recognised !== null && (
          <>
            <dt>Recognised by</dt>
            <dd>
              {WAYS[told.recognised.way] ?? told.recognised.way}{" "}
              {told.recognised.evidence !== "" && <q>{printable(told.recognised.evidence)}</q>}
            </dd>
          </>
        )}
        <dt>If that goes</dt>
        <dd>
          {after === null ? (
            <span class="faint">nothing else that was seen counts</span>
          ) : (
            <>
              <span class={`word ${after.health}`}>{after.health}</span> by <code>{after.rule}</code>
            </>
          )}
        </dd>
        <dt>If nothing happens</dt>
        <dd>
          {later === null ? (
            <span class="faint">it stays so</span>
          ) : (
            <>
              <span class={`word ${later.health}`}>{later.health}</span> ({later.reason}) in{" "}
              {short(Math.max(0, later.t - told.t))}, by <code>{later.rule}</code>
            </>
          )}
        </dd>
      </dl>
      {!told.sees_screen && <p class="faint">Its screen is not known now: what was last seen of it stands.</p>}
      {others.length > 0 && <Others seen={others} />}
    </div>
  );
}

function Others({ seen }: { seen: readonly Evidence[] }) {
  return (
    <>
      <h2>Also seen</h2>
      <table>
        <tbody>
          {seen.map((each, index) => (
            <tr key={index}>
              <td>
                <span class={`word ${each.health}`}>{each.health}</span>
              </td>
              <td>
                <q>{printable(each.text)}</q>
                <div class="faint">
                  <code>{each.rule}</code>: {each.lost}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
