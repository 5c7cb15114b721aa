"""Gives the user a text to paste: a buffer of the tmux that they are in, and the clipboard behind it."""

from collections.abc import Mapping

from oma.errors import OmaError
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.display.attach import own_client
from oma.tmux.address import ServerAddress, parse_own_server
from oma.tmux.commands.keys import CopyBuffer


async def copy_in_tmux(text: str, environ: Mapping[str, str]) -> bool:
    """Copy a text as tmux itself copies; say whether that was done: outside of tmux it is not."""
    own = parse_own_server(environ)
    if own is None:
        return False
    server = ServerAddress(socket_path=own.socket)
    try:
        command = CopyBuffer(await own_client(server, environ))
        answer = await TmuxClient(server).ask(command, given=text.encode(errors="replace"))
    except OmaError:
        return False
    return answer.status == 0
