/** Any agent and any command, by a few letters of its name. */

import { useRef, useState } from "preact/hooks";

import { shownName } from "../actions";
import { dialog } from "../asking";
import { useCell } from "../cell";
import { obey } from "../keys";
import { BINDINGS, keyName } from "../model/keymap";
import { listed } from "../model/selecting";
import { chosenBy, type Choice } from "../model/palette";
import { printable } from "../model/words";
import { fleet, openAgent, route } from "../page";

interface Offered extends Choice {
  readonly hint: string;
  readonly health: string;
  readonly act: () => void;
}

const SHOWN = 12;

export function Palette() {
  const agents = useCell(fleet).agents;
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const mode = route.value.at === "recordings" ? "playback" : route.value.at;

  const offered: Offered[] = [
    ...listed(agents.values(), "").map((agent) => ({
      name: shownName(agent.agent),
      more: [agent.branch, agent.task, agent.project].map(printable).join(" "),
      hint: agent.health,
      health: agent.health,
      act: () => openAgent(agent.id),
    })),
    ...BINDINGS.filter((each) => each.keys.length === 1 && (each.mode === undefined || each.mode === mode)).map(
      (each) => ({
        name: each.does,
        more: each.command,
        hint: keyName(each.keys[0] ?? ""),
        health: "",
        act: () => void obey(each.command),
      }),
    ),
  ];
  const shown = chosenBy(offered, words).slice(0, SHOWN);
  const selected = Math.min(at, shown.length - 1);

  const choose = (choice: Offered | undefined) => {
    if (choice === undefined) return;
    dialog.set(null);
    choice.act();
  };
  const move = (to: number) => {
    setAt((to + shown.length) % Math.max(1, shown.length));
    list.current?.children[to]?.scrollIntoView({ block: "nearest" });
  };

  return (
    <form
      class="palette"
      onSubmit={(event) => {
        event.preventDefault();
        choose(shown[selected]);
      }}
      onKeyDown={(event) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        event.preventDefault();
        move(selected + (event.key === "ArrowDown" ? 1 : -1));
      }}
    >
      <input
        autofocus
        type="search"
        aria-controls="palette-list"
        aria-activedescendant={`palette-${selected}`}
        aria-label="Agent or command"
        placeholder="An agent, or what to do"
        autocomplete="off"
        value={words}
        onInput={(event) => {
          setWords(event.currentTarget.value);
          setAt(0);
        }}
      />
      <ul id="palette-list" role="listbox" aria-label="Agents and commands" ref={list}>
        {shown.map((each, index) => (
          <li
            key={`${each.name} ${each.more}`}
            id={`palette-${index}`}
            role="option"
            class={each.health}
            aria-selected={index === selected}
            onClick={() => choose(each)}
          >
            {each.health !== "" && <i class="dot" />}
            <span>{each.name}</span>
            <span class="grow" />
            {each.health === "" ? <kbd>{each.hint}</kbd> : <span class={`word ${each.health}`}>{each.hint}</span>}
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p class="faint">Nothing is called so.</p>}
    </form>
  );
}
