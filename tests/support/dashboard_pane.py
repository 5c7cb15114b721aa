"""The real dashboard in a pane of a private tmux: keys in by send-keys, screen out by capture-pane."""

import os
import shlex
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import attrs
import psutil

from tests.support.oma_process import nowhere
from tests.support.patience import look_until
from tests.support.private_tmux import PrivateTmux


@attrs.define
class DashboardPane:
    """One dashboard.

    Args:
        tmux: The server whose pane it runs in.
        target: Its session there.
        pid_file: Where its process id is written.
    """

    tmux: PrivateTmux
    target: str
    pid_file: Path

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names for them."""
        self.tmux.run("send-keys", "-t", self.target, *keys)

    def type(self, text: str) -> None:
        """Type characters as they are."""
        self.tmux.run("send-keys", "-t", self.target, "-l", "--", text)

    def lines(self, *options: str) -> list[str]:
        return self.tmux.run("capture-pane", "-p", *options, "-t", self.target).split("\n")[:-1]

    def row(self, text: str) -> str:
        """The row of the list that holds `text`, or an empty text."""
        return next((line for line in self.lines() if text in line), "")

    async def until(self, holds: Callable[[str], object]) -> str:
        """Wait until `holds` for the whole screen as one text; return that."""
        seen: list[str] = []

        def look() -> object:
            seen[:] = ["\n".join(self.lines())]
            return holds(seen[0])

        assert await look_until(look), seen[0]
        return seen[0]

    async def sees(self, *texts: str) -> str:
        """Wait until every text is on the screen."""
        return await self.until(lambda screen: all(text in screen for text in texts))

    async def loses(self, text: str) -> str:
        """Wait until the text is not on the screen any more."""
        return await self.until(lambda screen: text not in screen)

    async def selects(self, name: str) -> str:
        """Wait until the agent of this name is selected."""
        return await self.until(
            lambda screen: any(
                line.startswith("▸") and name in line for line in screen.split("\n")
            )
        )

    def send_signal(self, number: int) -> None:
        os.kill(int(self.pid_file.read_text()), number)

    async def kill(self) -> None:
        """Kill it, and wait until it is gone; what the terminal then shows is not to be relied on."""
        pid = int(self.pid_file.read_text())
        os.kill(pid, signal.SIGKILL)
        assert await look_until(lambda: not psutil.pid_exists(pid))

    async def left(self) -> tuple[int, str]:
        """Wait until it is gone; return its exit code and what `stty -a` says after it."""
        screen = await self.until(lambda text: "left " in text and "icanon" in text)
        code = int(screen.split("left ", 1)[1].split()[0])
        return code, " ".join(screen.split("left ", 1)[1].split())

    def modes(self) -> str:
        """The modes of the pane that a program could leave behind."""
        flags = "#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{keypad_cursor_flag}"
        return self.tmux.run("display-message", "-p", "-t", self.target, flags).strip()


SANE = "0 1 0 0"
"""`modes` of a pane that nobody changed."""


def start_dashboard(
    tmux: PrivateTmux,
    folder: Path,
    *arguments: object,
    command: str = "",
    columns: int = 100,
    rows: int = 30,
    session: str = "work",
    inside: bool = True,
    before: str = ":",
    **env: str,
) -> DashboardPane:
    """Run `oma` in a new session of `tmux`; the pane lives on after it, and says how it ended.

    `before` is a command of the shell that starts it.
    """
    pid_file = folder / "pid"
    settings = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"} | nowhere(env) | env
    words = [f"{key}={value}" for key, value in settings.items()]
    outside = [] if inside else ["-u", "TMUX", "-u", "TMUX_PANE"]
    oma = shlex.join(
        [
            "env",
            *outside,
            *words,
            sys.executable,
            "-m",
            "oma",
            *map(str, arguments),
            *command.split(),
        ]
    )
    inner = shlex.quote(f"{before}; echo $$ > {pid_file}; exec {oma}")
    script = f"trap : INT; sh -c {inner}; echo left $?; stty -a; exec cat"
    tmux.run("new-session", "-d", "-x", str(columns), "-y", str(rows), "-s", session, script)
    return DashboardPane(tmux, session, pid_file)


SIGNALS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
"""What ends a dashboard from outside, and its exit code then."""
