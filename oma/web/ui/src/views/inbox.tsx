/** What needs the user, and nothing else: one press answers, and never another question. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { shownName } from "../actions";
import { dialog } from "../asking";
import { useCell, usePart } from "../cell";
import { answerCard, isTaken, picked, putAgentOff, putOff, settling, showPutOff, taken, togglePicked } from "../inbox_state";
import { handlers } from "../keys";
import { openDialog, optionByKey, optionWords, toldReason } from "../model/dialog";
import { commonOptions, countPutOff, inboxOf, matterOf, placeOf, swiped, type Place } from "../model/inbox";
import type { Command } from "../model/keymap";
import { agentAddress } from "../model/route";
import { neighbour } from "../model/selecting";
import type { Agent, Dialog } from "../model/types";
import { place, printable, until } from "../model/words";
import { fleet, mayAct, now, openAgent } from "../page";
import { Asked } from "./answers";
import { Age } from "./card";

export function Inbox() {
  const known = useCell(fleet);
  const hidden = useCell(putOff);
  const shown = inboxOf(known.agents.values(), hidden);
  const [cursor, setCursor] = useState<string | null>(null);
  const selected = shown.find((agent) => agent.id === cursor) ?? shown[0];
  useCell(taken);
  settling.show(shown, performance.now());
  useKeys(shown, selected, setCursor);

  const count = countPutOff(known.agents.values(), hidden);
  return (
    <main class="inbox" aria-label="Inbox" tabIndex={-1}>
      <h1 class="unseen">Inbox</h1>
      {known.known && shown.length === 0 && (
        <div class="nothing">
          <p>{count === 0 ? "Nothing needs you." : "Nothing else needs you."}</p>
          <p class="faint">{known.agents.size === 1 ? "One agent runs" : `${known.agents.size} agents run`}.</p>
        </div>
      )}
      <ul class="asks">
        {shown.map((agent) => (
          <InboxCard key={agent.id} agent={agent} selected={agent === selected} select={() => setCursor(agent.id)} />
        ))}
      </ul>
      {count > 0 && (
        <p class="later">
          <button type="button" class="quiet" onClick={showPutOff}>
            {count} put off: show
          </button>
        </p>
      )}
      <PickedBar />
    </main>
  );
}

function useKeys(shown: readonly Agent[], selected: Agent | undefined, select: (id: string | null) => void): void {
  useLayoutEffect(() => {
    const ids = shown.map((agent) => agent.id);
    const step = (by: 1 | -1) => () => {
      const id = neighbour(ids, selected?.id ?? null, by);
      select(id);
      if (id !== null) document.querySelector(`[data-ask="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest" });
    };
    const does: readonly (readonly [Command, (key: string) => void])[] = [
      ["next-card", step(1)],
      ["previous-card", step(-1)],
      ["open-card", () => selected && openAgent(selected.id)],
      ["pick", () => selected && mayAct() && togglePicked(selected)],
      ["put-off", () => selected && putAgentOff(selected)],
      ["answer-card", (key) => selected && pressKey(selected, key)],
    ];
    for (const [command, act] of does) handlers.set(command, act);
    return () => {
      for (const [command] of does) handlers.delete(command);
    };
  });
}

function pressKey(agent: Agent, key: string): void {
  const asked = openDialog(agent);
  const option = asked === null ? null : optionByKey(asked, key);
  if (option !== null && mayAct()) void answerCard(agent, { key: option.key });
}

function InboxCard({ agent, selected, select }: { agent: Agent; selected: boolean; select: () => void }) {
  const began = useRef<Place | null>(null);
  const ends = usePart(now, (now_s) => until(agent.until, now_s * 1000));
  const name = shownName(agent.agent);
  const asked = openDialog(agent);
  const about = [agent.branch, agent.task].map(printable).filter((text) => text !== "" && text !== name);
  return (
    <li
      class={`ask ${agent.health}`}
      data-ask={agent.id}
      data-selected={selected}
      data-taken={isTaken(agent)}
      aria-label={name}
      onPointerDown={select}
      onFocusCapture={select}
      onTouchStart={(event) => {
        began.current = event.touches.length === 1 ? placeOf(event.touches[0]) : null;
      }}
      onTouchEnd={(event) => {
        const to = swiped(began.current, placeOf(event.changedTouches[0]));
        if (to === "left") putAgentOff(agent);
        if (to === "right" && mayAct()) togglePicked(agent);
      }}
    >
      <header class="line">
        <i class="dot" />
        <a href={agentAddress(agent.id)}>
          <b>{name}</b>
        </a>
        <span class="faint where">{[...about, place(printable(agent.project || agent.cwd))].join(" · ")}</span>
        <Age agent={agent} />
        <button
          type="button"
          class="quiet"
          title="Until it asks something else (s)"
          aria-label={`Later: ${name}`}
          onClick={() => putAgentOff(agent)}
        >
          Later
        </button>
        {asked !== null && mayAct() && <Pick agent={agent} name={name} />}
      </header>
      {asked !== null ? (
        <Asked asked={asked} />
      ) : (
        <p class="reason">
          <span class={`word ${agent.health}`}>{agent.health}</span> {toldReason(agent)} {ends}
          {agent.evidence !== "" && <q>{printable(agent.evidence)}</q>}
        </p>
      )}
      {/* Drawn anew for each matter, so that its buttons fade in and say that they are new. */}
      <footer class="line" key={matterOf(agent)}>
        {asked !== null && mayAct() && <Choices agent={agent} asked={asked} />}
        {asked === null && (
          <a class="button" href={agentAddress(agent.id)}>
            Open
          </a>
        )}
      </footer>
    </li>
  );
}

function Choices({ agent, asked }: { agent: Agent; asked: Dialog }) {
  return (
    <div class="options" role="group" aria-label="Answer its dialog">
      {asked.options.map((option, index) => {
        const words = printable(optionWords(option));
        if (asked.takes_text)
          return (
            <button type="button" key={index} disabled={isTaken(agent)} onClick={() => void answerCard(agent, { text: option.label })}>
              {words}
            </button>
          );
        return option.key === "" ? (
          <a class="faint" key={index} href={agentAddress(agent.id)} title="Only the arrow keys of its terminal reach this one">
            {words}
          </a>
        ) : (
          <button type="button" key={index} disabled={isTaken(agent)} onClick={() => void answerCard(agent, { key: option.key })}>
            <kbd>{option.key}</kbd> <span>{printable(option.label)}</span>
          </button>
        );
      })}
      {asked.takes_text && <TextAnswer agent={agent} />}
    </div>
  );
}

/** An answer in words; it stays in its field until the server took it. */
function TextAnswer({ agent }: { agent: Agent }) {
  const [text, setText] = useState("");
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (text !== "" && (await answerCard(agent, { text }))) setText("");
  };
  return (
    <form class="line" onSubmit={(event) => void submit(event)}>
      <input
        aria-label={`Answer ${shownName(agent.agent)}`}
        placeholder="Answer"
        autocomplete="off"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      <button disabled={text === "" || isTaken(agent)}>Answer</button>
    </form>
  );
}

function Pick({ agent, name }: { agent: Agent; name: string }) {
  return (
    <label class="pick" title="Pick it, to answer several alike (Space)">
      <input
        type="checkbox"
        aria-label={`Pick ${name}`}
        checked={useCell(picked).has(agent.id)}
        onChange={() => togglePicked(agent)}
      />
    </label>
  );
}

/** The answers that fit all that was picked. */
function PickedBar() {
  const wanted = useCell(picked);
  if (wanted.size === 0) return null;
  const options = commonOptions([...wanted.values()]);
  return (
    <div class="pickedBar line" role="group" aria-label="Answer all that is picked">
      <b>{wanted.size} picked</b>
      {options.length === 0 && <span class="faint">They have no answer in common.</span>}
      <div class="options">
        {options.map((option) => (
          <button
            type="button"
            key={option.key}
            onClick={() => dialog.set({ kind: "answer-all", option })}
          >
            <kbd>{option.key}</kbd> <span>{printable(option.label)}</span>
          </button>
        ))}
      </div>
      <span class="grow" />
      <button type="button" class="quiet" onClick={() => picked.set(new Map())}>
        None
      </button>
    </div>
  );
}
