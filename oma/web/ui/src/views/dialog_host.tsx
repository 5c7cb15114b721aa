/** The one dialog that is open, if any. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { shownName } from "../actions";
import { dialog } from "../asking";
import { useCell } from "../cell";
import { Account } from "./account";
import { AnswerAllConfirm, AnswerConfirm, DeedConfirm } from "./confirm";
import { FollowLink } from "./follow_link";
import { Help } from "./help";
import { MarkedConfirm } from "./marked";
import { Palette } from "./palette";
import { Share } from "./share";
import { Spawn } from "./spawn";

export function DialogHost() {
  const asked = useCell(dialog);
  if (asked === null) return null;
  switch (asked.kind) {
    case "confirm":
      return (
        <Modal title={asked.question}>
          <DeedConfirm asked={asked} />
        </Modal>
      );
    case "answer":
      return (
        <Modal title={`Answer ${shownName(asked.agent)}?`}>
          <AnswerConfirm chosen={asked} />
        </Modal>
      );
    case "answer-all":
      return (
        <Modal title="Answer all of these alike?">
          <AnswerAllConfirm option={asked.option} />
        </Modal>
      );
    case "marked":
      return (
        <Modal title={asked.verb === "send" ? "Send to all of these" : "Stop all of these?"}>
          <MarkedConfirm asked={asked} />
        </Modal>
      );
    case "link":
      return (
        <Modal title="Open this address?">
          <FollowLink link={asked.link} />
        </Modal>
      );
    case "spawn":
      return (
        <Modal title="Start an agent">
          <Spawn />
        </Modal>
      );
    case "share":
      return (
        <Modal title="Share by a link">
          <Share id={asked.id} agent={asked.agent} />
        </Modal>
      );
    case "account":
      return (
        <Modal title="You, and who else is here">
          <Account />
        </Modal>
      );
    case "palette":
      return (
        <Modal title="Go to">
          <Palette />
        </Modal>
      );
    case "help":
      return (
        <Modal title="Keys">
          <Help />
        </Modal>
      );
  }
}

/** The browser's own dialog: it keeps the focus, and Esc closes it. */
function Modal({ title, children }: { title: string; children: ComponentChildren }) {
  const place = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    place.current?.showModal();
    place.current?.scrollTo(0, 0); // what has the focus may be at its end
    return () => {
      place.current?.close();
      // The browser gives the focus back to what had it, unless that is gone: keys must not end at nothing.
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      else document.querySelector<HTMLElement>("main")?.focus();
    };
  }, []);
  const close = () => dialog.set(null);
  return (
    <dialog
      ref={place}
      aria-label={title}
      onClose={close}
      // The event of closing comes later than the next key may.
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => {
        if (event.target === place.current) close();
      }}
    >
      <div>
        <h1>{title}</h1>
        {children}
      </div>
    </dialog>
  );
}
