"""The tmux of the tests: which one it is, a server of its own for a test, and a client that reads it.

`OMA_TMUX` names the tmux of all tests, and of the `oma` that they run: `tmux` on the PATH without.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest

from oma.runtime.client.tmux_binary import VARIABLE, missing_tmux, tmux_binary
from oma.tmux.capabilities import Version, parse_version
from oma.tmux.notifications import Reply, WireEvent
from oma.tmux.parser import ControlParser
from tests.support.patience import PATIENCE_S

TMUX = shutil.which(tmux_binary(os.environ)) or ""
"""Its path; empty when there is none."""

VERSION_NAME = (
    subprocess.run([TMUX or "true", "-V"], check=False, capture_output=True, text=True)
    .stdout.removeprefix("tmux ")
    .strip()
)


def since(major: int, minor: int) -> bool:
    """Say whether the tests run on that version of tmux or a newer one."""
    return parse_version(VERSION_NAME or "master") >= Version(major, minor, -1)


keeps_dead_panes = pytest.mark.skipif(
    not since(3, 3), reason="tmux dies of dead panes: oma neither makes nor watches them"
)


def sized(args: Sequence[str]) -> Sequence[str]:
    """Return the arguments of tmux so that a new session has the size that they ask for.

    3.2 gives it the size of the terminal that the command comes from, or 80x23.
    """
    if since(3, 3) or not {"new-session", "-x", "-y", "-s"}.issubset(args):
        return args
    columns, rows, name = (args[args.index(flag) + 1] for flag in ("-x", "-y", "-s"))
    window = ("-t", f"={name}:")
    resized = (";", "resize-window", *window, "-x", columns, "-y", rows)
    return (*args, *resized, ";", "set-option", "-w", "-u", *window, "window-size")


def _environment() -> dict[str, str]:
    """Return ours without what ties a program to the tmux that it was started in."""
    environment = {n: value for n, value in os.environ.items() if "TMUX" not in n or n == VARIABLE}
    return environment | {"LC_ALL": "C.UTF-8", "SHELL": "/bin/sh", "TERM": "xterm-256color"}


@attrs.frozen
class PrivateTmux:
    """A tmux server of its own; it starts with the first session."""

    socket_path: str

    @property
    def environment(self) -> dict[str, str]:
        return _environment()

    def argv(self, *args: str) -> list[str]:
        return [TMUX, "-u", "-S", self.socket_path, "-f", "/dev/null", *args]

    def run(self, *args: str) -> str:
        """Run one command to its end and return what it prints; it must succeed."""
        done = subprocess.run(
            self.argv(*sized(args)),
            check=False,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE_S,
        )
        assert done.returncode == 0, (args, done.stderr)
        return done.stdout.decode(errors="replace")

    def control(self, *args: str) -> subprocess.Popen[bytes]:
        """Start a control client, with pipes for its input and output."""
        return subprocess.Popen(
            self.argv("-C", *args),
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def end(self) -> None:
        """End the server and its process; never fail, which would hide the failure of the test."""
        try:
            pid = self._run_quietly("display-message", "-p", "#{pid}").strip()
            self._run_quietly("kill-server")
        except (OSError, subprocess.TimeoutExpired):
            return
        if pid.isdigit():
            _end_process(int(pid))

    def _run_quietly(self, *args: str) -> bytes:
        return subprocess.run(
            self.argv("-N", *args),
            check=False,
            env=self.environment,
            capture_output=True,
            timeout=PATIENCE_S,
        ).stdout


def _end_process(pid: int) -> None:
    # A server may outlive `kill-server` for as long as a client does not read (tmux issue 5444).
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        return


@contextmanager
def private_tmux() -> Iterator[PrivateTmux]:
    """Give a server on a short path; it is gone afterwards, whatever happened."""
    if not TMUX:
        pytest.skip(missing_tmux(os.environ))
    # Unix sockets end near 100 bytes, and pytest's own directories are longer than that.
    directory = tempfile.mkdtemp(prefix="oma", dir="/tmp")
    server = PrivateTmux(str(Path(directory) / "s"))
    try:
        yield server
    finally:
        server.end()
        shutil.rmtree(directory, ignore_errors=True)


@attrs.define
class ControlClient:
    """A control client, read by the parser under test; every wait ends with the test's timeout."""

    process: subprocess.Popen[bytes]
    events: list[WireEvent] = attrs.Factory(list)
    _parser: ControlParser = attrs.Factory(ControlParser)

    def ask(self, line: str) -> Reply:
        """Send a line of one command and return its reply."""
        return self.ask_all([line])[0]

    def ask_all(self, lines: Sequence[str]) -> list[Reply]:
        """Send lines of one command each and return their replies."""
        assert self.process.stdin is not None
        known = len(self._replies())
        self.process.stdin.write("".join(f"{line}\n" for line in lines).encode())
        self.process.stdin.flush()
        self.read_until(lambda _events: len(self._replies()) >= known + len(lines))
        return self._replies()[known:]

    def read_until(self, enough: Callable[[list[WireEvent]], bool]) -> list[WireEvent]:
        """Read until `enough` holds for all events so far; return them."""
        assert self.process.stdout is not None
        while not enough(self.events):
            data = os.read(self.process.stdout.fileno(), 65536)
            assert data, self.events[-5:]
            self.events += self._parser.feed(data)
        return self.events

    def _replies(self) -> list[Reply]:
        return [event for event in self.events if isinstance(event, Reply) and event.asked]
