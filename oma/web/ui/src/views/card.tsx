/** One agent in the list: how it is, why, and since when. */

import type { VNode } from "preact";

import { shownName } from "../actions";
import { usePart } from "../cell";
import { openDialog, toldReason } from "../model/dialog";
import { age_s } from "../model/fleet";
import { agentAddress } from "../model/route";
import { isMarkable } from "../model/selecting";
import type { Agent, Until } from "../model/types";
import { checkout, percent, place, printable, short, size, until } from "../model/words";
import { toggleMarked } from "../marks";
import { now, serverNow } from "../page";
import { Asked, Options } from "./answers";
import { Icon } from "./icon";
import { Preview } from "./preview";

interface Shown {
  readonly agent: Agent;
  readonly selected: boolean;
  readonly open: boolean;
  readonly marked: boolean;
  /** Whether this browser may act. */
  readonly may: boolean;
  readonly density: string;
}

const drawn = new WeakMap<Agent, { readonly how: string; readonly card: VNode }>();

/** The card of an agent; the same as before, which nothing is drawn for, where nothing of it is another. */
export function cardOf(shown: Shown): VNode {
  const { agent, ...flags } = shown;
  const how = JSON.stringify(flags);
  const known = drawn.get(agent);
  if (known?.how === how) return known.card;
  const card = <Card {...shown} />;
  drawn.set(agent, { how, card });
  return card;
}

/** Without parts that are views of their own, as each of them costs a list that is scrolled. */
function Card(props: Shown) {
  const { agent } = props;
  const name = shownName(agent.agent);
  const asked = openDialog(agent);
  const about = [...new Set([checkout(agent), printable(agent.task)])].filter((text) => text !== "" && text !== name);
  return (
    <>
      <a
        class={`card ${agent.health}`}
        href={agentAddress(agent.id)}
        data-agent={agent.agent}
        data-id={agent.id}
        data-health={agent.health}
        data-lost={agent.lost}
        data-selected={props.selected}
        aria-current={props.open}
      >
        <span class="head">
          <i class="dot" />
          <b>{name}</b>
          {isWatched(agent) && <Watched agent={agent} />}
          <Age agent={agent} />
        </span>
        {about.length > 0 && <span class="about">{about.join(" · ")}</span>}
        <span class="why">
          {agent.lost && <span class="word">unknown, was </span>}
          <span class={`word ${agent.health}`}>{agent.health}</span> {asked === null ? toldReason(agent) : agent.reason}
          {agent.until !== null && <Ends until={agent.until} />}
        </span>
        {asked !== null ? (
          <Asked asked={asked} />
        ) : (
          agent.evidence !== "" && <q>{printable(agent.evidence)}</q>
        )}
        {props.density === "previews" && <Preview agent={agent} />}
        <span class="foot">
          <span>{printable(agent.profile)}</span>
          <span class="cwd">{place(printable(agent.cwd))}</span>
          <span>{percent(agent.cpu_percent)}</span>
          <span>{size(agent.rss_bytes)}</span>
        </span>
      </a>
      {props.may && isMarkable(agent) && (
        <label class="pick" title="Mark it (Space)">
          <input
            type="checkbox"
            aria-label={`Mark ${name}`}
            checked={props.marked}
            onChange={() => toggleMarked(agent.id)}
          />
        </label>
      )}
      {!props.open && asked !== null && <Options agent={agent} />}
    </>
  );
}

function Ends(props: { until: Until }) {
  return <> {usePart(now, (now_s) => until(props.until, now_s * 1000))}</>;
}

/** How long it has been as it is. */
export function Age({ agent }: { agent: Agent }) {
  return <time>{usePart(serverNow, (now_s) => short(age_s(agent, now_s)))}</time>;
}

function isWatched(agent: Agent): boolean {
  return (agent.viewers ?? []).length > 0 || agent.controlled_by != null;
}

/** Who looks at its terminal, and who has the keyboard. */
export function Watched({ agent }: { agent: Agent }) {
  const viewers = agent.viewers ?? [];
  return (
    <>
      {viewers.length > 0 && (
        <span class="watched" title={`watched by ${printable(viewers.join(", "))}`}>
          <Icon name="eye" /> {viewers.length}
        </span>
      )}
      {agent.controlled_by != null && (
        <span class="watched held" title={`controlled by ${printable(agent.controlled_by)}`}>
          <Icon name="keyboard" /> {printable(agent.controlled_by)}
        </span>
      )}
    </>
  );
}
