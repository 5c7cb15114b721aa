"""The agents of several machines as one list: a log and a fold for each, side by side.

Each host has its own `Store`, which holds what that host would tell of itself, to the byte. What is
shown is put together when it is asked for.
"""

from collections.abc import Callable, Iterable

import attrs

from oma.model.events import Event, MonitorStopped, Record
from oma.model.explanation import Explanation
from oma.model.health import Transition
from oma.model.hosts import Link, LinkState, host_of, on_host, told_on_host
from oma.model.ids import AgentId
from oma.model.state import AgentState, FleetState
from oma.screen.styled import StyledRows
from oma.store.store import Store

AHEAD_S = 1.0
"""A host whose clock is faster gets so far ahead of ours; then its log is set back."""


@attrs.frozen
class FleetNews:
    """Something that happened on a host, or to the link with it."""

    host: str
    event: Event | None
    """`None` where the link has changed."""
    transitions: tuple[Transition, ...] = ()
    """Of agents under their names among all hosts."""


@attrs.define
class HostLog:
    """What is known of one host."""

    link: Link
    store: Store | None = None
    """`None` until it was reached."""
    _offset_s: float | None = None
    """When its log began, by our clock; `None` until its first record has come."""
    _shown: tuple[AgentState, ...] = ()
    _shown_of: tuple[FleetState, Link] | None = None

    @property
    def agents(self) -> tuple[AgentState, ...]:
        """Its agents, as those of all hosts are called."""
        if self.store is None:
            return ()
        state = self.store.state
        known = self._shown_of
        if known is None or known[0] is not state or known[1] is not self.link:
            self._shown = tuple(on_host(agent, self.link) for agent in state.agents)
            self._shown_of = state, self.link
        return self._shown

    def begin(self, store: Store) -> None:
        """Take what comes from here on as a log that begins now; `store` may be the one before."""
        self.store, self._offset_s = store, None

    def take(self, record: Record) -> list[Transition]:
        """Take the next record of the host's log, under a time of our clock.

        Between two records lies the time that lay between them there: what is due in between is due here.
        """
        store = self.store
        if store is None or isinstance(record.event, MonitorStopped):  # ours goes on
            return []
        now_s = store.clock()
        if self._offset_s is None or self._offset_s + record.t > now_s + AHEAD_S:
            self._offset_s = round(max(store.t, now_s) - record.t, 6)
        t = max(store.t, round(self._offset_s + record.t, 6))
        return store.restore(Record(store.seq + 1, t, record.event))


@attrs.define
class Fleets:
    """All hosts.

    Args:
        clock: Seconds since anything began; the times of all hosts are those of this clock.
        names: Of the hosts, in the order in which they are shown.
        told: Called with each piece of news. Never blocks.
    """

    clock: Callable[[], float]
    names: Iterable[str]
    told: list[Callable[[FleetNews], None]] = attrs.Factory(list)
    hosts: dict[str, HostLog] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.hosts = {name: HostLog(Link(name)) for name in self.names}

    @property
    def state(self) -> FleetState:
        """The agents of all hosts; those of a host that is lost as they were."""
        known = [each.store.state for each in self.hosts.values() if each.store is not None]
        return FleetState(
            seq=sum(state.seq for state in known),
            t=self.clock(),
            tmux=next((state.tmux for state in known if state.tmux is not None), None),
            agents=tuple(agent for each in self.hosts.values() for agent in each.agents),
            unreached=tuple(
                name
                for name, each in self.hosts.items()
                if each.link.state in (LinkState.LOST, LinkState.UNREACHED)
            ),
        )

    def reached(self, host: str, store: Store) -> None:
        """Begin a log of a host, in the store that it had before or in a new one."""
        self.hosts[host].begin(store)
        self._link(host, LinkState.LIVE, "")

    def lost(self, host: str, words: str) -> None:
        """Note that a host is not reached, and why."""
        known = self.hosts[host].store is not None
        self._link(host, LinkState.LOST if known else LinkState.UNREACHED, words)

    def take(self, host: str, record: Record) -> None:
        """Take the next record of a host's log."""
        transitions = self.hosts[host].take(record)
        told = tuple(told_on_host(each, host) for each in transitions)
        self._tell(FleetNews(host, record.event, told))

    def styled_rows(self, agent: AgentId, most_rows: int) -> StyledRows | None:
        """Return the bottom rows of an agent's screen; `None` where it is not known."""
        own, host = host_of(agent)
        log = self.hosts.get(host)
        if log is None or log.store is None:
            return None
        return log.store.styled_rows(AgentId(own), most_rows)

    def explain(self, name: str) -> Explanation | None:
        """Return why an agent is as it is, by its name among all hosts."""
        host, _, own = name.partition("/")
        log = self.hosts.get(host)
        return None if log is None or log.store is None else log.store.explain(own)

    def _link(self, host: str, state: LinkState, words: str) -> None:
        link = self.hosts[host].link
        since_s = self.clock() if state is not link.state else link.since_s
        self.hosts[host].link = Link(host, state, since_s, words)
        if (state, words) != (link.state, link.words):
            self._tell(FleetNews(host, None))

    def _tell(self, news: FleetNews) -> None:
        for told in self.told:
            told(news)
