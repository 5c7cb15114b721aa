/** Server-sent events out of the text of a response. Pure. */

export interface ServerEvent {
  readonly name: string;
  readonly data: string;
  /** The place of the event in its stream; empty where the server names none. */
  readonly place: string;
}

/** Cuts a stream of text into events; comments and unknown fields are left out. */
export class EventParser {
  #rest = "";
  #name = "";
  #data: string[] = [];
  #place = "";

  /** The events that are complete with this text. */
  feed(text: string): ServerEvent[] {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    const found: ServerEvent[] = [];
    for (const line of lines) {
      const event = this.#line(line.replace(/\r$/, ""));
      if (event !== null) found.push(event);
    }
    return found;
  }

  #line(line: string): ServerEvent | null {
    if (line === "") return this.#end();
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.#name = value;
    if (field === "data") this.#data.push(value);
    if (field === "id") this.#place = value;
    return null;
  }

  #end(): ServerEvent | null {
    const event = { name: this.#name, data: this.#data.join("\n"), place: this.#place };
    const complete = this.#data.length > 0;
    this.#name = "";
    this.#data = [];
    return complete ? event : null;
  }
}
