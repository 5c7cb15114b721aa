/** The line above a terminal: who looks, who types, how large it is; search, size, copy. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import { say } from "../asking";
import { printable } from "../model/words";
import { session } from "../page";
import type { TerminalCanvas } from "../terminal/canvas";
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
  fits: boolean;
  setFits: (fits: boolean) => void;
  children?: ComponentChildren;
}) {
  const { wired, holding, fits } = props;
  const [searching, setSearching] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(wired.text()).then(
      () => say("the screen's text was copied"),
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
      {searching && <Search wired={wired} close={() => setSearching(false)} />}
      <IconButton name="search" label="Search" pressed={searching} press={() => setSearching(!searching)} />
      <IconButton name="copy" label="Copy the screen's text" press={() => void copy()} />
      <IconButton
        name="fit"
        label={fits ? "Letters of the usual size" : "Fit to the width"}
        pressed={!fits}
        press={() => props.setFits(!fits)}
      />
    </div>
  );
}

const FOUND = {
  decorations: {
    matchBackground: "#5c4a14",
    matchOverviewRuler: "#d9a83f",
    activeMatchBackground: "#a07a1a",
    activeMatchColorOverviewRuler: "#f0c866",
  },
};

function Search({ wired, close }: { wired: TerminalCanvas; close: () => void }) {
  const [found, setFound] = useState(true);
  const stop = () => {
    wired.search.clearDecorations();
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
      onInput={(event) =>
        setFound(wired.search.findPrevious(event.currentTarget.value, { ...FOUND, incremental: true }))
      }
      onKeyDown={(event) => {
        if (event.key === "Escape") stop();
        if (event.key !== "Enter") return;
        const words = event.currentTarget.value;
        setFound(event.shiftKey ? wired.search.findNext(words, FOUND) : wired.search.findPrevious(words, FOUND));
      }}
    />
  );
}
