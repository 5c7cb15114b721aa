/** One row for each agent, coloured by its health along time; a click goes there. */

import { useMemo, useRef } from "preact/hooks";

import { shownName } from "../actions";
import { standing, stretches } from "../model/timeline";
import type { Summary } from "../model/types";
import { actWords, position } from "../model/words";

export function Timeline(props: {
  summary: Summary;
  t: number;
  seek: (t: number) => void;
  agent: string | null;
  select: (agent: string) => void;
}) {
  const { summary, t } = props;
  const duration_s = Math.max(summary.duration_s, 0.001);
  const part = `${(100 * t) / duration_s}%`;
  const dragging = useRef(false);

  const seekTo = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    props.seek(((event.clientX - left) / width) * duration_s);
  };

  return (
    <section class="timeline" aria-label="Time line">
      <div class="row ruler">
        <span />
        <input
          type="range"
          min={0}
          max={duration_s}
          step={0.1}
          value={t}
          aria-label="Position"
          aria-valuetext={position(t)}
          onInput={(event) => props.seek(Number(event.currentTarget.value))}
        />
      </div>
      {summary.agents.map((each) => (
        <div class="row" key={each.id} data-selected={each.id === props.agent}>
          <button type="button" class="quiet" aria-pressed={each.id === props.agent} onClick={() => props.select(each.id)}>
            <i class={`dot ${standing(each.transitions, t)?.to ?? "none"}`} />
            {shownName(each.agent)}
          </button>
          <div
            class="track"
            onPointerDown={(event) => {
              dragging.current = true;
              event.currentTarget.setPointerCapture(event.pointerId);
              props.select(each.id);
              seekTo(event);
            }}
            onPointerMove={(event) => {
              if (dragging.current) seekTo(event);
            }}
            onPointerUp={() => {
              dragging.current = false;
            }}
          >
            <Track transitions={each.transitions} duration_s={duration_s} />
            {each.acts.map((act, index) => (
              <i key={index} class="act" style={{ left: `${(100 * act.t) / duration_s}%` }} title={actWords(act)} />
            ))}
            <i class="head" style={{ left: part }} />
          </div>
        </div>
      ))}
    </section>
  );
}

type Transitions = Summary["agents"][number]["transitions"];

function Track({ transitions, duration_s }: { transitions: Transitions; duration_s: number }) {
  const found = useMemo(() => stretches(transitions, duration_s), [transitions, duration_s]);
  return useMemo(
    () => (
      <svg viewBox={`0 0 ${duration_s} 1`} preserveAspectRatio="none" aria-hidden="true">
        {found.map((each, index) => (
          <rect key={index} class={each.health} x={each.from_s} width={Math.max(0, each.to_s - each.from_s)} y={0} height={1} />
        ))}
      </svg>
    ),
    [found, duration_s],
  );
}
