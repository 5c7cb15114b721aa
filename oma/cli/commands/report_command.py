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
from collections.abc import Callable, Mapping
from types import FrameType
from typing import NamedTuple, NoReturn

from oma.cli.exit_codes import DONE
from oma.errors import OmaError
from oma.hooks import gemini
from oma.hooks.claude import claude_status
from oma.hooks.copilot import copilot_status
from oma.hooks.gemini import gemini_status
from oma.hooks.kimi import kimi_status
from oma.hooks.status import KINDS, STATES, Status, is_app_name, status_sequence
from oma.runtime.own_terminal import announce, write_to_terminal

PATIENCE_S = 1.0
"""For everything: a terminal that is stopped blocks its writers, and a tmux may hang."""

DRAIN_S = 0.1
"""For what stands on stdin unread, so that the agent does not write to a closed pipe."""

_ANNOUNCING = frozenset({"idle", "done", "clear"})
"""States of hooks that say to tmux, too, which agent runs there: at its start, and once a turn."""

READERS: dict[str, Callable[[Mapping[str, object]], Status | None]] = {
    "claude": claude_status,
    "gemini": gemini_status,
    "qwen": claude_status,
    "kimi": kimi_status,
    "copilot": copilot_status,
}
"""Agent → what one of its hook's events says."""


class ReportOptions(NamedTuple):
    """What is reported: a state, or the event that stands on stdin."""

    state: str | None = None
    kind: str | None = None
    message: str | None = None
    app: str | None = None
    from_hook: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma report`."""
    parser.add_argument("state", nargs="?", choices=STATES, help=", ".join(STATES))
    parser.add_argument("--kind", choices=KINDS, help="what a blocked agent waits for")
    parser.add_argument("--message", metavar="TEXT", help="shown as the evidence")
    parser.add_argument("--app", metavar="NAME", help="which program reports")
    parser.add_argument(
        "--from-hook",
        choices=tuple(READERS),
        help="read the state from the event that this agent gives its hook on stdin",
    )


def run(options: ReportOptions) -> int:
    """Report, if that is possible; always 0 but for a command line that means nothing.

    Raises:
        OmaError: Not exactly one of STATE and `--from-hook` is given, `--kind` comes with another
            state than `blocked`, or `--app` is no name.
    """
    agent = options.from_hook
    if (agent is None) == (options.state is None):
        raise OmaError("give a state, or --from-hook with the agent whose event is on stdin")
    if options.kind is not None and options.state != "blocked":
        raise OmaError("--kind goes with the state 'blocked'")
    app = options.app if options.app is not None else agent or ""
    if app and not is_app_name(app):
        message = f"--app has to be letters, digits, '.', '_' and '-', at most 64, not {app!r}"
        raise OmaError(message)
    signal.signal(signal.SIGALRM, _give_up)
    # A terminal with `tostop` set would otherwise stop us for writing in the background.
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)
    try:
        status = _status(options)
        if status is not None:
            _report(status, app, of_hook=agent is not None)
        if agent is None:
            _drain()
    except (OSError, OmaError) as error:
        print(f"oma: not reported: {error}", file=sys.stderr)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    if agent == "gemini":
        print(gemini.ANSWER)
    return DONE


def _report(status: Status, app: str, *, of_hook: bool) -> None:
    if app and (status.state in _ANNOUNCING or not of_hook):
        announce(None if status.state == "clear" else app)
    write_to_terminal(status_sequence(status, app))


def _give_up(_number: int, _frame: FrameType | None) -> NoReturn:
    raise TimeoutError(f"took more than {PATIENCE_S} s")


def _status(options: ReportOptions) -> Status | None:
    if options.from_hook is None:
        return Status(options.state or "", options.kind or "", options.message or "")
    try:
        event = json.loads(sys.stdin.buffer.read())
    except (ValueError, RecursionError) as error:
        raise OmaError(f"what stands on stdin is no event of a hook: {error}") from None
    return READERS[options.from_hook](event) if isinstance(event, dict) else None


def _drain() -> None:
    if sys.stdin is None or sys.stdin.isatty():
        return
    signal.setitimer(signal.ITIMER_REAL, DRAIN_S)
    try:
        while os.read(sys.stdin.fileno(), 65536):
            pass
    except OSError:
        return  # nobody closes it, or it is closed: run by hand, or in a script
