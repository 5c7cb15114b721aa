"""Calls an agent by another name."""

from oma.errors import ConfigError
from oma.model.state import AgentState
from oma.runtime.agents.lookup import list_agents
from oma.runtime.agents.noting import noted
from oma.runtime.agents.spawn import session_name
from oma.runtime.client.tmux_client import TmuxClient
from oma.tmux.address import ServerAddress
from oma.tmux.commands.command import in_order
from oma.tmux.commands.control import SetOption
from oma.tmux.commands.sessions import RenameSession
from oma.tmux.queries.panes import LABEL

LONGEST = 64
"""Characters of a name."""


async def rename(server: ServerAddress, agent: AgentState, name: str, prefix: str) -> str:
    """Rename an agent: its session, where that was made for it, else its pane alone.

    An empty name takes that of a pane away again. Returns the name that it has from now on, or an
    empty text where that is for the others to say.

    Raises:
        ConfigError: It is no name for it.
        OmaError: The name is taken, or tmux refused.
    """
    doing = f"to rename {agent.name}"
    if agent.is_session:
        taken = await list_agents(server, lambda other: other.startswith(prefix))
        session = session_name(name, prefix, taken)
        await TmuxClient(server).run(RenameSession(agent.session, session), doing=doing)
        return session
    if len(name) > LONGEST or not name.isprintable() or name != name.strip():
        raise ConfigError(
            f"name {name!r}: expected up to {LONGEST} characters on one line, blanks within only"
        )
    if agent.pane is not None:
        given = SetOption(agent.pane, LABEL, name or None)
        await TmuxClient(server).run(in_order(given, noted()), doing=doing)
    return name
