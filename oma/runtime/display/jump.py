"""Goes to an agent: its own window and pane, in the session that it runs in."""

import os

from oma.model.ids import PaneId
from oma.model.state import AgentState
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.client.tmux_socket import socket_path
from oma.runtime.display.attach import switch_to
from oma.runtime.display.session_view import our_pane, switch_view
from oma.tmux.address import ServerAddress
from oma.tmux.commands.clients import ListClients
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


async def jump(server: ServerAddress, agent: AgentState, terminal: str | None = None) -> None:
    """Show the agent in a tmux client of the user.

    Args:
        server: Of the agent.
        agent: What is shown.
        terminal: Of the client; `None` is the one that shows the pane we run in.

    Raises:
        CommandError: tmux refused, or there is no such client.
    """
    await select_agent(server, agent)
    if terminal is None:
        await switch_to(server, agent.session, os.environ)
    else:
        await switch_view(socket_path(server, os.environ), terminal, agent.session, "")


async def shown_pane(server: ServerAddress, terminal: str | None = None) -> PaneId | None:
    """Return the pane that a client shows, of several the active one; `None` if it is not there.

    Args:
        server: Of the client.
        terminal: As that of `jump`, save that `None` is the pane we run in.
    """
    if terminal is None:
        us = our_pane(os.environ)
        return None if us is None else us.pane
    answer = await TmuxClient(server).ask(ListClients("#{pane_id} #{client_tty}"))
    shown = (line.partition(" ") for line in answer.output.splitlines() if answer.status == 0)
    return next((PaneId(pane) for pane, _, tty in shown if tty == terminal), None)
