/** A text that is typed into the agent, with Enter after it. It stays until the server took it. */

import { useRef, useState } from "preact/hooks";

import { send, shownName } from "../actions";
import { useCell } from "../cell";
import { openDialog } from "../model/dialog";
import { Drafts, fieldRows, sends, SentTexts, withPath } from "../model/drafts";
import type { Agent } from "../model/types";
import { session } from "../page";
import { filesOf, upload } from "../uploads";
import { useDroppedFiles } from "./dropping";
import { IconButton } from "./icon";

const drafts = new Drafts(sessionStorage);
const sentTexts = new SentTexts(sessionStorage);
const touch = matchMedia("(pointer: coarse)");

export function Message({ agent }: { agent: Agent }) {
  const [text, setText] = useState(drafts.of(agent.id));
  const [busy, setBusy] = useState(false);
  /** How many texts back the field shows one that was sent before; 0 for none. */
  const [back, setBack] = useState(0);
  const [storing, setStoring] = useState(0);
  const chooser = useRef<HTMLInputElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const known = useCell(session);
  const replies = known?.quick_replies ?? [];

  const change = (typed: string, at = 0) => {
    setBack(at);
    drafts.set(agent.id, typed);
    setText(typed);
  };

  /** Goes through what was sent before; false where there is nothing further. */
  const recall = (step: 1 | -1): boolean => {
    const to = back + step;
    const found = to === 0 ? "" : sentTexts.before(to);
    if (to < 0 || found === null) return false;
    change(found, to);
    return true;
  };

  const submit = async (said = text) => {
    if (busy || storing > 0 || said === "") return;
    setBusy(true);
    try {
      if (await send(agent, said)) {
        drafts.sent(agent.id, said);
        sentTexts.add(said);
        setBack(0);
      }
    } finally {
      setBusy(false);
      setText(drafts.of(agent.id));
    }
  };

  /** Stores files one after the other; the path of each goes into the text. */
  const give = async (files: readonly File[]) => {
    setStoring((count) => count + files.length);
    for (const file of files) {
      const path = await upload(agent.id, file);
      setStoring((count) => count - 1);
      if (path === null) continue;
      change(withPath(drafts.of(agent.id), path));
      field.current?.focus();
    }
  };
  const over = useDroppedFiles((files) => void give(files));

  return (
    <form
      class="message line"
      data-over={over}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {replies.length > 0 && text === "" && openDialog(agent) === null && (
        <div class="replies" role="group" aria-label="Quick replies">
          {replies.map((each) => (
            <button type="button" key={each} class="quiet" disabled={busy} onClick={() => void submit(each)}>
              {each}
            </button>
          ))}
        </div>
      )}
      {(known?.upload_bytes ?? 0) > 0 && (
        <>
          <IconButton name="clip" label="Give files" disabled={storing > 0} press={() => chooser.current?.click()} />
          <input
            ref={chooser}
            type="file"
            aria-label="Files"
            multiple
            hidden
            onChange={({ currentTarget }) => {
              void give([...(currentTarget.files ?? [])]);
              currentTarget.value = "";
            }}
          />
        </>
      )}
      <textarea
        ref={field}
        id="message"
        class="grow"
        aria-label={`Message to ${shownName(agent.agent)}`}
        placeholder={touch.matches ? "Message" : "Message (Shift-Enter: new line)"}
        autocomplete="off"
        rows={fieldRows(text)}
        value={text}
        onInput={(event) => change(event.currentTarget.value)}
        onPaste={(event) => {
          const files = filesOf(event.clipboardData);
          if (files.length === 0) return;
          event.preventDefault();
          void give(files);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
          const step = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
          if (step !== 0 && (text === "" || back > 0) && recall(step)) event.preventDefault();
          if (!sends(event, touch.matches)) return;
          event.preventDefault();
          void submit();
        }}
      />
      <button class="main" disabled={busy || storing > 0 || text === ""}>
        {storing > 0 ? "Storing…" : "Send"}
      </button>
    </form>
  );
}
