"""Shows an agent in a popup over the user's own tmux client, while the dashboard runs on."""

import math
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import trio

from oma.config.schema import AttachSection
from oma.errors import CommandError
from oma.model.ids import SessionId
from oma.runtime.client.tmux_client import Answer, TmuxClient, refused
from oma.runtime.display.attach import own_client
from oma.runtime.display.session_view import OurPane, check_can_be_shown, view_argv, view_flags
from oma.tmux.address import ServerAddress
from oma.tmux.commands.clients import ClosePopup, DisplayPopup


async def show_in_popup(
    us: OurPane,
    socket: Path,
    session: SessionId,
    options: AttachSection,
    gone: Callable[[], Awaitable[None]],
) -> None:
    """Show a session until the user closes the popup, the agent is gone, or we are cancelled.

    The agent has its old size back when this returns, and also when we are killed before.

    Args:
        us: The pane over whose client the popup opens.
        socket: Of the server of the agents, which may be another than ours.
        session: What is shown.
        options: Size of the popup, and whether the agent takes it.
        gone: Returns when the agent's session is gone. tmux closes the popup then, but for where
            `detach-on-destroy` is off: there it shows some other session to the user instead.

    Raises:
        CommandError: The session is not to be shown, nobody looks at us, or tmux refused.
    """
    await check_can_be_shown(socket, session, us)
    client = await own_client(us.server, {"TMUX_PANE": us.pane})
    if client is None:
        raise CommandError("no client of tmux shows the dashboard")
    program = view_argv(socket, session, view_flags(options))
    popup = DisplayPopup(client, options.popup_width, options.popup_height, program)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_close_when_gone, us.server, client, gone)
        answer = await _run(popup, us.server)
        nursery.cancel_scope.cancel()
    # The status is that of the program, whatever it says; what tmux refuses, it says in words.
    if answer.complaint:
        raise refused(answer.complaint, "a popup")


async def _run(popup: DisplayPopup, server: ServerAddress) -> Answer:
    open_still = True
    try:
        answer = await TmuxClient(server).ask(popup, math.inf)  # until the user has seen enough
        open_still = False
    finally:
        # Cancelled: the process that asked for the popup ends with us, the popup itself would not.
        if open_still:
            with trio.CancelScope(shield=True):
                await _close(server, popup.client)
    return answer


async def _close_when_gone(
    server: ServerAddress, client: str, gone: Callable[[], Awaitable[None]]
) -> None:
    await gone()
    await _close(server, client)


async def _close(server: ServerAddress, client: str) -> None:
    with suppress(CommandError):  # a server that hangs shows nothing that could be in the way
        await TmuxClient(server).ask(ClosePopup(client))
