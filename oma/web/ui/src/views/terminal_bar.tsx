/** The line above a terminal: who looks, who types, how large it is; search, size, copy. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import { say } from "../asking";
import { useCell } from "../cell";
import type { Zoom } from "../model/fitting";
import { printable } from "../model/words";
import { session } from "../page";
import type { TerminalCanvas } from "../terminal/canvas";
import { nextZoom, zoom } from "../zoom";
import { Icon, IconButton } from "./icon";

export interface Holding {
  /** Who has control. */
  readonly by: string | null;
  readonly mine: boolean;
  readonly mayWrite: boolean;
  readonly viewers: readonly string[];
  /** Columns and rows of the pane, for the user. */
  readonly size: string | null;
  /** `connecting`, `open`, `lost`, or the words that it ended with. */
  readonly state: string;
}

function standing(holding: Holding): string {
  if (holding.state === "lost") return "connection lost, connecting again…";
  if (holding.state === "connecting") return "connecting…";
  if (holding.state !== "open") return printable(holding.state);
  if (holding.mine) return "you have control";
  if (holding.by !== null && holding.by === session.value?.name) return "controlled from another tab of yours";
  return holding.by === null ? "looking" : `controlled by ${printable(holding.by)}`;
}

export function TerminalBar(props: {
  wired: TerminalCanvas;
  holding: Holding;
  /** What is printed now is in sight. */
  atEnd: boolean;
  older: () => void;
  /** Called when the search has shown other lines. */
  scrolled: () => void;
  toEnd: () => void;
  children?: ComponentChildren;
}) {
  const { wired, holding } = props;
  const size = useCell(zoom);
  const [searching, setSearching] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(wired.text()).then(
      () => say("the text was copied"),
      () => say("the browser does not let this page copy", true),
    );

  return (
    <div class="line paneBar">
      {props.children}
      <span class="faint" role="status">
        {standing(holding)}
      </span>
      <span class="faint only-wide">{holding.size}</span>
      {holding.viewers.length > 1 && (
        <span class="watched" title={printable(holding.viewers.join(", "))}>
          <Icon name="eye" /> {holding.viewers.length}
        </span>
      )}
      <span class="grow" />
      {searching && <Search wired={wired} scrolled={props.scrolled} close={() => setSearching(false)} />}
      <IconButton name="search" label="Search" pressed={searching} press={() => setSearching(!searching)} />
      <IconButton name="up" label="What has scrolled away (PageUp)" press={props.older} />
      {!props.atEnd && <IconButton name="down" label="To the end" press={props.toEnd} />}
      <IconButton name="copy" label="Copy the screen's text" press={() => void copy()} />
      <IconButton name="fit" label={LETTERS[size]} pressed={size !== "readable"} press={nextZoom} />
    </div>
  );
}

const LETTERS: Readonly<Record<Zoom, string>> = {
  readable: "Letters: readable. Next: the whole screen",
  whole: "Letters: the whole screen. Next: of the usual size",
  usual: "Letters: of the usual size. Next: readable",
};

const FOUND = {
  decorations: {
    matchBackground: "#5c4a14",
    matchOverviewRuler: "#d9a83f",
    activeMatchBackground: "#a07a1a",
    activeMatchColorOverviewRuler: "#f0c866",
  },
};

function Search({ wired, scrolled, close }: { wired: TerminalCanvas; scrolled: () => void; close: () => void }) {
  const [found, setFound] = useState(true);
  const stop = () => {
    wired.search.clearDecorations();
    wired.terminal.clearSelection();
    close();
  };
  return (
    <input
      type="search"
      class={found ? "" : "wrong"}
      aria-label="Search in the terminal"
      placeholder="Search, Enter for the next"
      // It is shown because the user asked for it just now.
      ref={(input) => input?.focus()}
      onInput={(event) => {
        setFound(wired.search.findPrevious(event.currentTarget.value, { ...FOUND, incremental: true }));
        scrolled();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") stop();
        if (event.key !== "Enter") return;
        const words = event.currentTarget.value;
        setFound(event.shiftKey ? wired.search.findNext(words, FOUND) : wired.search.findPrevious(words, FOUND));
        scrolled();
      }}
    />
  );
}
