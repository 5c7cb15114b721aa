"""By what an agent is started again: with its own conversation where that is known.

Else with the latest of its directory, where no other agent of its kind is, whose that may be.
"""

from collections.abc import Mapping

import attrs

from oma.detection.conversation import command_line, is_conversation, is_made_of
from oma.detection.profile import Profile
from oma.model.ids import PaneId
from oma.model.kept_fleet import LATEST
from oma.model.state import AgentState
from oma.runtime.agents.conversations import conversation_of
from oma.runtime.agents.respawn import names_agent, resume_line, start_line
from oma.runtime.client.pane_list import list_panes
from oma.store.store import Store
from oma.tmux.address import ServerAddress


@attrs.frozen
class Restart:
    """How an agent is started again."""

    line: str = ""
    """For the shell; empty is what its pane ran last."""
    conversation: str = ""
    """With which it goes on; empty where that is not known."""
    is_latest: bool = False
    """It goes on with the latest of its directory, as which one is its own is not known."""

    @property
    def told(self) -> str:
        """The line as a user is told of it."""
        return f"{self.line}{LATEST}" if self.is_latest else self.line


@attrs.frozen
class RestartPlanner:
    """Finds out how agents of one server are started again.

    Args:
        server: Which.
        prefix: Of the names of agents.
        store: What is known of them.
        profiles: The kinds of agents.
    """

    server: ServerAddress
    prefix: str
    store: Store
    profiles: Mapping[str, Profile]

    def first_command(self, profile: str) -> str:
        """Return the command that starts agents of a kind; empty where none is known."""
        known = self.profiles.get(profile)
        return min(known.commands, default="") if known is not None else ""

    def continues(self, agent: AgentState) -> bool:
        """Say whether the kind of an agent can go on where it ended."""
        profile = self.profiles.get(agent.profile)
        return profile is not None and bool(profile.resume or profile.conversations.resume)

    async def on(self, agent: AgentState, pane: PaneId, conversation: str = "") -> Restart:
        """Return how an agent goes on.

        Args:
            agent: Which; its program may run still.
            pane: Its own.
            conversation: That is meant; empty is its own.

        Raises:
            CommandError: tmux does not tell.
        """
        profile = self.profiles.get(agent.profile)
        if profile is None:
            return Restart()
        if profile.conversations.resume:
            screen = self.store.shown(agent.id) or ()
            found = conversation or await conversation_of(self.server, agent, profile, screen)
            if is_conversation(found):
                return Restart(command_line(profile.conversations.resume, found), found)
        latest = profile.resume or ""
        if names_agent(latest) or self._is_alone(agent):
            is_latest = bool(latest) and not names_agent(latest)
            return Restart(self._latest(agent, profile), is_latest=is_latest)
        return await self.fresh(agent, pane)

    async def fresh(self, agent: AgentState, pane: PaneId) -> Restart:
        """Return how an agent begins anew.

        Raises:
            OmaError: tmux does not tell.
        """
        # tmux repeats what the pane ran last, and knows of nothing before that.
        rows = await list_panes(self.server)
        last = next((start_line(row.start_command) for row in rows if row.pane == pane), "")
        return Restart(self.first_command(agent.profile) if self.goes_on(agent, last) else "")

    def goes_on(self, agent: AgentState, line: str) -> bool:
        """Say whether a line by which an agent was started went on with something."""
        profile = self.profiles.get(agent.profile)
        return (
            profile is not None
            and bool(line)
            and (
                line == self._latest(agent, profile)
                or is_made_of(line, profile.conversations.resume)
                or is_made_of(line, profile.conversations.fork)
            )
        )

    def _is_alone(self, agent: AgentState) -> bool:
        """Say whether the latest conversation of the directory can be no other agent's."""
        return not any(
            other.id != agent.id and (other.profile, other.cwd) == (agent.profile, agent.cwd)
            for other in self.store.state.agents
        )

    def _latest(self, agent: AgentState, profile: Profile) -> str:
        return resume_line(profile.resume, agent.name, self.prefix) if profile.resume else ""
