"""What is known besides of those hosts whose agents somebody looks at, for as long as that is so: log and past."""

from collections.abc import Sequence

import attrs

from oma.model.events import MonitorStopped, Record
from oma.model.explanation import Explanation
from oma.model.ids import AgentId
from oma.screen.styled import StyledRows
from oma.store.hosts_view import Runs
from oma.store.store import Store

ASKED_S = 60.0
"""A log is read on for so long after somebody looked last."""

MOST_LOGS = 8
"""Are read at a time; those that were asked for last."""


@attrs.define
class OpenedLogs:
    """All of them."""

    _asked_s: dict[str, float] = attrs.Factory(dict)
    _stores: dict[str, Store] = attrs.Factory(dict)
    pasts: dict[str, Runs] = attrs.Factory(dict)
    """How their agents changed, as it was read once."""

    def ask(self, host: str, now_s: float) -> None:
        """Take it that somebody looks at an agent of a host."""
        self._asked_s[host] = now_s

    def asked_for(self, now_s: float) -> Sequence[str]:
        """Return the hosts whose logs are to be read, who was asked for last at the end; others are forgotten."""
        lately = [host for host, t in self._asked_s.items() if now_s - t <= ASKED_S]
        hosts = sorted(lately, key=self._asked_s.__getitem__)[-MOST_LOGS:]
        self._asked_s = {host: self._asked_s[host] for host in hosts}
        self._stores = {host: each for host, each in self._stores.items() if host in hosts}
        self.pasts = {host: each for host, each in self.pasts.items() if host in hosts}
        return hosts

    def begin(self, host: str, store: Store | None) -> None:
        """Take what comes of a host as a log that begins now, in a store that is empty; `None` is no log."""
        self._stores.pop(host, None)
        if store is not None:
            store.is_fed = True
            self._stores[host] = store

    def take(self, host: str, record: Record) -> None:
        """Take the next record of a host's log."""
        store = self._stores.get(host)
        if store is not None and not isinstance(record.event, MonitorStopped):
            store.restore(Record(store.seq + 1, record.t, record.event))

    def styled_rows(self, host: str, agent: AgentId, most_rows: int) -> StyledRows | None:
        """Return the bottom rows of an agent's screen; `None` where its log was not read."""
        store = self._stores.get(host)
        return None if store is None else store.styled_rows(agent, most_rows)

    def explain(self, host: str, reference: str) -> Explanation | None:
        """Return why the agent of this id or name is as it is; `None` where its log was not read."""
        store = self._stores.get(host)
        return None if store is None else store.explain(reference)
