/** Keys as the terminal's socket takes them: the bytes of UTF-8, in hex. */

const encoder = new TextEncoder();

export function hexOfText(text: string): string {
  return hexOfBytes(encoder.encode(text));
}

/** @param text One character for each byte, as xterm gives reports of an old mouse. */
export function hexOfBinary(text: string): string {
  return hexOfBytes(Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff));
}

function hexOfBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The text in pieces of at most `limit` bytes of UTF-8, never within a character. */
export function pieces(text: string, limit: number): string[] {
  const found: string[] = [];
  let piece = "";
  let length = 0;
  for (const character of text) {
    const size = encoder.encode(character).length;
    if (length + size > limit) {
      found.push(piece);
      piece = "";
      length = 0;
    }
    piece += character;
    length += size;
  }
  return piece === "" ? found : [...found, piece];
}

/** The control character of a key: Ctrl-C of `c`; the key itself where there is none. */
export function control(key: string): string {
  const code = key.toUpperCase().charCodeAt(0);
  return key.length === 1 && code >= 0x40 && code <= 0x5f ? String.fromCharCode(code & 0x1f) : key;
}
