"""Makes an agent pane take keys: it only shows its agent until the person asks for that."""

from pathlib import Path

from oma.errors import CommandError
from oma.model.ids import SessionId
from oma.runtime.server import run_tmux
from oma.tmux.invocation import ServerAddress, pane_terminal_argv
from oma.tmux.tiling import (
    list_tiling_argv,
    parse_tiling,
    readonly_argv,
    take_input_argv,
    writable_argv,
)


async def make_writable(
    window_server: ServerAddress, socket: Path, session: SessionId, *, keep: bool
) -> None:
    """Let every agent pane that shows a session type into it; nothing else changes.

    Args:
        window_server: The server of the panes.
        socket: Of the server of the agents.
        session: Of the agent.
        keep: The panes leave the agent its size.

    Raises:
        CommandError: No pane shows it, or tmux refused.
    """
    agents = ServerAddress(socket_path=str(socket))
    answer = await run_tmux(list_tiling_argv(window_server))
    rows = parse_tiling(answer.output.split("\n")) if answer.status == 0 else ()
    shown = {row.pane for row in rows if row.mark is not None and row.mark.session == session}
    if not shown:
        message = "no pane shows this agent"
        raise CommandError(message)
    looking = (await run_tmux(readonly_argv(agents))).output.split("\n")
    for pane in shown:
        await run_tmux(take_input_argv(window_server, pane))
        terminal = (await run_tmux(pane_terminal_argv(window_server, pane))).output.strip()
        if terminal not in looking:
            continue
        answer = await run_tmux(writable_argv(agents, terminal, session, keep=keep))
        if answer.status != 0:
            message = f"tmux refused: {answer.complaint}"
            raise CommandError(message)
