/** What an agent writes, as plain lines; it follows the end until one scrolls away from it. */

import { useEffect, useRef, useState } from "preact/hooks";

import { printable } from "../model/words";
import { agentPath } from "../server/http";
import { follow, type Connection } from "../server/stream";
import { IconButton } from "./icon";

/** More would make the page slow; the agent's terminal has the rest. */
const MOST_LINES = 5000;
const NEAR_END_PX = 40;

interface Lines {
  readonly lines: readonly string[];
}

export function Logs({ agent }: { agent: string }) {
  const [lines, setLines] = useState<readonly string[]>([]);
  const [state, setState] = useState<Connection>("connecting");
  const [wanted, setWanted] = useState("");
  const [atEnd, setAtEnd] = useState(true);
  const place = useRef<HTMLDivElement>(null);

  useEffect(
    () =>
      follow(
        agentPath(agent, "logs"),
        {
          snapshot: (data: Lines) => setLines(data.lines.slice(-MOST_LINES)),
          lines: (data: Lines) => setLines((known) => [...known, ...data.lines].slice(-MOST_LINES)),
        },
        setState,
      ),
    [agent],
  );

  const toEnd = () => place.current?.scrollTo(0, place.current.scrollHeight);
  useEffect(() => {
    if (atEnd) toEnd();
  }, [lines, wanted, atEnd]);

  const low = wanted.toLowerCase();
  const shown = wanted === "" ? lines : lines.filter((line) => line.toLowerCase().includes(low));
  return (
    <div class="pane logs">
      <div class="line paneBar">
        <input
          type="search"
          aria-label="Only lines with"
          placeholder="Only lines with…"
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <span class="faint">
          {shown.length} {shown.length === 1 ? "line" : "lines"}
          {state === "lost" && ", connection lost"}
        </span>
        <span class="grow" />
        {!atEnd && <IconButton name="down" label="To the end" press={toEnd} />}
      </div>
      <div
        class="lines"
        role="log"
        aria-label="Output"
        tabIndex={0}
        ref={place}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          setAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_END_PX);
        }}
      >
        <pre>{shown.map(printable).join("\n")}</pre>
      </div>
    </div>
  );
}
