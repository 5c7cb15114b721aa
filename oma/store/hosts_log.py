"""The news of several machines as one log, for what reads the log of one machine elsewhere.

Its records are numbered here and have the time of the clock that all hosts share. News of a link is a
record, too, as agents look otherwise then.
"""

from collections.abc import Callable, Sequence
from typing import Any

import attrs
import trio

from oma.model.events import Event, Record, TimePassed
from oma.model.explanation import Explanation
from oma.model.health import Transition
from oma.model.hosts import host_of
from oma.model.ids import AgentId, PaneId
from oma.model.state import AgentState, FleetState
from oma.screen.styled import StyledRows
from oma.store.hosts_view import FleetNews, HostsView
from oma.store.tail import Tail, TailStep

TAIL_STEPS, TAIL_BYTES = 50_000, 16 << 20
"""A reader that is further behind is cut off."""

PAST_S = 2.0
"""The longest that is waited for what was before."""


@attrs.define
class HostsLog:
    """An `AgentLog` on the agents of several machines.

    Args:
        hosts: All that is known of them.
    """

    hosts: HostsView
    seq: int = 0
    t: float = 0.0
    _began_s: float = attrs.field(init=False)
    _tails: list[Tail] = attrs.Factory(list)
    _readers: trio.lowlevel.ParkingLot = attrs.Factory(trio.lowlevel.ParkingLot)

    def __attrs_post_init__(self) -> None:
        self._began_s = self.clock()
        self.hosts.told.append(self._take)

    @property
    def clock(self) -> Callable[[], float]:
        """Tells the time that all hosts share here."""
        return self.hosts.clock

    @property
    def state(self) -> FleetState:
        """The agents of all hosts; those of a host that is lost as they were."""
        return self.hosts.state

    def agent(self, agent_id: AgentId | None) -> AgentState | None:
        """Return the agent of this id among those of all hosts; `None` if there is none."""
        return self.hosts.agent(agent_id)

    def explain(self, reference: str) -> Explanation | None:
        """Return why the agent of this id or name is as it is; `None` if that is not known."""
        own, host = host_of(AgentId(reference))
        return self.hosts.explain(f"{host}/{own}" if host in self.hosts.links else reference)

    async def past_of(self, agent: AgentState) -> Sequence[Transition]:
        """Return how an agent changed before this log began; it may take a moment to read that."""
        self.hosts.past(agent.host)  # asks for it
        with trio.move_on_after(PAST_S):
            while self.hosts.lacks_past(agent.host):
                await self._readers.park()
        runs = self.hosts.past(agent.host)
        told = (each for run in runs for each in run if each.t < self._began_s)
        return [each for each in told if (each.id, each.agent) == (agent.id, agent.name)]

    def styled_rows(self, agent: AgentId, most_rows: int) -> StyledRows | None:
        """Return the bottom rows of an agent's screen; `None` where it is not known."""
        return self.hosts.styled_rows(agent, most_rows)

    def pass_time(self) -> None:
        """Do nothing: time passes on the hosts, and what it changes comes from there."""

    async def wait_newer(self, seq: int) -> None:
        """Wait until there is a record after `seq`; may skip some."""
        while self.seq <= seq:
            await self._readers.park()

    def tail(self) -> Tail:
        """Return a subscription to every step from here on."""
        tail = Tail(TAIL_STEPS, TAIL_BYTES)
        self._tails.append(tail)
        return tail

    def close(self) -> None:
        """End every tail."""
        for tail in self._tails:
            tail.close()
        self._tails.clear()

    def _take(self, news: FleetNews) -> None:
        self.seq, self.t = self.seq + 1, max(self.t, self.clock())
        step = TailStep(Record(self.seq, self.t, _on_host(news)), news.transitions)
        for tail in self._tails:
            tail.put(step)
        self._readers.unpark_all()


def _on_host(news: FleetNews) -> Event:
    """Return an event whose pane is named as those of all hosts are."""
    event = news.event
    if event is None:
        return TimePassed()
    pane: PaneId | None = getattr(event, "pane", None)
    if pane is None:
        return event
    named: Any = event  # one of those that have a pane
    evolved: Event = attrs.evolve(named, pane=PaneId(f"{pane}@{news.host}"))
    return evolved
