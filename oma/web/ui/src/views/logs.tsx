/** What an agent writes, as plain lines; it follows the end until one scrolls away from it. */

import { useEffect, useRef, useState } from "preact/hooks";

import { say } from "../asking";
import { useCell } from "../cell";
import { MOST_LINES } from "../model/replay";
import { joined } from "../model/lines";
import type { LogLines, Scrollback } from "../model/types";
import { printable } from "../model/words";
import { session } from "../page";
import { follow } from "../server/follow";
import { agentPath, get, Refusal } from "../server/http";
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

  const [hasPast, setHasPast] = useState(false);
  const [wraps, setWraps] = useState(true);
  useEffect(() => setHasPast(false), [id]);

  const readPast = async () => {
    try {
      const told = await get<Scrollback>(agentPath(id, "scrollback"));
      setAtEnd(false);
      setHasPast(true);
      setLines((lines) => joined(told.lines, told.rows, lines));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      say(error.message, true);
    }
  };

  const download = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([shown.map(printable).join("\n"), "\n"], { type: "text/plain" }));
    link.download = `oma-${id.replace(/[^A-Za-z0-9]/g, "")}.log`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

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
        {!hasPast && <IconButton name="up" label="Earlier lines" press={() => void readPast()} />}
        <IconButton name="wrap" label="Wrap long lines" pressed={wraps} press={() => setWraps(!wraps)} />
        <IconButton name="download" label="Download these lines" press={download} />
      </div>
      <div
        class="lines"
        role="log"
        data-wraps={wraps}
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
