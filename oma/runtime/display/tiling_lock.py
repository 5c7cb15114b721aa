"""Who tiles around a main pane: one process at most, and `oma untile` finds it.

A lock on a file in a directory of the user's own; the kernel frees it when the process ends, in
whatever way. The file stays, for removing it would race with the next one to lock it, until a lock
is taken after its tmux server has ended: then nobody will.

Who holds it is asked to leave by the signal `LEAVE`, and minds that from before it takes the lock:
a process may have more to do than to tile, and goes on with that.
"""

import fcntl
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs

from oma.errors import OmaError
from oma.model.ids import PaneId
from oma.runtime.client.runtime_directory import lives
from oma.runtime.client.server_file import held_file, open_lock, server_file
from oma.runtime.display.decision_log import DecisionLog

LEAVE = signal.SIGUSR1
TAKEN = "the window is tiled already; 'oma untile' ends that"


@attrs.frozen
class TilingLock:
    """The right to tile around one pane of one tmux server."""

    path: Path

    @property
    def journal(self) -> DecisionLog:
        """What was decided about the window."""
        return DecisionLog(self.path.with_suffix(".jsonl"))

    def journals(self) -> tuple[DecisionLog, ...]:
        """Return the journals of all main panes of the server."""
        server, _, _ = self.path.stem.rpartition("-")
        return tuple(map(DecisionLog, sorted(self.path.parent.glob(f"{server}-*.jsonl"))))

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold the lock.

        Raises:
            OmaError: Somebody else does, or there is no place for the lock.
        """
        with held_file(self.path, lambda _: TAKEN) as descriptor:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
            _clear_ended(self.path.parent)
            yield

    def holder(self) -> int | None:
        """Return the process that holds the lock, or `None`."""
        if not self.path.exists():
            return None
        descriptor = open_lock(self.path)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            text = os.pread(descriptor, 32, 0)
            return int(text) if text.isdigit() else None
        finally:
            os.close(descriptor)
        return None

    def ask_to_leave(self) -> bool:
        """Tell the holder to undo its tiling; return whether there was one."""
        pid = self.holder()
        if pid is None:
            return False
        os.kill(pid, LEAVE)
        return True

    def wait_free(self) -> None:
        """Block until nobody holds the lock: for a worker thread."""
        descriptor = open_lock(self.path)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        finally:
            os.close(descriptor)


def tiling_lock_of(
    socket: str, server_pid: int, main: PaneId, environ: Mapping[str, str]
) -> TilingLock:
    """Return the lock at a pane of the server of that socket.

    Raises:
        OmaError: There is no place for it that is this user's alone.
    """
    suffix = f"-{server_pid}-{main[1:]}.lock"
    return TilingLock(server_file(Path(socket), environ, "tile", suffix))


def _clear_ended(place: Path) -> None:
    """Remove what is kept about servers that have ended, but of locks that are held."""
    for path in place.glob("tile-*-*-*.*"):
        pid = path.stem.split("-")[2]
        # What cannot be removed now is tried again by whoever takes a lock next.
        with suppress(OSError, OmaError):
            ended = pid.isdigit() and not lives(int(pid))
            # One that is held all the same is of a container that counts its own processes.
            if ended and TilingLock(path.with_suffix(".lock")).holder() is None:
                path.unlink(missing_ok=True)
