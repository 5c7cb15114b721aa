"""Makes an agent pane take keys: it only shows its agent until the user asks for that."""

from pathlib import Path

from oma.errors import CommandError
from oma.model.ids import AgentId
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.display.owned_panes import list_window_panes
from oma.tmux.address import ServerAddress
from oma.tmux.commands.panes import SelectPane
from oma.tmux.queries.display import LIST_VIEWS, parse_views


async def make_writable(window_server: ServerAddress, socket: Path, agent: AgentId) -> None:
    """Let every agent pane that shows an agent type into it; nothing else changes.

    Args:
        window_server: The server of the panes.
        socket: Of the server of the agents.
        agent: Which.

    Raises:
        CommandError: No pane shows it, or tmux refused.
    """
    # A mark has the number of a session or pane, and that is one of some other server's as well.
    answer = await TmuxClient(ServerAddress(socket_path=str(socket))).ask(LIST_VIEWS)
    views = parse_views(answer.output.splitlines()) if answer.status == 0 else ()
    terminals = {view.terminal for view in views if AgentId(view.session) == agent}
    window_client = TmuxClient(window_server)
    shown = {
        row.pane
        for row in await list_window_panes(window_client)
        if row.mark is not None
        and row.mark.agent == agent
        and (row.terminal in terminals or f" {socket} " in row.program)
    }
    if not shown:
        raise CommandError("no pane shows this agent")
    for pane in shown:
        await window_client.run(SelectPane(pane, enable_keys=True))
