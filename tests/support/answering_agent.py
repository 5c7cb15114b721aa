"""An agent for tests, in a pane: it works, asks or fails as a prompt says, and notes what it gets.

Run as a program: `-m tests.support.answering_agent FOLDER --session-id ID [MOMENT]`, or `… --resume ID`. The file `ID` in the folder
gets a line for each start, prompt and answer; what else `claude` keeps of a conversation is there, too. `MOMENT` is
what happens while a text is being typed: `asks`, `dies` or `resizes`.
"""

import json
import os
import select
import subprocess
import sys
import time
import tty
from pathlib import Path

from tests.support.prompt_agent import DIALOG, RULE, composer, show

WORKS_S = 0.4
BUSY = f"✻ Working… (1s · esc to interrupt)\r\n{RULE}\r\n❯ \r\n{RULE}\r\n  esc to interrupt"
FAILED = f"❯ fail\r\n● API Error: 500 Internal server error\r\n{RULE}\r\n❯ \r\n{RULE}\r\n  ? for shortcuts"


def keep(folder: Path, conversation: str) -> None:
    """Keep what says which conversation this is."""
    (folder / "sessions").mkdir(exist_ok=True)
    (folder / "projects" / "a").mkdir(parents=True, exist_ok=True)
    told = {"pid": os.getpid(), "sessionId": conversation, "startedAt": time.time() * 1000}
    (folder / "sessions" / f"{os.getpid()}.json").write_text(json.dumps(told))
    (folder / "projects" / "a" / f"{conversation}.jsonl").write_text("{}")


def happens(moment: str, typed: str) -> None:
    """Let something happen while a text is being typed, of which so much was typed."""
    if moment == "dies":
        sys.exit(1)
    if moment == "resizes" and typed == "two":
        words = ["resize-window", "-t", os.environ["TMUX_PANE"], "-x", "90", "-y", "30"]
        subprocess.run(["tmux", *words], check=True)


def answer(prompt: str) -> bool:
    """Show the answer to a prompt; say whether it is a dialog."""
    show(BUSY)
    select.select([], [], [], WORKS_S)
    show({"ask": DIALOG, "fail": FAILED}.get(prompt, composer("")))
    return prompt == "ask"


def main(folder: Path, how: str, conversation: str, moment: str) -> None:
    """Run until the pane is closed."""
    keep(folder, conversation)
    tty.setraw(0)
    show(composer(""))
    typed, asks = "", False
    with (folder / conversation).open("a", buffering=1) as log:
        log.write(f"{how}\n")
        while read := os.read(0, 65536).decode():
            if asks:
                log.write(f"answered {read!r}\n")
                asks = False
            elif read.endswith("\r"):
                prompt, typed = typed + read[:-1], ""
                log.write(f"{prompt}\n")
                asks = answer(prompt)
                continue
            elif read == "\x15":
                typed = ""
            else:
                typed += read
                happens(moment, typed)
                if moment == "asks":
                    asks, moment = True, ""
                    show(DIALOG)
                    continue
            show(composer(typed))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], "".join(sys.argv[4:]))
