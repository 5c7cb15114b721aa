/** An agent's terminal: looked at by anyone, typed into by the one who has control. */

import { useEffect, useRef, useState } from "preact/hooks";

import { say } from "../asking";
import { useCell } from "../cell";
import { handlers } from "../keys";
import { control } from "../model/bytes";
import type { TerminalMessage } from "../model/types";
import { checkSession, session } from "../page";
import { TerminalCanvas } from "../terminal/canvas";
import { TerminalSocket } from "../terminal/protocol";
import { Scrolling } from "../terminal/scrolling";
import { tellsOfFocus } from "../terminal/silences";
import { zoom } from "../zoom";
import { SoftKeys } from "./soft_keys";
import { TerminalBar, type Holding } from "./terminal_bar";

const SCROLLBACK = 5000;

const NOTHING: Holding = { by: null, mine: false, mayWrite: false, viewers: [], size: null, state: "connecting" };

/** What the socket's words make of what is known of the terminal. */
function after(holding: Holding, told: TerminalMessage): Holding {
  switch (told.type) {
    case "hello":
      return {
        ...holding,
        state: "open",
        by: told.controlled_by,
        mine: false,
        mayWrite: told.may_write,
        size: `${told.columns}×${told.rows}`,
      };
    case "size":
      return { ...holding, size: `${told.columns}×${told.rows}` };
    case "control":
      return { ...holding, by: told.by, mine: told.mine };
    case "viewers":
      return { ...holding, viewers: told.names };
    case "ended":
      return { ...holding, state: told.words, mine: false };
    case "snapshot":
    case "refused":
      return holding;
  }
}

/** One terminal with its socket; `holding` is told whenever it changes. */
class Wired {
  readonly canvas = new TerminalCanvas(80, 24, SCROLLBACK);
  readonly socket: TerminalSocket;
  readonly scrolling: Scrolling;
  /** What has scrolled away was asked for, and comes with the next screen. */
  #awaitsPast = false;
  /** The next bytes are a whole screen. */
  #isScreen = false;
  holding = NOTHING;
  exited = false;
  /** Ctrl was pressed on the page and is for the next key. */
  ctrl = false;

  constructor(
    id: string,
    place: HTMLElement,
    box: HTMLElement,
    private readonly changed: (holding: Holding, ctrl: boolean) => void,
  ) {
    const { terminal } = this.canvas;
    this.canvas.open(place, box);
    this.scrolling = new Scrolling(
      this.canvas,
      () => this.holding.mine,
      () => {
        this.#awaitsPast = true;
        this.socket.askHistory();
      },
      () => this.look(),
    );
    this.scrolling.listen(box);
    terminal.onScroll(() => this.look());
    terminal.onData((data) => {
      if (!tellsOfFocus(data)) this.type(data);
    });
    terminal.onBinary((data) => {
      if (this.holding.mine) this.socket.typeBinary(data);
    });
    terminal.attachCustomKeyEventHandler((event) => this.#isForPane(event));
    this.socket = new TerminalSocket(id, {
      told: (message) => this.#hear(message),
      wrote: (bytes) => this.#write(bytes),
      barred: () => void checkSession(),
      lost: (comesBack, words) =>
        this.#become({
          ...this.holding,
          mine: false,
          state: comesBack ? "lost" : words || "the terminal was refused",
        }),
    });
  }

  #write(bytes: Uint8Array): void {
    const { terminal } = this.canvas;
    if (!this.#isScreen) {
      terminal.write(bytes);
      return;
    }
    this.#isScreen = false;
    const isPast = this.#awaitsPast;
    this.#awaitsPast = false;
    terminal.write(bytes, () => {
      if (isPast) terminal.scrollPages(-1);
      else this.scrolling.forget();
      this.look();
    });
  }

  /** Other lines may be shown. */
  look(): void {
    this.changed(this.holding, this.ctrl);
  }

  /** To what is printed now. */
  toEnd(): void {
    this.canvas.terminal.scrollToBottom();
    this.look();
  }

  type(data: string): void {
    if (!this.holding.mine) return;
    this.socket.type(this.ctrl ? control(data) : data);
    if (this.ctrl) this.setCtrl(false);
  }

  setCtrl(ctrl: boolean): void {
    this.ctrl = ctrl;
    this.changed(this.holding, ctrl);
  }

  toggleControl(): void {
    if (this.holding.mine) this.socket.release();
    else if (this.holding.mayWrite && !this.exited) this.socket.take();
  }

  dispose(): void {
    this.socket.close();
    this.canvas.dispose();
  }

  #isForPane(event: KeyboardEvent): boolean {
    if (event.ctrlKey && event.shiftKey && event.code === "KeyX") {
      event.preventDefault();
      if (event.type === "keydown" && this.holding.mine) this.socket.release();
      return false;
    }
    return this.holding.mine;
  }

  #hear(told: TerminalMessage): void {
    if (told.type === "hello" || told.type === "size") this.canvas.resize(told.columns, told.rows);
    if (told.type === "snapshot" || told.type === "hello") this.canvas.reset();
    if (told.type === "snapshot") this.#isScreen = true;
    if (told.type === "refused") say(told.words, true);
    this.#become(after(this.holding, told));
  }

  #become(holding: Holding): void {
    const taken = holding.mine && !this.holding.mine;
    this.holding = holding;
    this.canvas.terminal.options.disableStdin = !holding.mine;
    this.canvas.terminal.options.cursorBlink = holding.mine;
    if (taken) this.canvas.terminal.focus();
    this.changed(holding, this.ctrl);
  }
}

/** @param props Of an agent that has exited, nobody takes control. */
export function TerminalPane({ id, name, exited }: { id: string; name: string; exited: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [wired, setWired] = useState<Wired | null>(null);
  const [holding, setHolding] = useState(NOTHING);
  const [ctrl, setCtrl] = useState(false);
  const size = useCell(zoom);
  const [atEnd, setAtEnd] = useState(true);

  useEffect(() => {
    if (place.current === null || box.current === null) return undefined;
    const made = new Wired(id, place.current, box.current, (now, isCtrl) => {
      setAtEnd(made.canvas.isAtEnd);
      setHolding(now);
      setCtrl(isCtrl);
    });
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) {
        made.canvas.fit({ width_px: entry.contentRect.width, height_px: entry.contentRect.height });
      }
    });
    observer.observe(box.current);
    handlers.set("control", () => made.toggleControl());
    handlers.set("page-up", () => made.scrolling.page(-1));
    handlers.set("page-down", () => made.scrolling.page(1));
    setWired(made);
    return () => {
      for (const command of ["control", "page-up", "page-down"] as const) handlers.delete(command);
      observer.disconnect();
      made.dispose();
    };
  }, [id]);
  useEffect(() => wired?.canvas.setZoom(size), [wired, size]);
  useEffect(() => {
    if (wired !== null) wired.exited = exited;
  }, [wired, exited]);

  const paste = (event: ClipboardEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (holding.mine) wired?.socket.paste(event.clipboardData?.getData("text/plain") ?? "");
  };

  return (
    <div class="pane terminal" data-mine={holding.mine} data-state={holding.state}>
      {wired !== null && (
        <TerminalBar
          wired={wired.canvas}
          holding={holding}
          atEnd={atEnd}
          scrolled={() => wired.look()}
          older={() => wired.scrolling.page(-1)}
          toEnd={() => wired.toEnd()}
        >
          {holding.mayWrite && holding.state === "open" && (holding.mine || !exited) && (
            <button
              type="button"
              class={holding.mine ? "main" : ""}
              title={holding.mine ? "Ctrl-Shift-X" : "c"}
              onClick={() => wired.toggleControl()}
            >
              {holding.mine ? "Release" : holding.by === session.value?.name ? "Take over" : "Take control"}
            </button>
          )}
        </TerminalBar>
      )}
      <div
        class="glass"
        ref={box}
        data-has-keys={holding.mine ? "" : undefined}
        onPasteCapture={paste}
        role="group"
        aria-label={`Terminal of ${name}`}
      >
        <div ref={place} />
      </div>
      {holding.mine && wired !== null && (
        <SoftKeys
          ctrl={ctrl}
          setCtrl={(on) => wired.setCtrl(on)}
          application={() => wired.canvas.terminal.modes.applicationCursorKeysMode}
          type={(data) => wired.type(data)}
          paste={(text) => text !== "" && wired.socket.paste(text)}
          focus={() => wired.canvas.terminal.focus()}
        />
      )}
    </div>
  );
}
