"""The recordings of a directory, and the past that each holds.

A name is a file of that directory and of nothing beyond it. A recording is read in a worker
thread, one at a time; the few that were looked at last are kept.
"""

import os
import re
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

import attrs
import trio

from oma.errors import ConfigError, RecordingError
from oma.model.ids import AgentId
from oma.recording.files import open_recording
from oma.recording.recording_format import Header
from oma.store.history import History
from oma.web.presenter.ansi import ansi_of
from oma.web.request_error import RequestError

NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}\.jsonl(\.gz|\.zst)?")

MOST_BYTES = 256 << 20
"""A longer file is left to `oma replay`: its past is held in memory."""

MOST_LISTED = 500

KEPT = 3
"""Recordings whose past is kept."""

AGAIN_S = 10.0
"""A recording that grows is read again so often at most."""

MOST_ROWS = 1000


@attrs.frozen
class Listed:
    """One file."""

    name: str
    size_bytes: int
    modified_s: float
    """In seconds since the epoch."""
    started_at: str


@attrs.define(eq=False)
class Past:
    """One recording that was read."""

    header: Header
    history: History
    state: tuple[int, int]
    """Of the file when it was read."""
    read_s: float
    """When it was read, in seconds since the epoch."""


@attrs.define
class RecordingLibrary:
    """The recordings of a directory.

    Args:
        directory: Where they are.
        new_history: Returns an empty history, for a recording of this header and name.
        now_s: Seconds since the epoch.
    """

    directory: Path
    new_history: Callable[[Header, str], History]
    now_s: Callable[[], float]
    _pasts: dict[str, Past] = attrs.Factory(dict)
    _one: trio.Lock = attrs.Factory(trio.Lock)
    """Held by whoever reads: one at a time, and no past is looked into by two threads."""

    async def listed(self) -> list[Listed]:
        """Return what can be played, the newest first."""
        return await trio.to_thread.run_sync(self._look)

    async def past(self, name: str) -> Past:
        """Return the past of a recording.

        Raises:
            RequestError: There is none of that name, or it is too large or damaged.
        """
        async with self._one:
            state = self._state(name)
            past = self._pasts.pop(name, None)
            now_s = self.now_s()
            if past is None or (past.state != state and now_s - past.read_s >= AGAIN_S):
                try:
                    past = await trio.to_thread.run_sync(partial(self._read, name, state, now_s))
                except (RecordingError, ConfigError) as error:
                    raise RequestError(409, str(error)) from None
            self._pasts[name] = past
            while len(self._pasts) > KEPT:
                del self._pasts[next(iter(self._pasts))]
            return past

    async def screen(self, past: Past, agent: str, t: float) -> tuple[int, int, str]:
        """Return columns, rows and the text of an agent's screen at `t`; see `ansi_of`.

        The agent is given by its id or name.

        Raises:
            RequestError: There is no such agent then.
        """
        async with self._one:
            return await trio.to_thread.run_sync(partial(_screen, past.history, agent, t))

    def _look(self) -> list[Listed]:
        try:
            with os.scandir(self.directory) as entries:
                found = [
                    (entry.stat(follow_symlinks=False), entry.name)
                    for entry in entries
                    if NAME.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)
                ]
        except OSError:  # nothing can be played where nothing can be read
            return []
        found.sort(key=lambda pair: -pair[0].st_mtime)
        newest = (self._file(status, name) for status, name in found[:MOST_LISTED])
        return [listed for listed in newest if listed is not None]

    def _file(self, status: os.stat_result, name: str) -> Listed | None:
        try:
            with open_recording(self.directory / name) as reader:
                started_at = reader.header.started_at
        except RecordingError:  # not one of ours
            return None
        return Listed(name, status.st_size, status.st_mtime, started_at)

    def _state(self, name: str) -> tuple[int, int]:
        try:
            status = (self.directory / name).lstat() if NAME.fullmatch(name) else None
        except OSError:
            status = None
        if status is None or not stat.S_ISREG(status.st_mode):
            raise RequestError(404, f"no recording {name!r}: GET /api/recordings lists them")
        if status.st_size > MOST_BYTES:
            words = f"{name} is too large to be played here: use 'oma replay'"
            raise RequestError(409, words)
        return status.st_mtime_ns, status.st_size

    def _read(self, name: str, state: tuple[int, int], now_s: float) -> Past:
        path = self.directory / name
        with open_recording(path) as reader:
            history = self.new_history(reader.header, name)
            for record in reader:
                history.take(record)
            return Past(reader.header, history, state, now_s)


def _screen(history: History, reference: str, t: float) -> tuple[int, int, str]:
    state = history.state_at(t)
    agent = state.agent(AgentId(reference)) or state.named(reference)
    if agent is None:
        raise RequestError(404, f"no agent {reference!r} at {t:g} s of this recording")
    rows = history.styled_rows_at(t, agent.id, MOST_ROWS)
    return agent.columns, agent.rows, "" if rows is None else ansi_of(rows)
