"""Keeps the logs that machines publish as recordings in a directory, for as long as it runs."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

import attrs
import trio

from oma.errors import OmaError, ProtocolError
from oma.model.published import read_host_name
from oma.recording.files import RecordingFile
from oma.recording.published_log import Beginning, LogJoiner, PublishedEntry
from oma.recording.recording_format import encode_header, encode_record
from oma.recording.segments import SUFFIX
from oma.runtime.fleet.engine import Engine, EngineError, EngineLink
from oma.runtime.fleet.engine_session import EngineSession

EVERY_S = 0.5
"""How often it is asked for more."""

LOOK_S = 5.0
"""How often it is looked which hosts there are."""


@attrs.define
class _HostArchive:
    """The recordings of one host."""

    directory: Path
    joiner: LogJoiner
    say: Callable[[str], None]
    _file: RecordingFile | None = None

    @property
    def place(self) -> tuple[int, int] | None:
        return self.joiner.place if self.joiner.place > (0, 0) else None

    def keep(self, entries: Sequence[PublishedEntry]) -> None:
        """Write what entries say.

        Raises:
            OmaError: They are damaged, or the disk does not take them.
        """
        for entry in entries:
            for found in self.joiner.take(entry):
                if isinstance(found, Beginning):
                    self._begin(found)
                elif self._file is not None:
                    self._file.write(encode_record(found))
        if self._file is not None:
            self._file.flush()

    def _begin(self, beginning: Beginning) -> None:
        self.close()
        if beginning.missing:
            self.say(f"{self.joiner.source}: {beginning.missing}")
        for path in self._paths(beginning):
            if not path.exists():
                self._file = RecordingFile.create(path)
                self._file.write(encode_header(beginning.header))
                self.say(f"{self.joiner.source}: recording {path.name}")
                return

    def _paths(self, beginning: Beginning) -> Iterator[Path]:
        name = f"{self.joiner.source}-{beginning.boot}"
        name += f"-{beginning.first}" if beginning.first > 1 else ""
        yield self.directory / f"{name}{SUFFIX}"
        yield from (self.directory / f"{name}.{n}{SUFFIX}" for n in count(2))

    def close(self) -> None:
        """End the recording."""
        if self._file is not None:
            self._file.close()
            self._file = None


@attrs.define
class LogArchive:
    """What keeps the logs of all hosts.

    Args:
        engine: Where they are published.
        directory: Of the recordings; it is made if need be.
        say: Tells the user one line.
    """

    engine: Engine
    directory: Path
    say: Callable[[str], None]
    _hosts: dict[str, _HostArchive] = attrs.Factory(dict)
    _refused: set[str] = attrs.Factory(set)
    """Hosts whose logs cannot be read."""
    _session: EngineSession = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._session = EngineSession(self.engine, self._follow, self._lost)

    def _lost(self, error: EngineError) -> None:
        self.say(f"{self.engine.words} lost: {error}")

    async def run(self) -> None:
        """Keep them until cancelled; the recordings are whole then.

        Raises:
            OmaError: The directory cannot be made.
        """
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as failure:
            raise OmaError(f"cannot make {self.directory}: {failure.strerror}") from None
        try:
            await self._session.run()
        finally:
            for host in self._hosts.values():
                host.close()

    async def _follow(self, link: EngineLink) -> None:
        self.say(f"{self.engine.words} live")
        self._session.works()
        looked_s = -LOOK_S
        while True:
            if trio.current_time() - looked_s >= LOOK_S:
                self._know(await link.hosts())
                looked_s = trio.current_time()
            for name in [name for name in self._hosts if name not in self._refused]:
                await self._read(link, name)
            await trio.sleep(EVERY_S)

    def _know(self, names: Sequence[str]) -> None:
        for name in names:
            try:
                host = read_host_name(name)
            except ProtocolError:
                continue
            if host not in self._hosts:
                self._hosts[host] = _HostArchive(self.directory, LogJoiner(host), self.say)

    async def _read(self, link: EngineLink, name: str) -> None:
        host = self._hosts[name]
        while found := await link.read_log(name, host.place):
            try:
                host.keep(found)  # there is nothing else to do meanwhile
            except OmaError as wrong:
                self._refused.add(name)
                host.close()
                self.say(f"{name}: not recorded any more: {wrong}")
                return
