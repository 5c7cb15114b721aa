"""An agent for tests, in a pane: a composer between two rules, or a dialog; it notes what it gets.

Run as a program: `prompt_agent.py LOG [asks]`. Each line of the log is what was submitted, as JSON.
"""

import json
import os
import sys
import tty

RULE = "─" * 60
DIALOG = (
    f"● Bash(rm -rf build)\r\n{RULE}\r\n Bash command\r\n\r\n   rm -rf build\r\n\r\n"
    " Do you want to proceed?\r\n ❯ 1. Yes\r\n   2. No\r\n\r\n Esc to cancel · Tab to amend"
)


def show(text: str) -> None:
    os.write(1, f"\x1b[2J\x1b[H{text}".encode())


def composer(text: str) -> str:
    lines = text.replace("\n", "\r\n  ")
    return f"ready\r\n{RULE}\r\n❯ {lines}\r\n{RULE}\r\n  ? for shortcuts"


def main(path: str, *, asks: bool) -> None:
    """Run until Ctrl-C."""
    tty.setraw(0)
    os.write(1, b"\x1b[?2004h")
    show(DIALOG if asks else composer(""))
    typed, pasting = b"", False
    with open(path, "a", buffering=1, encoding="utf-8") as log:
        while read := os.read(0, 65536):
            if b"\x03" in read:
                return
            for byte in read:
                typed += bytes([byte])
                for mark, now in ((b"\x1b[200~", True), (b"\x1b[201~", False)):
                    if typed.endswith(mark):
                        typed, pasting = typed.removesuffix(mark), now
                if pasting and typed.endswith(b"\r"):
                    typed = typed[:-1] + b"\n"
                elif typed.endswith(b"\r") or asks:
                    log.write(json.dumps(typed.decode().removesuffix("\r")) + "\n")
                    typed, asks = b"", False
            show(composer(typed.decode(errors="replace")))


if __name__ == "__main__":
    main(sys.argv[1], asks="asks" in sys.argv[2:])
