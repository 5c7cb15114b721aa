"""Reads the published logs of those hosts whose agents somebody looks at, and how these changed before."""

from collections.abc import Callable, Sequence

import attrs
import trio

from oma.errors import OmaError
from oma.model.publication import read_all_told
from oma.recording.published_log import Beginning, LogJoiner, PublishedEntry
from oma.recording.recording_format import Header, parse_json
from oma.runtime.fleet.engine import EngineLink
from oma.store.published_hosts import PublishedHosts
from oma.store.store import Store

EVERY_S = 0.2
"""How often it is asked for more."""

NONE_EVERY_S = 2.0
"""How often it is asked of a host whether it publishes a log at all."""


@attrs.define
class PublishedLogReader:
    """What reads them.

    Args:
        hosts: Says whose logs are asked for, and gets them.
        make_store: Makes a store by the rules that a header carries; an `OmaError` if it cannot.
    """

    hosts: PublishedHosts
    make_store: Callable[[Header], Store]
    _joiners: dict[str, LogJoiner] = attrs.Factory(dict)
    _not_before: dict[str, float] = attrs.Factory(dict)
    """When it is asked again of those hosts that had published no log."""
    _damaged: set[str] = attrs.Factory(set)
    """Hosts whose logs cannot be read, until nobody asks for them any more."""

    async def run(self, link: EngineLink) -> None:
        """Read them until cancelled.

        Raises:
            EngineError: The engine does not answer.
        """
        while True:
            await trio.sleep(EVERY_S)
            asked = self.hosts.asked_for()
            self._joiners = {host: each for host, each in self._joiners.items() if host in asked}
            self._damaged.intersection_update(asked)
            for host in self._not_before.keys() - set(asked):
                del self._not_before[host]
            for host in asked:
                if self.hosts.lacks_past(host):
                    await self._read_past(link, host)
                is_due = self._not_before.get(host, 0.0) <= trio.current_time()
                if is_due and host not in self._damaged:
                    await self._read(link, host)

    async def _read_past(self, link: EngineLink, host: str) -> None:
        [held] = await link.read([(host, "0-0")])
        try:
            self.hosts.take_past(host, read_all_told(held.told, parse_json))
        except OmaError:
            self.hosts.take_past(host, ())

    async def _read(self, link: EngineLink, host: str) -> None:
        joiner = self._joiners.setdefault(host, LogJoiner(host))
        place = joiner.place if joiner.place > (0, 0) else None
        while found := await link.read_log(host, place, newest=True):
            try:
                self._take(host, joiner, found)
            except OmaError:  # nothing more is shown of it than what is published besides
                self._damaged.add(host)
                self.hosts.begin_log(host, None)
                return
            place = joiner.place
        if place is None:
            self._not_before[host] = trio.current_time() + NONE_EVERY_S

    def _take(self, host: str, joiner: LogJoiner, entries: Sequence[PublishedEntry]) -> None:
        for entry in entries:
            for found in joiner.take(entry):
                if isinstance(found, Beginning):
                    self.hosts.begin_log(host, self.make_store(found.header))
                else:
                    self.hosts.take_log(host, found)
