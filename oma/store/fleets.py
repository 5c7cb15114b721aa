"""The agents of several machines as one list: a log and a fold for each, side by side.

Each host has its own `Store`, which holds what that host would tell of itself, to the byte. What is
shown is put together when it is asked for.
"""

from collections.abc import Callable, Iterable, Mapping

import attrs

from oma.model.events import MonitorStopped, Record
from oma.model.explanation import Explanation
from oma.model.health import Transition
from oma.model.hosts import Link, LinkState, host_of, on_host, told_on_host
from oma.model.ids import AgentId
from oma.model.past import of_past
from oma.model.standing import ChangesTold
from oma.model.state import AgentState, FleetState
from oma.screen.styled import StyledRows
from oma.store.hosts_view import FleetNews, Runs
from oma.store.store import Store
from oma.store.unseen_endings import UnseenEndings

AHEAD_S = 1.0
"""A host whose clock is faster gets so far ahead of ours; then its log is set back."""


@attrs.define
class HostLog:
    """What is known of one host."""

    link: Link
    store: Store | None = None
    """`None` until it was reached."""
    past: Runs = ()
    """What a service there told before: one run, that goes on here."""
    _offset_s: float | None = None
    """When its log began, by our clock; `None` until its first record has come."""
    _shown: tuple[AgentState, ...] = ()
    _shown_of: tuple[FleetState, Link, tuple[AgentState, ...]] | None = None
    _endings: UnseenEndings = attrs.Factory(UnseenEndings)

    @property
    def agents(self) -> tuple[AgentState, ...]:
        """Its agents, as those of all hosts are called."""
        if self.store is None:
            return ()
        ended = self._endings.shown(self.store.clock())
        shown_of = self.store.state, self.link, ended
        known = self._shown_of
        if known is None or any(a is not b for a, b in zip(known, shown_of, strict=True)):
            agents = (*self.store.state.agents, *ended)
            self._shown = tuple(on_host(agent, self.link) for agent in agents)
            self._shown_of = shown_of
        return self._shown

    def begin(self, store: Store) -> None:
        """Take what comes from here on as a log that begins now; `store` may be the one before."""
        if self.store is not None:
            self._endings.lose_sight(self.store.state.agents)
        self.store, self._offset_s = store, None

    def settle(self) -> list[Transition]:
        """Take it that all are known who are there; return what is to be told of those who are not."""
        if self.store is None:
            return []
        t = max(self.store.t, self.store.clock())
        return self._endings.settle(self.store.state.agents, t, self.store.seq)

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
        if isinstance(record.event, ChangesTold):
            told = (of_past(change, t) for change in record.event.changes)
            host = self.link.host
            self.past = (tuple(told_on_host(each, host) for each in told if each is not None),)
        return store.restore(Record(store.seq + 1, t, record.event))


@attrs.define
class Fleets:
    """All hosts.

    Args:
        clock: Seconds since anything began; the times of all hosts are those of this clock.
        names: Of the hosts, in the order of `state`.
        told: Called with each piece of news. Never blocks.
    """

    clock: Callable[[], float]
    names: Iterable[str]
    told: list[Callable[[FleetNews], None]] = attrs.Factory(list)
    hosts: dict[str, HostLog] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.hosts = {name: HostLog(Link(name)) for name in self.names}

    @property
    def links(self) -> Mapping[str, Link]:
        """How each host is reached."""
        return {name: each.link for name, each in self.hosts.items()}

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

    def agent(self, agent_id: AgentId | None) -> AgentState | None:
        """Return the agent of this id among those of all hosts; `None` if there is none."""
        log = None if agent_id is None else self.hosts.get(host_of(agent_id)[1])
        return next((each for each in log.agents if each.id == agent_id), None) if log else None

    def reached(self, host: str, store: Store) -> None:
        """Begin a log of a host, in the store that it had before or in a new one."""
        self.hosts[host].begin(store)
        self._link(host, LinkState.LIVE, "")

    def lost(self, host: str, words: str) -> None:
        """Note that a host is not reached, and why."""
        known = self.hosts[host].store is not None
        self._link(host, LinkState.LOST if known else LinkState.UNREACHED, words)

    def settled(self, host: str) -> None:
        """Take it that a host which was reached again has told of all its agents.

        Those that lived when it was lost and are not there any more have ended.
        """
        transitions = self.hosts[host].settle()
        if transitions:
            told = tuple(told_on_host(each, host) for each in transitions)
            self._tell(FleetNews(host, None, told))

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

    def past(self, host: str) -> Runs:
        """Return how its agents changed before, where a service there told that."""
        log = self.hosts.get(host)
        return () if log is None else log.past

    def lacks_past(self, host: str) -> bool:  # noqa: ARG002  # of the protocol
        """Say no: it comes by itself."""
        return False

    def _link(self, host: str, state: LinkState, words: str) -> None:
        link = self.hosts[host].link
        since_s = self.clock() if state is not link.state else link.since_s
        self.hosts[host].link = Link(host, state, since_s, words)
        if (state, words) != (link.state, link.words):
            self._tell(FleetNews(host, None, link=self.hosts[host].link))

    def _tell(self, news: FleetNews) -> None:
        for told in self.told:
            told(news)
