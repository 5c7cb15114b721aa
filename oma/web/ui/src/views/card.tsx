/** One agent in the list: how it is, why, and since when. Out of sight it is an empty place of its size. */

import type { VNode } from "preact";
import { useRef } from "preact/hooks";

import { shownName } from "../actions";
import { useCell } from "../cell";
import { openDialog } from "../model/dialog";
import { age_s } from "../model/fleet";
import { placeOf, swiped, type Place } from "../model/inbox";
import { agentAddress } from "../model/route";
import { isMarkable } from "../model/selecting";
import type { Agent } from "../model/types";
import { checkout, percent, place, printable, short, size, until } from "../model/words";
import { toggleMarked } from "../marks";
import { mayAct, now, serverNow } from "../page";
import { Asked, Options } from "./answers";
import { Icon } from "./icon";
import { useSight } from "./in_sight";
import { Preview } from "./preview";

interface Shown {
  readonly agent: Agent;
  /** One of the first, which are drawn whether they are in sight or not. */
  readonly first: boolean;
  readonly selected: boolean;
  readonly open: boolean;
  readonly marked: boolean;
  readonly density: string;
}

const drawn = new WeakMap<Agent, { readonly how: string; readonly card: VNode }>();

/** The card of an agent; the same as before, which nothing is drawn for, where nothing of it is another. */
export function cardOf(shown: Shown): VNode {
  const { agent, ...flags } = shown;
  const how = JSON.stringify([flags, mayAct()]);
  const known = drawn.get(agent);
  if (known?.how === how) return known.card;
  const card = <Card key={`${shown.density} ${agent.id}`} {...shown} />;
  drawn.set(agent, { how, card });
  return card;
}

function Card(props: Shown) {
  const { agent } = props;
  const place = useRef<HTMLLIElement>(null);
  const sight = useSight(place, ".list");
  const isShown = sight.isNear || props.first || props.selected;
  const name = shownName(agent.agent);
  const began = useRef<Place | null>(null);
  const mayMark = mayAct() && isMarkable(agent);
  return (
    <li
      ref={place}
      data-marked={props.marked}
      data-empty={!isShown}
      style={isShown || sight.height_px === null ? "" : `height: ${sight.height_px}px`}
      onTouchStart={(event) => {
        began.current = event.touches.length === 1 ? placeOf(event.touches[0]) : null;
      }}
      onTouchEnd={(event) => {
        if (mayMark && swiped(began.current, placeOf(event.changedTouches[0])) === "right") toggleMarked(agent.id);
      }}
    >
      <a
        class={`card ${agent.health}`}
        href={agentAddress(agent.id)}
        data-agent={agent.agent}
        data-id={agent.id}
        data-health={agent.health}
        data-lost={agent.lost}
        data-selected={props.selected}
        aria-current={props.open}
        aria-label={isShown ? undefined : `${name}, ${agent.health}`}
      >
        {isShown && <Inside agent={agent} preview={props.density === "previews" ? <Preview agent={agent} isRead={sight.isNear} /> : null} />}
      </a>
      {isShown && mayMark && (
        <label class="pick" title="Mark it (Space)">
          <input
            type="checkbox"
            aria-label={`Mark ${name}`}
            checked={props.marked}
            onChange={() => toggleMarked(agent.id)}
          />
        </label>
      )}
      {isShown && !props.open && <Options agent={agent} />}
    </li>
  );
}

function Inside({ agent, preview }: { agent: Agent; preview: VNode | null }) {
  const now_s = useCell(now);
  const age = short(age_s(agent, useCell(serverNow)));
  const why = [agent.reason, until(agent.until, now_s * 1000)].join(" ").trimEnd();
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
        <time>{age}</time>
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
