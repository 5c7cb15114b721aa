/** Files that the user gives to an agent: stored by the server, which tells the path. */

import { say } from "./asking";
import type { StoredFile } from "./model/types";
import { printable, size } from "./model/words";
import { session } from "./page";
import { agentPath, postFile, Refusal } from "./server/http";

/** Stores a file for an agent. @returns Its path; null where it was not stored, which is said. */
export async function upload(id: string, file: File): Promise<string | null> {
  const most = session.value?.upload_bytes ?? 0;
  const name = printable(file.name) || "file";
  if (file.size > most) {
    say(most === 0 ? "files are not taken here: see [web] uploads" : `${name} is too large: at most ${size(most)}`, true);
    return null;
  }
  try {
    const path = `${agentPath(id, "files")}?name=${encodeURIComponent(name.slice(-200))}`;
    return (await postFile<StoredFile>(path, file)).path;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say(`${name}: ${error.message}`, true);
    return null;
  }
}

/** The files of a drop or of the clipboard; none where it is text. */
export function filesOf(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])];
}
