"""Shows agents in terminals: whole sessions by `session_view.sh`, one pane by `oma pane-view`.

A view of a session is a tmux client in some terminal. With `fit` the agent takes the size of
that terminal while it is shown; with `keep` it does not, and is cropped. It is a script of its own so
that the agent gets its old size back even when `oma` is killed. A view of one pane changes nothing about
it, and is always cropped: the window around it is a user's.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from oma.errors import CommandError, ProtocolError
from oma.model.ids import AgentId, PaneId, SessionId, parse_pane_id, split_agent_id
from oma.runtime.client.tmux_binary import VARIABLE, tmux_binary
from oma.runtime.client.tmux_client import TmuxClient, run_tmux
from oma.runtime.display.owned_panes import list_window_panes
from oma.tmux.address import ServerAddress, parse_own_server
from oma.tmux.pane_mark import PaneRole
from oma.tmux.queries.display import list_fitness, parse_fitness

if TYPE_CHECKING:
    # Slow to import, and a view of one pane waits for it.
    from oma.config.schema import AttachSection, LayoutSection

_SCRIPT = ("/bin/sh", str(Path(__file__).with_name("session_view.sh")))


@attrs.frozen
class OurPane:
    """The pane that we run in; its server need not be that of the agents."""

    server: ServerAddress
    pane: PaneId
    server_pid: int = 0
    """0 where that is not known."""


def our_pane(environ: Mapping[str, str]) -> OurPane | None:
    """Return the pane that we run in; `None` outside of tmux."""
    own = parse_own_server(environ)
    try:
        pane = parse_pane_id(environ.get("TMUX_PANE", ""))
    except ProtocolError:
        return None
    return OurPane(ServerAddress(socket_path=own.socket), pane, own.pid) if own else None


def view_flags(options: "AttachSection | LayoutSection") -> str:
    """Return the flags of a view, as the configuration wants it."""
    return "ignore-size" if options.size == "keep" else ""


def view_argv(socket: Path, session: SessionId, flags: str) -> list[str]:
    """Return the program that shows a session in its terminal until the user leaves it.

    Args:
        socket: Of the server of the agents.
        session: What it shows.
        flags: Of `attach-session -f`, or empty; with `ignore-size` no size changes.
    """
    return [*_script("once"), str(socket), flags, session]


def looking_view_argv(socket: Path, agent: AgentId, flags: str, mark: str = "") -> tuple[str, ...]:
    """Return a program that shows an agent in a pane, which takes no keys from then on.

    So it is until `SelectPane(pane, enable_keys=True)`. The pane is known by the mark. It ends when the
    session or pane of the agent does.

    Args:
        socket: As that of `view_argv`.
        agent: What it shows.
        flags: As those of `view_argv`; of no meaning for an agent that is one pane.
        mark: A `Mark` as a word.
    """
    session, pane = split_agent_id(agent)
    if pane is not None:
        return (*_pane_view(socket, pane), "--mark", mark)
    return (*_script("look"), str(socket), flags, session or "", mark)


def standing_view_argv(
    socket: Path, agent: AgentId | None, flags: str, mark: str, name: str
) -> tuple[str, ...]:
    """Return a program as `looking_view_argv`'s that takes keys, and then says so and stands by.

    It does so until its pane is closed; without an agent, from the start.
    """
    session, pane = split_agent_id(agent)
    # The mark comes first: an agent's name could look like another one.
    if pane is not None:
        return (*_pane_view(socket, pane), "--mark", mark, f"--stay={name}")
    return (*_script("stay"), str(socket), flags, session or "", mark, name)


def ended_view_argv(name: str) -> tuple[str, ...]:
    """Return a program for the pane of a view of one pane that ended: it says so and stands by.

    Args:
        name: Of the agent; printable.
    """
    return (*_script("ended"), "", "", "", "", name)


async def switch_view(socket: Path, terminal: str, session: SessionId, flags: str) -> None:
    """Make the client on a terminal show another session, and give the one before its size back.

    Args:
        socket: Of the server of the client.
        terminal: Its path, the client's name.
        session: What it shows from now on.
        flags: Those that the client has.

    Raises:
        CommandError: tmux refused; in its words.
    """
    answer = await run_tmux([*_script("switch"), str(socket), flags, session, terminal])
    answer.check("to switch")


async def settle_sizes(socket: Path) -> None:
    """Give every agent that nobody looks at any more the size from before it was looked at.

    Views do so when they end, and whoever switches one. It is for the start of a dashboard: a view
    may have been killed in a way that leaves no time for it. No server is no error.
    """
    await run_tmux([*_script("settle"), str(socket)])


async def check_can_be_shown(
    socket: Path, session: SessionId, us: OurPane | None, *, whole: bool = True
) -> None:
    """See that a view of the session, or of one of its panes, would do no harm.

    Args:
        socket: Of the server of the agents.
        session: Of the agent.
        us: The pane that we run in; `None` outside of tmux.
        whole: The session is shown, and not only the agent's pane.

    Raises:
        CommandError: The session is gone, would end with the view, or holds our own pane.
    """
    server = ServerAddress(socket_path=str(socket))
    answer = await TmuxClient(server).ask(list_fitness(session))
    ends = parse_fitness(answer.output.splitlines()) if answer.status == 0 else None
    if ends is None:
        raise CommandError("this agent is gone: its tmux session has ended")
    if ends:
        message = "this agent would end with the view: its session has destroy-unattached on"
        raise CommandError(message)
    if not whole or us is None or not same_server(us, socket):
        return
    if any(
        row.session == session
        for row in await list_window_panes(TmuxClient(us.server))
        if row.pane == us.pane or row.is_made_around(us.pane, PaneRole.RIGHT)
    ):
        raise CommandError("this agent's session is the one that the dashboard runs in")


def same_server(us: OurPane, socket: Path) -> bool:
    """Say whether we run in a pane of the server of that socket."""
    ours = us.server.socket_path
    return ours is not None and os.path.realpath(ours) == os.path.realpath(socket)


def _pane_view(socket: Path, pane: PaneId) -> tuple[str, ...]:
    # As for the script: what runs in a pane has the environment of its server.
    named = os.environ.get(VARIABLE)
    variables = ("env", f"{VARIABLE}={tmux_binary(os.environ)}") if named else ()
    return (*variables, sys.executable, "-P", "-m", "oma", "-S", str(socket), "pane-view", pane)


def _script(action: str) -> tuple[str, ...]:
    # Run in a pane or popup, it has the environment of that server, not ours.
    return (*_SCRIPT, action, tmux_binary(os.environ))
