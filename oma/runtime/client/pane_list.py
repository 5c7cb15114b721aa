"""Lists the panes of a server, by a process of tmux."""

from oma.runtime.client.tmux_client import PATIENCE_S, TmuxClient
from oma.tmux.address import ServerAddress
from oma.tmux.queries.panes import LIST_PANES, PaneRow, parse_panes


async def list_panes(server: ServerAddress, patience_s: float = PATIENCE_S) -> tuple[PaneRow, ...]:
    """Return every pane of the server; none when there is no server.

    Raises:
        CommandError: The server does not answer.
        OmaError: tmux is not installed.
    """
    answer = await TmuxClient(server).ask(LIST_PANES, patience_s)
    return parse_panes(answer.output.split("\n")) if answer.status == 0 else ()
