"""Tells the log what agents say of themselves in the status files that they keep, as these change."""

import math
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import attrs

from oma.model.ids import PaneId
from oma.model.status_file import StatusFileRead
from oma.runtime.agent_files import find_status_file, read_status_file
from oma.runtime.blocking_call import call_within
from oma.runtime.clock import age_s
from oma.store.store import Store

READ_EVERY_S = 0.2
"""While something happens, and once more after the last that did: a file is written a moment later."""

FIND_AGAIN_S = 30.0
"""Where the file of a process is not known, it is looked for again after that."""

_Read = tuple[str, str, int | None]
"""State, detail, and when the file was written, in nanoseconds of the system's clock."""

_NOTHING: _Read = ("", "", None)
_Stamp = tuple[int, int, int]
"""Of a file, by which a change is known: when it was written, its size, and which file it is."""


@attrs.define
class StatusFileReader:
    """Reads status files; one that did not change is not read again."""

    _paths: dict[tuple[str, int], tuple[Path | None, float]] = attrs.Factory(dict)
    """By the format and the process, with the time at which it was looked for."""
    _read: dict[Path, tuple[_Stamp, _Read]] = attrs.Factory(dict)

    async def read_into(self, store: Store) -> None:
        """Log what is new in the status files of all agents that are known now.

        The files are read in a worker thread, which is left behind when this is cancelled: a file
        system may hang.
        """
        import trio  # `read_within` does without

        if wanted := _wanted(store):
            now_s = trio.current_time()
            read = await trio.to_thread.run_sync(self._pass, wanted, now_s, abandon_on_cancel=True)
            _tell(store, wanted, read)

    def read_within(self, patience_s: float, store: Store) -> None:
        """As `read_into`, for a look of its own; blocks for `patience_s` at most, then nothing is logged."""
        wanted = _wanted(store)
        if wanted and (read := call_within(patience_s, partial(self._pass, wanted, 0.0))):
            _tell(store, wanted, read)

    def _pass(self, wanted: Mapping[PaneId, tuple[str, int]], now_s: float) -> dict[PaneId, _Read]:
        found = {}
        for each in wanted.values():
            path, looked_s = self._paths.get(each, (None, -math.inf))
            if path is None and now_s - looked_s >= FIND_AGAIN_S:
                path, looked_s = find_status_file(*each), now_s
            found[each] = path, looked_s
        self._paths = found
        before, self._read = self._read, {}
        return {pane: self._one(found[each][0], each[1], before) for pane, each in wanted.items()}

    def _one(
        self, path: Path | None, pid: int, before: Mapping[Path, tuple[_Stamp, _Read]]
    ) -> _Read:
        stamp = None if path is None else _stamp(path)
        if path is None or stamp is None:
            return _NOTHING
        found = before.get(path)
        if found is None or found[0] != stamp:
            found = stamp, (*read_status_file(path, pid), stamp[0])
        self._read[path] = found
        return found[1]


async def follow_status_files(store: Store) -> None:
    """Log what status files say whenever something happens; no timer runs while nothing does. For ever."""
    import trio

    reader, seq = StatusFileReader(), 0
    while True:
        await store.wait_newer(seq)
        await reader.read_into(store)
        while seq < store.seq:
            seq = store.seq
            await trio.sleep(READ_EVERY_S)
            await reader.read_into(store)


def _wanted(store: Store) -> dict[PaneId, tuple[str, int]]:
    return {pane: (kind, pid) for pane, (kind, pid, _) in store.status_files.items()}


def _tell(
    store: Store, wanted: Mapping[PaneId, tuple[str, int]], read: Mapping[PaneId, _Read]
) -> None:
    for pane, (kind, pid, known) in store.status_files.items():
        if wanted.get(pane) != (kind, pid):
            continue  # that agent came meanwhile
        before = ("", "") if known is None or known.pid != pid else (known.state, known.detail)
        state, detail, written_ns = read[pane]
        if (state, detail) != before:
            old_s = 0.0 if written_ns is None else age_s(written_ns)
            store.append(StatusFileRead(pane, pid, state, detail, old_s))


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
