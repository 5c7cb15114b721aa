/** The socket of a terminal, and its life: it is opened again until it is closed. */

import { hexOfBinary, hexOfText, pieces } from "../model/bytes";
import type { TerminalMessage } from "../model/types";
import { addressOf } from "../server/base";
import { secret } from "../server/http";
import { onReturn } from "../server/returning";

type Asked =
  | { readonly type: "take" }
  | { readonly type: "release" }
  | { readonly type: "history" }
  | { readonly type: "keys"; readonly hex: string }
  | { readonly type: "paste"; readonly text: string };

export interface Listener {
  told(message: TerminalMessage): void;
  wrote(bytes: Uint8Array): void;
  /** The socket is gone; it will be opened again where `comesBack`. */
  lost(comesBack: boolean, words: string): void;
  /** The server refused the connection; it does not say why. */
  barred(): void;
}

/** Of one message, with room for what JSON makes of it: the server takes 64 KiB. */
const PIECE_BYTES = 30_000;
/** An attempt that began so lately is not given up for another. */
const ATTEMPT_MS = 2000;
const RETRY_MS = [300, 1000, 3000, 8000];

export class TerminalSocket {
  #socket: WebSocket | null = null;
  #began_ms = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #ended = false;
  #opened = false;
  readonly #forgetReturns = onReturn((isCut) => this.#comeBack(isCut));

  constructor(
    private readonly id: string,
    private readonly listener: Listener,
  ) {
    this.#open();
  }

  take(): void {
    this.#send({ type: "take" });
  }

  release(): void {
    this.#send({ type: "release" });
  }

  /** Has what has scrolled away sent above the screen: a snapshot with more lines than the screen. */
  askHistory(): void {
    this.#send({ type: "history" });
  }

  type(text: string): void {
    for (const piece of pieces(text, PIECE_BYTES)) this.#send({ type: "keys", hex: hexOfText(piece) });
  }

  typeBinary(text: string): void {
    this.#send({ type: "keys", hex: hexOfBinary(text) });
  }

  /** Pastes text; control characters but tabs and line ends are left out, as a paste has none. */
  paste(text: string): void {
    const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, "");
    for (const piece of pieces(clean, PIECE_BYTES)) this.#send({ type: "paste", text: piece });
  }

  close(): void {
    this.#ended = true;
    this.#forgetReturns();
    clearTimeout(this.#timer);
    this.#socket?.close(1000);
  }

  #open(): void {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const address = `${scheme}://${location.host}${addressOf("/ws/terminal/")}${encodeURIComponent(this.id)}`;
    const socket = new WebSocket(address, ["oma.v1", `secret.${secret() ?? ""}`]);
    socket.binaryType = "arraybuffer";
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      if (socket === this.#socket) this.#hear(event.data);
    };
    socket.onopen = () => {
      this.#opened = true;
    };
    socket.onclose = (event) => {
      if (socket === this.#socket) this.#close(event);
    };
    this.#socket = socket;
    this.#began_ms = Date.now();
  }

  /** Opens at once what would have waited, and anew what is dead, of which the browser knows late. */
  #comeBack(isCut: boolean): void {
    if (this.#ended) return;
    const isWaiting = this.#socket?.readyState === WebSocket.CLOSED;
    if (!isWaiting && !(isCut && Date.now() - this.#began_ms > ATTEMPT_MS)) return;
    clearTimeout(this.#timer);
    const old = this.#socket;
    this.#open();
    if (isWaiting) return;
    old?.close();
    this.listener.lost(true, "");
  }

  #hear(data: string | ArrayBuffer): void {
    if (this.#ended) return;
    if (typeof data !== "string") {
      this.listener.wrote(new Uint8Array(data));
      return;
    }
    const message = JSON.parse(data) as TerminalMessage;
    if (message.type === "hello") this.#failures = 0;
    if (message.type === "ended") this.#ended = true;
    this.listener.told(message);
  }

  #close(event: CloseEvent): void {
    if (this.#ended) return;
    // 1008: refused, for reasons that another attempt does not change.
    const comesBack = event.code !== 1008;
    this.#ended = !comesBack;
    this.listener.lost(comesBack, event.reason);
    if (!this.#opened) this.listener.barred();
    this.#opened = false;
    if (!comesBack) return;
    this.#timer = setTimeout(() => this.#open(), RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)]);
    this.#failures += 1;
  }

  #send(message: Asked): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}
