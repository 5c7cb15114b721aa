"""Starts a pane's program again, so that no tmux dies of it."""

import shlex
from collections.abc import Iterable, Iterator

from oma.model.ids import PaneId
from oma.runtime.client.tmux_client import TmuxClient
from oma.tmux.address import ServerAddress
from oma.tmux.commands.clients import ListClients, PausePane
from oma.tmux.commands.command import in_order
from oma.tmux.commands.panes import RespawnPane

SHELL = 'exec "$SHELL"'
"""A line that is the shell which tmux starts in new panes."""

TRIES = 3
"""A control client that leaves between the two questions makes tmux refuse the second."""

MOST_NAMED = 10_000
"""Characters of the commands that name clients: tmux takes 16 kB at once."""

_NAME = "{id}"


def names_agent(template: str) -> bool:
    """Say whether a `resume` of a profile means one agent alone, whoever else is in its directory."""
    return _NAME in template


def resume_line(template: str, name: str, prefix: str) -> str:
    """Return the line for the shell that continues an agent, by the `resume` of its profile.

    Args:
        template: `{id}` in it stands for the name of the agent without the prefix of agents.
        name: The agent's; quoted, for it may hold anything.
        prefix: Of the names of agents.
    """
    return template.replace(_NAME, shlex.quote(name.removeprefix(prefix)))


def start_line(start_command: str) -> str:
    """Return the line for the shell that starts what a pane was made to run.

    tmux quotes a line that was given as one word.
    """
    try:
        words = shlex.split(start_command)
    except ValueError:  # a quote that is not closed: the shell says so
        return start_command
    return words[0] if len(words) == 1 else start_command


async def respawn(
    server: ServerAddress,
    pane: PaneId,
    command: str | None,
    doing: str = "",
    cwd: str | None = None,
) -> None:
    """Start `command`, or what the pane was started with, in the pane anew.

    Args:
        server: Of the pane.
        pane: Which.
        command: A line for the shell.
        doing: What this is, in the words of the message: `to restart oma-1`.
        cwd: Where; `None` is where the program before it was started.

    Raises:
        CommandError: tmux refused; the text holds its own words.
        OmaError: tmux is not installed.
    """
    client = TmuxClient(server)
    for tries in range(TRIES, 0, -1):
        names = (await client.ask(_pausing_clients(pane))).output.split()
        pauses = _pauses(pane, names)
        answer = await client.ask(in_order(*pauses, RespawnPane(pane, command, cwd)))
        if answer.status == 0 or tries == 1:
            answer.check(doing)
            return


def _pausing_clients(pane: PaneId) -> ListClients:
    """Ask for the names of the clients that know of pauses, `+` before those whose session shows the pane."""
    shows = f"#{{m:* {pane} *,#{{W:#{{P: #{{pane_id}} }}}}}}"
    return ListClients(
        f"#{{?#{{m:*pause-after*,#{{client_flags}}}},#{{?{shows},+,}}#{{client_name}},}}"
    )


def _pauses(pane: PaneId, names: Iterable[str]) -> Iterator[PausePane]:
    """Yield the pauses that fit into one list of commands: what is written to a client is what its session shows."""
    left = MOST_NAMED
    for name in sorted(names, key=lambda name: not name.startswith("+")):
        pause = PausePane(pane, name.removeprefix("+"))
        left -= len(" ".join(pause.words())) + len(" ; ")
        if left < 0:
            return
        yield pause
