"""What the keys do that `oma tmux install` binds: each acts on the client in which it was pressed."""

import math
import sys

from oma.cli.cli_context import CliContext
from oma.cli.commands.next_command import following
from oma.cli.one_look import look_once
from oma.errors import CommandError, OmaError
from oma.model.ids import PaneId
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.display.jump import jump
from oma.tmux.commands.clients import DisplayMessage, DisplayPopup
from oma.tmux.queries.display import LIST_VIEWS, parse_views


async def do_key(context: CliContext, action: str, client: str, pane: PaneId) -> None:
    """Do what a key is bound to; what keeps us from it is shown in the client.

    Args:
        context: Which server.
        action: The name of a `KeyAction`.
        client: The terminal of the client.
        pane: That it shows.

    Raises:
        OmaError: There is no such client.
    """
    await _check_client(context, client)
    try:
        match action:
            case "next":
                await _next(context, client, pane)
            case "answer":
                await _popup(context, client, ["answer", "--ask", "--pane", pane])
            case _:
                await _popup(context, client, [])
    except OmaError as failure:
        await TmuxClient(context.server).run(DisplayMessage(client, f"oma: {failure}"))


def own_command(words: list[str]) -> list[str]:
    """Return how to run this very `oma` from anywhere."""
    # -P: nothing is imported from the directory that it starts in.
    return [sys.executable, "-P", "-m", "oma", *words]


async def _check_client(context: CliContext, client: str) -> None:
    # Never a control client: a popup there hangs, or ends the server.
    answer = (await TmuxClient(context.server).ask(LIST_VIEWS)).check("to list its clients")
    if client not in {view.terminal for view in parse_views(answer.splitlines())}:
        raise CommandError(f"no client on a terminal is {client!r}")


async def _next(context: CliContext, client: str, pane: PaneId) -> None:
    look = await look_once(context)
    agent = following(look.store.state.agents, pane)
    if agent is None:
        raise OmaError("no agent waits or is stuck")
    await jump(context.server, agent, client)


async def _popup(context: CliContext, client: str, words: list[str]) -> None:
    size = context.config.attach
    program = own_command([*context.argv(), *words])
    popup = DisplayPopup(client, size.popup_width, size.popup_height, program)
    answer = await TmuxClient(context.server).ask(popup, math.inf)  # until it is closed
    # The status is that of the program; what tmux refuses, it says in words.
    if answer.complaint:
        raise CommandError(f"tmux refused a popup: {answer.complaint}")
