/** One agent in the list: how it is, why, and since when. */

import type { VNode } from "preact";

import { shownName } from "../actions";
import { usePart } from "../cell";
import { openDialog } from "../model/dialog";
import { age_s } from "../model/fleet";
import { agentAddress } from "../model/route";
import { isMarkable } from "../model/selecting";
import type { Agent } from "../model/types";
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

function Card(props: Shown) {
  const { agent } = props;
  const name = shownName(agent.agent);
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
        <Inside agent={agent} preview={props.density === "previews" ? <Preview agent={agent} /> : null} />
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
      {!props.open && <Options agent={agent} />}
    </>
  );
}

function Inside({ agent, preview }: { agent: Agent; preview: VNode | null }) {
  const ends = usePart(now, (now_s) => until(agent.until, now_s * 1000));
  const why = [agent.reason, ends].join(" ").trimEnd();
  const name = shownName(agent.agent);
  const asked = openDialog(agent);
  const said = [...new Set([checkout(agent), printable(agent.task)])];
  const about = said.filter((text) => text !== "" && text !== name);
  return (
    <>
      <span class="head">
        <i class="dot" />
        <b>{name}</b>
        <Watched agent={agent} />
        <Age agent={agent} />
      </span>
      {about.length > 0 && <span class="about">{about.join(" · ")}</span>}
      <span class="why">
        {agent.lost && <span class="word">unknown, was </span>}
        <span class={`word ${agent.health}`}>{agent.health}</span> {why}
      </span>
      {asked !== null ? (
        <Asked asked={asked} />
      ) : (
        agent.evidence !== "" && <q>{printable(agent.evidence)}</q>
      )}
      {preview}
      <span class="foot">
        <span>{printable(agent.profile)}</span>
        <span class="cwd">{place(printable(agent.cwd))}</span>
        <span>{percent(agent.cpu_percent)}</span>
        <span>{size(agent.rss_bytes)}</span>
      </span>
    </>
  );
}

/** How long it has been as it is. */
export function Age({ agent }: { agent: Agent }) {
  return <time>{usePart(serverNow, (now_s) => short(age_s(agent, now_s)))}</time>;
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
