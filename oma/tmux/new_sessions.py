"""The sessions that `oma` starts: one for an agent, and one for a dashboard.

Options are set by the process that starts the session, before tmux can see a program that ends at
once, or end a session that nobody is attached to.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from oma.tmux.commands.command import Command, CommandList, in_order
from oma.tmux.commands.control import IfShell, SetEnvironment, SetOption
from oma.tmux.commands.panes import ResizeWindow
from oma.tmux.commands.sessions import NewSession

# `oma.tmux.capabilities.dies_of_programs_that_end`, asked of the server: nothing has told us of it.
_SURVIVES = "#{?#{m:3.2*,#{version}},0,1}"


def new_agent_session(
    name: str,
    program: Sequence[str],
    cwd: str,
    size: tuple[int, int],
    environment: Mapping[str, str],
    marks: Mapping[str, str] = MappingProxyType({}),
) -> CommandList:
    """Start an agent of that size; it keeps its dead pane, and so its exit status, from 3.3 on.

    The arguments are as those of `NewSession`, and `marks` options of ours that the session gets. It
    stays when nobody is attached to it, whatever the user has set for others, and gives its environment to
    a program that is restarted.
    """
    start = NewSession(name, program, cwd, size, environment)
    return in_order(start, *_for_agent(f"={name}:", size, marks))


def session_for_agent(
    name: str,
    size: tuple[int, int],
    environment: Mapping[str, str],
    marks: Mapping[str, str] = MappingProxyType({}),
) -> CommandList:
    """Make a session that is there as those of agents are, before one is started in its pane.

    The arguments are as those of `new_agent_session`.
    """
    window = f"={name}:"
    variables = (SetEnvironment(window, *variable) for variable in environment.items())
    return in_order(*variables, *_for_agent(window, size, marks))


def new_dashboard_session(
    name: str, program: Sequence[str], environment: Mapping[str, str]
) -> CommandList:
    """Start a session for a dashboard, which ends with it, whatever the user has set.

    The arguments are as those of `NewSession`.
    """
    window = f"={name}:"
    return in_order(
        NewSession(name, program, environment=environment),
        _stays_unattached(window),
        SetOption(window, "remain-on-exit", "off"),
    )


def _for_agent(
    window: str, size: tuple[int, int], marks: Mapping[str, str]
) -> tuple[Command, ...]:
    return (
        *(SetOption(window, option, value) for option, value in marks.items()),
        _stays_unattached(window),
        IfShell(_SURVIVES, SetOption(window, "remain-on-exit", "on")),
        # tmux 3.3a gives a new session the size of the user's latest client, whatever it is told.
        ResizeWindow(window, *size),
        SetOption(window, "window-size", None),  # left behind by the resize
    )


def _stays_unattached(session: str) -> SetOption:
    return SetOption(session, "destroy-unattached", "off")
