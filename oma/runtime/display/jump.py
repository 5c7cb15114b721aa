"""Goes to an agent: its own window and pane, in the session that it runs in."""

import os

from oma.model.state import AgentState
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.display.attach import switch_to
from oma.tmux.address import ServerAddress
from oma.tmux.commands.command import in_order
from oma.tmux.commands.panes import SelectPane, SelectWindow


async def select_agent(server: ServerAddress, agent: AgentState) -> None:
    """Make the agent's window and pane the ones that its session shows.

    Raises:
        CommandError: tmux refused: the pane is gone, or has moved this moment.
    """
    if agent.pane is None or agent.window is None:
        return
    select = in_order(SelectWindow(agent.session, agent.window), SelectPane(agent.pane))
    await TmuxClient(server).run(select, doing=f"to go to {agent.name}")


async def jump(server: ServerAddress, agent: AgentState) -> None:
    """Show the agent in the tmux client that the user looks at us with.

    Raises:
        CommandError: tmux refused, or nobody looks at us.
    """
    await select_agent(server, agent)
    await switch_to(server, agent.session, os.environ)
