"""Makes an agent pane take keys: it only shows its agent until the person asks for that."""

from pathlib import Path

from oma.errors import CommandError
from oma.model.ids import PaneId, SessionId
from oma.runtime.server import run_tmux
from oma.tmux.invocation import ServerAddress, pane_terminal_argv
from oma.tmux.tiling import list_tiling_argv, parse_tiling, take_keys_argv
from oma.tmux.views import parse_views, views_argv


async def make_writable(window_server: ServerAddress, socket: Path, session: SessionId) -> None:
    """Let every agent pane that shows a session type into it; nothing else changes.

    Args:
        window_server: The server of the panes.
        socket: Of the server of the agents.
        session: Of the agent.

    Raises:
        CommandError: No pane shows it, or tmux refused.
    """
    # A mark has the number of a session, and that is one of some other server's sessions as well.
    answer = await run_tmux(views_argv(ServerAddress(socket_path=str(socket))))
    views = parse_views(answer.output.splitlines()) if answer.status == 0 else ()
    terminals = {view.terminal for view in views if view.session == session}
    answer = await run_tmux(list_tiling_argv(window_server))
    rows = parse_tiling(answer.output.split("\n")) if answer.status == 0 else ()
    marked = {row.pane for row in rows if row.mark is not None and row.mark.session == session}
    shown = [pane for pane in marked if await _terminal(window_server, pane) in terminals]
    if not shown:
        message = "no pane shows this agent"
        raise CommandError(message)
    for pane in shown:
        answer = await run_tmux(take_keys_argv(window_server, pane))
        if answer.status != 0:
            message = f"tmux refused: {answer.complaint}"
            raise CommandError(message)


async def _terminal(server: ServerAddress, pane: PaneId) -> str:
    return (await run_tmux(pane_terminal_argv(server, pane))).output.strip()
