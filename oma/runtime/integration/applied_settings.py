"""Reads and changes what a server is set to, for `oma tmux`."""

from oma.model.ids import WindowId, parse_window_id
from oma.runtime.client.tmux_client import TmuxClient
from oma.tmux.address import ServerAddress
from oma.tmux.commands.command import CommandList
from oma.tmux.commands.control import SetOption
from oma.tmux.commands.pane_questions import ListPanes
from oma.tmux.commands.server_settings import ListKeys, ShowGlobalOption
from oma.tmux.installation import OPTIONS, InstallationPlan, ServerSettings, parse_keys
from oma.tmux.status_segment import WINDOW_OPTION


async def read_settings(server: ServerAddress) -> ServerSettings:
    """Return how a server is set.

    Raises:
        CommandError: There is no server, or tmux refused.
    """
    client = TmuxClient(server)
    keys = parse_keys((await client.run(ListKeys(), doing="to list its keys")).splitlines())
    values = {name: (await client.run(ShowGlobalOption(name))).rstrip("\n") for name in OPTIONS}
    return ServerSettings({name: value for name, value in values.items() if value}, keys)


async def apply_plan(server: ServerAddress, plan: InstallationPlan) -> None:
    """Change what a plan says, in order.

    Raises:
        CommandError: tmux refused; what came before is changed.
    """
    if plan.changes:
        commands = CommandList(tuple(change.command for change in plan.changes))
        await TmuxClient(server).run(commands)


async def marked_windows(server: ServerAddress) -> tuple[WindowId, ...]:
    """Return the windows that have a mark of ours.

    Raises:
        CommandError: There is no server, or tmux refused.
    """
    listing = ListPanes("#{window_id}", filter=f"#{{{WINDOW_OPTION}}}")
    output = await TmuxClient(server).run(listing)
    return tuple(sorted({parse_window_id(line) for line in output.split()}))


async def clear_marks(server: ServerAddress) -> None:
    """Take the marks from all windows.

    Raises:
        CommandError: There is no server, or tmux refused.
    """
    windows = await marked_windows(server)
    if windows:
        unset = CommandList(tuple(SetOption(window, WINDOW_OPTION, None) for window in windows))
        await TmuxClient(server).run(unset)
