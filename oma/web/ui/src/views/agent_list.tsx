/** The list of agents in its groups, of which the page has what is in sight. */

import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";

import { useCell, usePart } from "../cell";
import { putOff } from "../inbox_state";
import { cursor } from "../keys";
import { collapsed, density, grouping, isCollapsed, pinned, shownGroups, sorting, toggleCollapsed } from "../listing";
import { marked, toggleMarked } from "../marks";
import type { Group } from "../model/arranging";
import { placeOf, swiped, type Place } from "../model/inbox";
import { isMarkable } from "../model/selecting";
import type { Agent } from "../model/types";
import { isSpace } from "../model/windowing";
import { printable } from "../model/words";
import { filter, fleet, mayAct } from "../page";
import { cardOf } from "./card";
import { Icon } from "./icon";
import { useWindow } from "./windowed";

/** How high a card is, about. */
const USUAL_PX = { cards: 110, rows: 32, previews: 270 } as const;
/** By then the cards around one that was out of sight are drawn, and have their sizes. */
const SETTLED_MS = 100;

export function AgentList(props: {
  /** The id of the agent that is open beside the list. */
  opened: string | null;
  before: ComponentChildren;
  empty: ComponentChildren;
  children: ComponentChildren;
}) {
  const agents = usePart(fleet, (known) => known.agents);
  const words = useCell(filter);
  const dense = useCell(density);
  const arrangement = [useCell(grouping), useCell(sorting), useCell(pinned), useCell(putOff)];
  const marks = useCell(marked);
  const may = mayAct();
  const current = useCell(cursor);
  useCell(collapsed);
  const place = useRef<HTMLElement>(null);

  const groups = useMemo(() => shownGroups(agents.values(), words), [agents, words, ...arrangement]);
  const keyOf = (group: Group, id: string) => `${dense} ${group.key} ${id}`;
  const keys = groups.map((group) => (isCollapsed(group) ? [] : group.agents.map(({ id }) => keyOf(group, id))));
  const selected = props.opened ?? current;
  const selectedIn = groups.find((group) => group.agents.some(({ id }) => id === selected));
  const kept = selected === null || selectedIn === undefined ? [] : [keyOf(selectedIn, selected)];
  const { sections, isAll } = useWindow(place, keys, USUAL_PX[dense], kept);

  useLayoutEffect(() => {
    if (place.current !== null) place.current.scrollTop = 0;
  }, [words]);
  const isToBeShown = useRef(false);
  const moves = [selected, props.opened, dense, grouping.value, sorting.value, words];
  useEffect(() => {
    isToBeShown.current = true;
  }, moves);
  useEffect(() => {
    const stop = () => {
      isToBeShown.current = false;
    };
    const hands = ["wheel", "touchmove", "pointerdown"] as const;
    for (const type of hands) place.current?.addEventListener(type, stop, { passive: true });
  }, []);
  useEffect(() => {
    if (!isToBeShown.current) return undefined;
    const show = () => place.current?.querySelector("[data-selected=true]")?.scrollIntoView({ block: "nearest" });
    show();
    if (!isAll) return undefined;
    const again = setTimeout(() => {
      if (isToBeShown.current) show();
      isToBeShown.current = false;
    }, SETTLED_MS);
    return () => clearTimeout(again);
  }, [...moves, isAll]);

  useFocusKept(place);

  const itemOf = (group: Group, agent: Agent, at: number) => {
    const isMarked = marks.has(agent.id);
    const key = keyOf(group, agent.id);
    return (
      <Item key={key} name={key} agent={agent} marked={isMarked} may={may} at={at} of={group.agents.length}>
        {cardOf({ agent, selected: agent.id === selected, open: agent.id === props.opened, marked: isMarked, may, density: dense })}
      </Item>
    );
  };
  return (
    <section class="list" aria-label="Agents" ref={place}>
      {props.before}
      {groups.length === 0 && props.empty}
      {sections.map((section, index) => {
        if (isSpace(section)) return <div key={`space ${index}`} class="space" style={`height: ${section.space_px}px`} />;
        const group = groups[section.group];
        return (
          group !== undefined && (
            <section key={group.key} aria-label={printable(group.heading)}>
              <Heading group={group} />
              <ul class="cards" data-density={dense} data-marking={marks.size > 0}>
                {section.rows.flatMap((row, index) =>
                  isSpace(row) ? (
                    <li key={`space ${index}`} class="space" aria-hidden="true" style={`height: ${row.space_px}px`} />
                  ) : (
                    group.agents.slice(row.from, row.to).map((agent, nth) => itemOf(group, agent, row.from + nth + 1))
                  ),
                )}
              </ul>
            </section>
          )
        );
      })}
      {props.children}
    </section>
  );
}

/** The focus stays with an agent whose card goes to another group, or loses the button that had it. */
function useFocusKept(place: RefObject<HTMLElement | null>): void {
  const had = useRef<HTMLElement | null>(null);
  const id = useRef("");
  useLayoutEffect(() => {
    if (had.current === null || had.current === document.activeElement) return;
    const isGone = !had.current.isConnected;
    had.current = null;
    if (!isGone || document.activeElement !== document.body) return;
    const card = place.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id.current)}"]`);
    (card ?? document.querySelector<HTMLElement>("main"))?.focus({ preventScroll: true });
  });
  useEffect(() => {
    place.current?.addEventListener("focusin", ({ target }) => {
      const of = target instanceof HTMLElement ? target.closest("[data-key]")?.querySelector<HTMLElement>("[data-id]")?.dataset["id"] : undefined;
      had.current = of === undefined ? null : (target as HTMLElement);
      id.current = of ?? "";
    });
  }, []);
}

function Heading({ group }: { group: Group }) {
  const isShut = isCollapsed(group);
  return (
    <h2 class={group.worst ?? ""} data-group={group.key}>
      <button type="button" class="quiet" aria-expanded={!isShut} onClick={() => toggleCollapsed(group)}>
        <Icon name={isShut ? "next-group" : "down"} />
        {group.worst !== null && <i class="dot" />} {printable(group.heading)} <span>{group.agents.length}</span>
      </button>
    </h2>
  );
}

/** Where the one finger that is on the list came down. */
let began: Place | null = null;

/** @param props What tells the card apart, and its place among those of its group. */
function Item(props: { name: string; agent: Agent; marked: boolean; may: boolean; at: number; of: number; children: ComponentChildren }) {
  const mayMark = props.may && isMarkable(props.agent);
  return (
    <li
      data-key={props.name}
      data-marked={props.marked}
      aria-posinset={props.at}
      aria-setsize={props.of}
      onTouchStart={(event) => {
        began = event.touches.length === 1 ? placeOf(event.touches[0]) : null;
      }}
      onTouchEnd={(event) => {
        if (mayMark && swiped(began, placeOf(event.changedTouches[0])) === "right") toggleMarked(props.agent.id);
      }}
    >
      {props.children}
    </li>
  );
}
