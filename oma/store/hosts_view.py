"""What is known of the agents of several machines, however it comes here: what views and acts ask."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import attrs

from oma.model.events import Event
from oma.model.explanation import Explanation
from oma.model.health import Transition
from oma.model.hosts import Link
from oma.model.ids import AgentId
from oma.model.state import AgentState, FleetState
from oma.screen.styled import StyledRows

Runs = Sequence[Sequence[Transition]]
"""Changes of the runs of one publisher, by our clock; between two of them nobody watched."""


@attrs.frozen
class FleetNews:
    """Something that happened on a host, or to the link with it."""

    host: str
    event: Event | None
    """`None` where the link has changed, or where records are not known."""
    transitions: tuple[Transition, ...] = ()
    """Of agents under their names among all hosts, by the clock that all hosts share here."""
    own: tuple[Transition, ...] = ()
    """The same, by the clock of the host's own log, where they come from that."""
    link: Link | None = None
    """How the host is reached now, where that has changed."""


class HostsView(Protocol):
    """The agents of all hosts."""

    clock: Callable[[], float]
    """Seconds since anything began; the times of all hosts are those of this clock."""
    told: list[Callable[[FleetNews], None]]
    """Called with each piece of news. None of them blocks."""

    @property
    def links(self) -> Mapping[str, Link]:
        """How each host is reached, by its name."""

    @property
    def state(self) -> FleetState:
        """The agents of all hosts; those of a host that is lost as they were."""

    def agent(self, agent_id: AgentId | None) -> AgentState | None:
        """Return the agent of this id among those of all hosts; `None` if there is none."""

    def styled_rows(self, agent: AgentId, most_rows: int) -> StyledRows | None:
        """Return the bottom rows of an agent's screen; `None` where it is not known."""

    def explain(self, name: str) -> Explanation | None:
        """Return why an agent is as it is, by its name among all hosts; `None` where that is not known."""

    def past(self, host: str) -> Runs:
        """Return how agents of a host changed before anybody looked here, run by run, as far as that is known; it is asked for."""

    def lacks_past(self, host: str) -> bool:
        """Say whether that is to be read still."""
