/** The recordings that the server has, and the one that is played. */

import { useEffect, useState } from "preact/hooks";

import { address, type Route } from "../model/route";
import type { RecordingFile } from "../model/types";
import { printable, size } from "../model/words";
import { get, Refusal } from "../server/http";
import { Playback } from "./playback";

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

export function Recordings({ at }: { at: Extract<Route, { at: "recordings" }> }) {
  return at.name === null ? <RecordingList /> : <Playback key={at.name} name={at.name} at={at} />;
}

function RecordingList() {
  const [files, setFiles] = useState<readonly RecordingFile[] | null>(null);
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    get<readonly RecordingFile[]>("/api/recordings").then(setFiles, (error: unknown) => {
      if (error instanceof Refusal) setWrong(error.message);
    });
  }, []);

  return (
    <main class="page">
      <h1>Recordings</h1>
      {wrong !== "" && <p class="wrong">{wrong}</p>}
      {files?.length === 0 && (
        <p class="faint">
          There are none yet. <code>oma record</code> makes one; the option <code>recordings</code> of{" "}
          <code>[web]</code> says where this page looks.
        </p>
      )}
      <ul class="files">
        {files?.map((file) => (
          <li key={file.name}>
            <a href={address({ at: "recordings", name: file.name, agent: null, t: 0 })}>
              <b>{printable(file.name)}</b>
              <span class="faint">{size(file.bytes)}</span>
              <time>{moment.format(new Date(file.started_at ?? file.modified_at))}</time>
            </a>
          </li>
        ))}
      </ul>
    </main>
  );
}
