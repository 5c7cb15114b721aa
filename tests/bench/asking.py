"""From a dialog on an agent's screen to the line of `oma watch` that says so, beside agents at work.

    python tests/bench/asking.py [--agents 20] [--tries 30] [--marked]

All show screens of claude, on which the spinner moves ten times a second; one of them asks after each 1.5 s of work.
`--marked`: its frame is a synchronized update (DEC mode 2026).
"""

import argparse
import json
import os
import queue
import shutil
import threading
import time

from busy import GLYPHS, RULE, SCREEN, SPINNER_ROW, paint
from private_server import private_server, spread

DIALOG = [
    *SCREEN[:10],
    "● I will run it.",
    "",
    RULE,
    " Bash command",
    "",
    "   rm -rf build",
    "   Remove the build directory",
    "",
    " Do you want to proceed?",
    " ❯ 1. Yes",
    "   2. Yes, and don't ask again for rm commands",
    "   3. No, and tell Claude what to do differently (esc)",
    "",
    " Esc to cancel",
]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=20)
    parser.add_argument("--tries", type=int, default=30)
    parser.add_argument("--marked", action="store_true")
    options = parser.parse_args()
    with private_server() as server:
        claude = server.folder / "claude"
        shutil.copy("/bin/sleep", claude)
        for number in range(options.agents + 1):
            server.tmux(
                *("new-session", "-d", "-x", "120", "-y", "40", "-s", f"oma-agent-{number}"),
                f"{claude} 86400",
            )
        ttys = server.tmux("list-panes", "-a", "-F", "#{pane_tty}").split()
        asking, *others = [os.open(tty, os.O_WRONLY | os.O_NOCTTY) for tty in ttys]
        for terminal in (asking, *others):
            show(terminal, SCREEN)
        with server.oma("watch", "--json", stdout=-1, text=True) as watch:
            seen = set()
            while len(seen) <= options.agents:
                seen.add(json.loads(watch.stdout.readline())["agent"])
            told = queue.Queue()
            threading.Thread(target=listen, args=(watch.stdout, told), daemon=True).start()
            ended = threading.Event()
            painter = threading.Thread(target=work, args=(others, ended))
            painter.start()
            try:
                took_ms = [ask(asking, told, marked=options.marked) for _ in range(options.tries)]
            finally:
                ended.set()
                painter.join()
        print(spread(took_ms, "ms"))


def listen(lines, told):
    """Note when it is told that some agent waits."""
    for line in lines:
        if json.loads(line).get("to") == "waiting":
            told.put(time.monotonic())


def work(terminals, ended):
    while not ended.is_set():
        paint(terminals, 10, 1)


def ask(terminal, told, *, marked):
    """Work for 1.5 s, ask, and return how long it took to be told, in milliseconds."""
    show(terminal, SCREEN)
    for frame in range(15):
        clock = f"{GLYPHS[frame % len(GLYPHS)]} Warping… ({frame}s · ↓ {frame * 7} tokens)"
        os.write(terminal, f"\x1b[{SPINNER_ROW};1H\x1b[38;5;174m{clock}\x1b[39m\x1b[K".encode())
        time.sleep(0.1)
    began_s = time.monotonic()
    show(terminal, DIALOG, marked=marked)
    took_s = told.get(timeout=30) - began_s
    time.sleep(0.3)  # one that goes at once flickers, and the next has to hold for longer
    return 1000 * took_s


def show(terminal, lines, *, marked=False):
    frame = "\x1b[2J\x1b[H" + "\r\n".join(lines)
    os.write(terminal, (f"\x1b[?2026h{frame}\x1b[?2026l" if marked else frame).encode())


if __name__ == "__main__":
    main()
