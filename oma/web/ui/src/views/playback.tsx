/** A recording as it was: a time line of all agents, and the screen of one at that moment. */

import { useEffect, useMemo, useState } from "preact/hooks";

import { shownName } from "../actions";
import { handlers } from "../keys";
import { toldReason } from "../model/dialog";
import type { Command } from "../model/keymap";
import type { Route } from "../model/route";
import { neighbour } from "../model/selecting";
import { firstMoment, nextMoment, standing } from "../model/timeline";
import type { Summary } from "../model/types";
import { actWords, position, printable, seconds, until, untilOf } from "../model/words";
import { goQuietly } from "../page";
import { get, Refusal } from "../server/http";
import { usePlayhead, type Playhead } from "../playhead";
import { IconButton } from "./icon";
import { lazily } from "./lazily";
import { Timeline } from "./timeline";

const PastScreenView = lazily(async () => (await import("./past_screen")).PastScreenView);

/** How long it is told what a user did. */
const LATELY_S = 10;
const JUMP_S = 10;

type At = Extract<Route, { at: "recordings" }>;

export function Playback({ name, at }: { name: string; at: At }) {
  const [summary, setSummary] = useState<Summary | null>(null);
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    get<Summary>(`/api/recordings/${encodeURIComponent(name)}/summary`).then(setSummary, (error: unknown) => {
      if (error instanceof Refusal) setWrong(error.message);
    });
  }, [name]);

  return (
    <main class="page playback">
      <header class="line">
        <a class="quiet" href="#/recordings" aria-label="All recordings">
          Recordings
        </a>
        <span class="faint">/</span>
        <h1>{printable(name)}</h1>
      </header>
      {wrong !== "" && <p class="wrong">{wrong}</p>}
      {summary === null && wrong === "" && <p class="faint">Reading…</p>}
      {summary !== null && <Player name={name} at={at} summary={summary} />}
    </main>
  );
}

function Player({ name, at, summary }: { name: string; at: At; summary: Summary }) {
  const ids = useMemo(() => summary.agents.map((each) => each.id), [summary]);
  const names = useMemo(() => new Map(summary.agents.map((each) => [each.id, each.agent])), [summary]);
  const all = useMemo(() => summary.agents.map((each) => each.transitions), [summary]);
  const head = usePlayhead(summary.duration_s, at.t > 0 ? at.t : firstMoment(all));
  const agent = at.agent !== null && ids.includes(at.agent) ? at.agent : (ids[0] ?? null);
  const select = (to: string | null) => goQuietly({ ...at, agent: to, t: head.t });
  const jump = (step: 1 | -1) => {
    const moment = nextMoment(all, head.now(), step);
    if (moment !== null) head.seek(moment, false);
  };

  useEffect(() => {
    if (!head.playing) goQuietly({ ...at, agent, t: head.t });
  }, [head.playing, head.playing ? 0 : head.t, agent]);
  useEffect(() => {
    const own: readonly (readonly [Command, () => void])[] = [
      ["play", head.toggle],
      ["back", () => head.seek(head.now() - JUMP_S)],
      ["forward", () => head.seek(head.now() + JUMP_S)],
      ["transition-before", () => jump(-1)],
      ["transition-after", () => jump(1)],
      ["faster", () => head.stepSpeed(1)],
      ["slower", () => head.stepSpeed(-1)],
      ["next-row", () => select(neighbour(ids, agent, 1))],
      ["previous-row", () => select(neighbour(ids, agent, -1))],
    ];
    for (const [command, act] of own) handlers.set(command, act);
    return () => {
      for (const [command] of own) handlers.delete(command);
    };
  });

  return (
    <>
      <Controls head={head} summary={summary} jump={jump} />
      <Timeline summary={summary} t={head.t} seek={head.seek} agent={agent} select={select} />
      {agent !== null && (
        <>
          <Standing summary={summary} agent={agent} name={names.get(agent) ?? agent} t={head.t} />
          <PastScreenView recording={name} agent={agent} name={names.get(agent) ?? agent} t={head.t} />
        </>
      )}
    </>
  );
}

const wall = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

function Controls(props: { head: Playhead; summary: Summary; jump: (step: 1 | -1) => void }) {
  const { head, summary } = props;
  return (
    <div class="line controls" role="group" aria-label="Playback">
      <IconButton name="previous" label="The transition before ([)" press={() => props.jump(-1)} />
      <IconButton
        name={head.playing ? "pause" : "play"}
        label={head.playing ? "Pause (Space)" : "Play (Space)"}
        press={head.toggle}
      />
      <IconButton name="next" label="The transition after (])" press={() => props.jump(1)} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const field = (event.target as HTMLFormElement).elements.namedItem("t") as HTMLInputElement;
          const to = seconds(field.value);
          if (to !== null) head.seek(to, false);
          field.value = "";
          field.blur();
        }}
      >
        <input name="t" class="position mono" aria-label="Go to a time" placeholder={position(head.t)} autocomplete="off" />
      </form>
      <span class="faint" data-position={head.t.toFixed(3)}>
        of {position(summary.duration_s)}
      </span>
      <span class="faint only-wide">
        {wall.format(new Date(Date.parse(summary.started_at) + head.t * 1000))}
      </span>
      <span class="grow" />
      <span class="speeds">
        <button type="button" class="quiet" aria-label="Slower" onClick={() => head.stepSpeed(-1)}>
          −
        </button>
        <span class="speed" aria-label="Speed">
          {head.speed}×
        </span>
        <button type="button" class="quiet" aria-label="Faster" onClick={() => head.stepSpeed(1)}>
          +
        </button>
      </span>
    </div>
  );
}

function Standing(props: { summary: Summary; agent: string; name: string; t: number }) {
  const { summary, agent, name, t } = props;
  const transitions = summary.agents.find((each) => each.id === agent)?.transitions ?? [];
  const last = standing(transitions, t);
  const since_s = last?.t ?? 0;
  const acts = summary.agents.find((each) => each.id === agent)?.acts ?? [];
  const act = acts.findLast((each) => each.t <= t && each.t >= since_s - LATELY_S && t - each.t < LATELY_S);
  const began_ms = Date.parse(summary.started_at);
  return (
    <div class="line standing">
      <b>{shownName(name)}</b>
      {last === null ? (
        <span class="faint">not there yet</span>
      ) : (
        <>
          <span class={`word ${last.to}`}>{last.to}</span>
          <span>
            {toldReason(last)} {until(untilOf(last.until, began_ms), began_ms + t * 1000)}
          </span>
          <q class="grow">{printable(last.evidence)}</q>
          <code class="faint only-wide">{last.rule}</code>
          {act !== undefined && <span class="faint">{actWords(act)}</span>}
        </>
      )}
    </div>
  );
}
