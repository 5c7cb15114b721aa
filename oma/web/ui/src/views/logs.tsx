/** What an agent writes, as plain lines; it follows the end until one scrolls away from it. */

import { useEffect, useRef, useState } from "preact/hooks";

import { useCell } from "../cell";
import { MOST_LINES } from "../model/replay";
import type { LogLines } from "../model/types";
import { printable } from "../model/words";
import { session } from "../page";
import { follow } from "../server/follow";
import { agentPath } from "../server/http";
import { loginOf } from "../server/session";
import type { Connection } from "../server/stream";
import { IconButton } from "./icon";

const NEAR_END_PX = 40;

/** Whether this tab can be seen: one that cannot needs no connection for its logs. */
function useVisible(): boolean {
  const [visible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    const look = () => setVisible(!document.hidden);
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return visible;
}

export function Logs({ id }: { id: string }) {
  const [lines, setLines] = useState<readonly string[]>([]);
  const [state, setState] = useState<Connection>("connecting");
  const [wanted, setWanted] = useState("");
  const [atEnd, setAtEnd] = useState(true);
  const place = useRef<HTMLDivElement>(null);

  const known = useCell(session);
  const login = known ? loginOf(known) : null;
  const visible = useVisible();
  const [turn, setTurn] = useState(0);
  const last = useRef({ of: "", place: "" });

  useEffect(() => {
    if (!visible || login === null) return undefined;
    const of = `${login} ${id}`;
    if (last.current.of !== of) last.current = { of, place: "" };
    const following = follow(
      login,
      agentPath(id, "logs"),
      {
        snapshot: (data: LogLines) => setLines(data.lines.slice(-MOST_LINES)),
        lines: (data: LogLines) => setLines((lines) => [...lines, ...data.lines].slice(-MOST_LINES)),
      },
      setState,
      last.current.place,
    );
    return () => {
      last.current = { of, place: following.end() };
    };
  }, [id, login, visible, turn]);

  useEffect(() => {
    if (state !== "paused") return undefined;
    const resume = () => setTurn((count) => count + 1);
    window.addEventListener("focus", resume);
    return () => window.removeEventListener("focus", resume);
  }, [state]);

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
          {state === "paused" && ", paused: other windows follow logs"}
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
