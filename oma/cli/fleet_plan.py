"""What becomes of the agents of a fleet's file, and of those that are there beside it. Pure."""

from collections.abc import Mapping, Sequence
from enum import Enum

import attrs

from oma.config.agents_file import FleetAgent
from oma.model.health import Health
from oma.model.state import AgentState


class Becomes(Enum):
    """What becomes of one agent; the value says so."""

    STARTED = "is started"
    STAYS = "is there"
    RESTARTED = "is restarted, and begins anew"
    CONTINUED = "has ended, and is started again"
    LEFT = "is not in the file: it stays; --prune ends it"
    ENDED = "is not in the file, and is ended"


@attrs.frozen
class Difference:
    """Where an agent is not as its file says."""

    what: str
    """The key of the file."""
    now: str
    wanted: str

    @property
    def words(self) -> str:
        """What it is, for the user."""
        return f"{self.what} is {self.now or 'none'}, in the file {self.wanted or 'none'}"


@attrs.frozen
class FoundAgent:
    """An agent that is there, and how it differs from the file."""

    state: AgentState | None = None
    """`None` where the rules of this command line list it as no agent."""
    group: Difference | None = None
    """It can be changed while the agent runs."""
    program: tuple[Difference, ...] = ()
    """What only a restart changes."""

    @property
    def has_ended(self) -> bool:
        """Its pane is there, its program is not."""
        return self.state is not None and self.state.verdict.health is Health.EXITED


@attrs.frozen
class FleetStep:
    """What becomes of one agent."""

    session: str
    becomes: Becomes
    agent: FleetAgent | None = None
    """In the file."""
    found: FoundAgent = FoundAgent()
    trouble: str = ""
    """Why it cannot be started, as things are."""

    @property
    def is_asked(self) -> bool:
        """It ends something that runs: the user is asked before."""
        return self.becomes in {Becomes.RESTARTED, Becomes.CONTINUED, Becomes.ENDED}

    @property
    def words(self) -> str:
        """What it is, for the user."""
        if self.trouble:
            return f"{self.session} cannot be started: {self.trouble}"
        found, parts = self.found, [f"{self.session} {self.becomes.value}"]
        if found.group is not None:
            parts.append(f"{found.group.words}: that is changed")
        parts += [each.words for each in found.program]
        if self.becomes is Becomes.STAYS and (found.program or found.has_ended):
            ended = "it has ended: " if found.has_ended and not found.program else ""
            parts.append(f"{ended}--restart starts it again")
        if self.is_asked and found.state is not None and not found.has_ended:
            parts.append(f"now it is {found.state.verdict.health.value}")
        return "; ".join(parts)


def fleet_plan(
    wanted: Mapping[str, FleetAgent],
    found: Mapping[str, FoundAgent],
    names: Sequence[str],
    *,
    restart: bool = False,
    prune: bool = False,
) -> tuple[FleetStep, ...]:
    """Return what becomes of each agent: those that are not in the file, then those of the file in their order.

    Args:
        wanted: The agents of the file, by session.
        found: What is known of those that are there.
        names: The sessions of all agents that are there.
        restart: Agents that differ may be restarted, and those that have ended.
        prune: Agents that are not in the file may be ended.
    """
    other = Becomes.ENDED if prune else Becomes.LEFT
    nothing = FoundAgent()
    others = [
        FleetStep(name, other, None, found.get(name, nothing))
        for name in names
        if name not in wanted
    ]
    return (*others, *(_step(name, wanted[name], found, restart) for name in wanted))


def _step(
    session: str,
    agent: FleetAgent,
    found: Mapping[str, FoundAgent],
    restart: bool,  # noqa: FBT001
) -> FleetStep:
    if session not in found:
        return FleetStep(session, Becomes.STARTED, agent)
    there = found[session]
    if restart and there.program:
        return FleetStep(session, Becomes.RESTARTED, agent, there)
    if restart and there.has_ended:
        return FleetStep(session, Becomes.CONTINUED, agent, there)
    return FleetStep(session, Becomes.STAYS, agent, there)
