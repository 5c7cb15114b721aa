"""The agents of a tmux server as they are kept for the day on which it is gone: values. Pure."""

from collections.abc import Container, Iterable

import attrs


@attrs.frozen
class KeptAgent:
    """What starts an agent again."""

    session: str
    """The name of the session that was made for it."""
    directory: str
    worktree: str = ""
    """Its git worktree, where it had one that was made for it."""
    columns: int = 0
    """0 where that was not told."""
    rows: int = 0
    profile: str = ""
    command: str = ""
    """The line for the shell by which it was started first."""
    conversation: str = ""
    """That it held; empty where that was not known."""
    group: str = ""
    """That the user put it in."""


@attrs.frozen
class LostAgent:
    """An agent that is gone and can be started again, as a user is told of it."""

    session: str
    directory: str
    line: str
    """For the shell, by which it is started; with a word where its own conversation is not known."""


@attrs.frozen
class KeptFleet:
    """The agents of the run of a server that is there, and those of the runs before."""

    server: str = ""
    """Which run: see `server_run`."""
    agents: tuple[KeptAgent, ...] = ()
    lost: tuple[KeptAgent, ...] = ()
    """They were there when a run before ended, and were not started again since."""

    def kept(self, server: str, agents: Iterable[KeptAgent]) -> "KeptFleet":
        """Return the fleet as it is now, in that run of the server."""
        fleet = self if self.server == server else self.begun(server)
        return attrs.evolve(fleet, agents=tuple(agents))

    def begun(self, server: str) -> "KeptFleet":
        """Return the fleet when another run begins: who was there is lost, and who was lost still is.

        Of two of one name the one that was there counts, unless it is of another kind and without a conversation,
        as a shell is that somebody else brought back in the place of an agent.
        """
        there = {agent.session: agent for agent in self.agents}
        for agent in self.lost:
            now = there.setdefault(agent.session, agent)
            if agent.conversation and not now.conversation and now.profile != agent.profile:
                there[agent.session] = agent
        return KeptFleet(server, (), tuple(there.values()))

    def missing(self, server: str, taken: Container[str]) -> tuple[KeptAgent, ...]:
        """Return the agents that can be started again.

        Args:
            server: The run that is there; empty where none is.
            taken: The names of the sessions that there are.
        """
        fleet = self if self.server == server else self.begun(server)
        return tuple(agent for agent in fleet.lost if agent.session not in taken)

    def without(self, server: str, session: str) -> "KeptFleet":
        """Return the fleet in which an agent is lost no more: it was started again."""
        fleet = self if self.server == server else self.begun(server)
        return attrs.evolve(fleet, lost=tuple(a for a in fleet.lost if a.session != session))

    def restored(self, server: str, agent: KeptAgent) -> "KeptFleet":
        """Return the fleet in which a lost agent was started again in that run, and is kept from then on."""
        fleet = self.without(server, agent.session)
        others = (each for each in fleet.agents if each.session != agent.session)
        return attrs.evolve(fleet, agents=(*others, agent))


LATEST = " (latest of the directory)"
"""What is told beside a line by which an agent goes on whose own conversation is not known."""


def restart_line(agent: KeptAgent, by_conversation: str, by_directory: str, alone: bool) -> str:  # noqa: FBT001
    """Return the line for the shell that starts an agent again.

    Args:
        agent: Which.
        by_conversation: Of its profile: goes on with its conversation; empty where that is not known.
        by_directory: Of its profile: goes on with the latest conversation of the directory; may be empty.
        alone: No other agent of its kind was in that directory, so that the latest is its own.
    """
    if by_conversation:
        return by_conversation
    return by_directory if by_directory and alone else agent.command
