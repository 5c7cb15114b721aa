"""Which run of a tmux server this is."""

from oma.runtime.client.tmux_client import TmuxClient
from oma.tmux.address import ServerAddress
from oma.tmux.commands.control import Print


async def server_run(server: ServerAddress) -> str:
    """Return what no other run of the server has: its process, and when that began.

    Raises:
        CommandError: There is no server, or it does not answer.
    """
    said = await TmuxClient(server).run(Print("#{pid}-#{start_time}"), doing="to tell its start")
    return said.strip()
