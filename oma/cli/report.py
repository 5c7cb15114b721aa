"""`oma report`: says to the terminal of this pane how its agent is, as OSC 7501.

Runs at an agent's hook, and the agent waits for it: it imports little, takes at most `PATIENCE_S`,
prints nothing on stdout that the agent did not ask for, and fails no agent: whatever keeps it from
reporting is said on stderr, and the exit code stays 0.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from types import FrameType
from typing import NoReturn

from oma.errors import OmaError
from oma.hooks import gemini
from oma.hooks.claude import claude_status
from oma.hooks.gemini import gemini_status
from oma.hooks.status import Status, is_app_name, status_sequence
from oma.hooks.terminal import parse_stat

PATIENCE_S = 1.0
"""For everything: a terminal that is stopped blocks its writers, and a tmux may hang."""

DRAIN_S = 0.1
"""For what stands on stdin unread, so that the agent does not write to a closed pipe."""

READERS: dict[str, Callable[[Mapping[str, object]], Status | None]] = {
    "claude": claude_status,
    "gemini": gemini_status,
}
"""Agent → what one of its hook's events says."""


def run(arguments: argparse.Namespace) -> int:
    """Report, if that is possible; always 0 but for a command line that means nothing.

    Raises:
        OmaError: Not exactly one of STATE and `--from-hook` is given, `--kind` comes with another
            state than `blocked`, or `--app` is no name.
    """
    agent: str | None = arguments.from_hook
    if (agent is None) == (arguments.state is None):
        message = "give a state, or --from-hook with the agent whose event is on stdin"
        raise OmaError(message)
    if arguments.kind is not None and arguments.state != "blocked":
        message = "--kind goes with the state 'blocked'"
        raise OmaError(message)
    app = arguments.app if arguments.app is not None else agent or ""
    if app and not is_app_name(app):
        message = f"--app has to be letters, digits, '.', '_' and '-', at most 64, not {app!r}"
        raise OmaError(message)
    signal.signal(signal.SIGALRM, _give_up)
    # A terminal with `tostop` set would otherwise stop us for writing in the background.
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)
    try:
        status = _status(arguments)
        if status is not None:
            _write(status_sequence(status, app))
        if agent is None:
            _drain()
    except (OSError, OmaError) as error:
        print(f"oma: not reported: {error}", file=sys.stderr)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    if agent == "gemini":
        print(gemini.ANSWER)
    return 0


def _give_up(_number: int, _frame: FrameType | None) -> NoReturn:
    message = f"took more than {PATIENCE_S} s"
    raise TimeoutError(message)


def _status(arguments: argparse.Namespace) -> Status | None:
    if arguments.from_hook is None:
        return Status(arguments.state, arguments.kind or "", arguments.message or "")
    try:
        event = json.loads(sys.stdin.buffer.read())
    except (ValueError, RecursionError) as error:
        message = f"what stands on stdin is no event of a hook: {error}"
        raise OmaError(message) from None
    return READERS[arguments.from_hook](event) if isinstance(event, dict) else None


def _drain() -> None:
    if sys.stdin is None or sys.stdin.isatty():
        return
    signal.setitimer(signal.ITIMER_REAL, DRAIN_S)
    try:
        while os.read(sys.stdin.fileno(), 65536):
            pass
    except OSError:
        return  # nobody closes it, or it is closed: run by hand, or in a script


def _write(sequence: bytes) -> None:
    """Write in one piece: the terminal lets no other writer in between."""
    terminal = _open_terminal()
    try:
        os.write(terminal, sequence)
    finally:
        os.close(terminal)


def _open_terminal() -> int:
    for path in _terminals():
        try:
            terminal = os.open(path, os.O_WRONLY | os.O_NOCTTY)
        except OSError:
            continue
        if os.isatty(terminal):
            return terminal
        os.close(terminal)
    message = "no terminal here"
    raise OmaError(message)


def _terminals() -> Iterator[str]:
    """Yield where the terminal may be: our own, that of an ancestor, that of the pane."""
    yield "/dev/tty"
    yield from _terminals_of_ancestors()
    pane = os.environ.get("TMUX_PANE", "")
    if pane and os.environ.get("TMUX"):
        yield from _terminal_of_pane(pane)


def _terminals_of_ancestors() -> Iterator[str]:
    pid = os.getppid()
    while pid > 1:
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                stat = parse_stat(file.read())
        except (OSError, ValueError):
            return  # no Linux, or not ours to see
        if stat.terminal is not None:
            yield stat.terminal
            return
        pid = stat.parent_pid


def _terminal_of_pane(pane: str) -> Iterator[str]:
    # Seldom needed, and dear: nothing of this is imported where an ancestor has a terminal.
    import subprocess  # noqa: TID251  # trio would cost a hook more than all the rest

    from oma.model.ids import parse_pane_id
    from oma.runtime.client.tmux_binary import with_tmux_binary
    from oma.tmux.address import ServerAddress
    from oma.tmux.commands.render import to_argv
    from oma.tmux.queries.panes import pane_terminal

    command = pane_terminal(parse_pane_id(pane))
    argv = with_tmux_binary(to_argv(command, ServerAddress()), os.environ)
    try:
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError:
        return  # there is no such tmux here
    path = done.stdout.decode(errors="replace").strip()
    if done.returncode == 0 and path.startswith("/dev/"):
        yield path
