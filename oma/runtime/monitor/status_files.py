"""Tells the log what agents say of themselves in the status files that they keep, as these change."""

from collections.abc import Mapping
from pathlib import Path

import attrs
import trio

from oma.model.ids import PaneId
from oma.model.status_file import StatusFileRead
from oma.runtime.status_file import find_status_file, read_status_file
from oma.store.store import Store

READ_EVERY_S = 0.2
"""While something happens, and once more after the last that did: a file is written a moment later."""

_Read = tuple[str, str]
_Stamp = tuple[int, int, int]
"""Of a file, by which a change is known: when it was written, its size, and which file it is."""


@attrs.define
class StatusFileReader:
    """Reads status files; one that did not change is not read again."""

    _paths: dict[tuple[str, int], Path] = attrs.Factory(dict)
    """By the format and the process; one that is not known is looked for again."""
    _read: dict[Path, tuple[_Stamp, _Read]] = attrs.Factory(dict)

    async def read_into(self, store: Store) -> None:
        """Log what is new in the status files of all agents that are known now.

        The files are read in a worker thread, which is left behind when this is cancelled: a file
        system may hang.
        """
        wanted = {pane: (kind, pid) for pane, (kind, pid, _) in store.status_files.items()}
        if not wanted:
            return
        read = await trio.to_thread.run_sync(self._pass, wanted, abandon_on_cancel=True)
        for pane, (kind, pid, known) in store.status_files.items():
            if wanted.get(pane) != (kind, pid):
                continue  # that agent came meanwhile
            before = ("", "") if known is None or known.pid != pid else (known.state, known.detail)
            if read[pane] != before:
                store.append(StatusFileRead(pane, pid, *read[pane]))

    def _pass(self, wanted: Mapping[PaneId, tuple[str, int]]) -> dict[PaneId, _Read]:
        found = {
            each: self._paths.get(each) or find_status_file(*each) for each in wanted.values()
        }
        self._paths = {each: path for each, path in found.items() if path is not None}
        before, self._read = self._read, {}
        return {pane: self._one(found[each], each[1], before) for pane, each in wanted.items()}

    def _one(
        self, path: Path | None, pid: int, before: Mapping[Path, tuple[_Stamp, _Read]]
    ) -> _Read:
        stamp = None if path is None else _stamp(path)
        if path is None or stamp is None:
            return "", ""
        found = before.get(path)
        if found is None or found[0] != stamp:
            found = stamp, read_status_file(path, pid)
        self._read[path] = found
        return found[1]


async def follow_status_files(store: Store) -> None:
    """Log what status files say whenever something happens; no timer runs while nothing does. For ever."""
    reader, seq = StatusFileReader(), 0
    while True:
        await store.wait_newer(seq)
        await reader.read_into(store)
        while seq < store.seq:
            seq = store.seq
            await trio.sleep(READ_EVERY_S)
            await reader.read_into(store)


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
