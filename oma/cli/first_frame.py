"""The first frame of a dashboard: on the terminal before the rest is imported.

A service composes it, or one look where there is none. What the user types by then waits in the
terminal for the dashboard.
"""

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

from oma.cli.dashboard_terminal import TakenTerminal, capabilities_of, take_terminal
from oma.cli.exit_codes import ended_by
from oma.cli.garbage import no_garbage
from oma.cli.global_options import GlobalOptions
from oma.cli.service_question import ask
from oma.config.colour_kind import Colour
from oma.runtime.service.protocol import FRAME
from oma.tui.cells import Frame, Size
from oma.tui.frame_lines import decode_frame
from oma.tui.job_control import wait_for_foreground
from oma.tui.themes import CHOICES, ThemeChoice, chosen

_ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


@contextmanager
def first_frame(
    options: GlobalOptions, environ: Mapping[str, str], *, ascii_only: bool
) -> Iterator[TakenTerminal | None]:
    """Show the frame, and give the terminal that it is on; it is given back when the block ends.

    `None` where there is none to show.

    Args:
        options: Of the dashboard.
        environ: Says what is known of the terminal.
        ascii_only: Nothing but ASCII is drawn.

    Raises:
        OmaError: The terminal is nothing that can be painted on.
    """
    capabilities = capabilities_of(environ, ascii_only=ascii_only)
    size = os.get_terminal_size(sys.stdout.fileno())
    shows = {"emoji": capabilities.emoji, "ascii": capabilities.ascii}
    asked = {"columns": size.columns, "rows": size.lines, **shows}
    answer = ask(options, FRAME, **asked) or _looked(options, asked)
    frame = None if answer is None else _frame(answer, Size(*size))
    if answer is None or frame is None:
        yield None
        return
    with _ended_by_signals():
        taken = None
        try:
            with _signals_held():
                taken = take_terminal(_themes(answer), environ, mouse=answer.get("mouse") is True)
            with _painted_again(taken, frame):
                taken.painter.paint(frame)
                yield taken
        finally:
            with _signals_held():
                if taken is not None:
                    taken.give_back()


def _looked(options: GlobalOptions, asked: Mapping[str, object]) -> Mapping[str, object] | None:
    with no_garbage():
        from oma.cli.looked_frame import looked_frame  # heavy
    return looked_frame(options, asked)


def _frame(answer: Mapping[str, object], size: Size) -> Frame | None:
    try:
        return decode_frame(answer.get("lines"), size)
    except ValueError:
        return None


def _themes(answer: Mapping[str, object]) -> ThemeChoice:
    """Return the themes of a service; what one of another version says otherwise is as by default."""
    name, colours = answer.get("theme"), answer.get("colours")
    own = colours if isinstance(colours, Mapping) else {}
    known = {str(key): text for key in own if (text := Colour().accept(own[key])) is not None}
    return chosen(name if isinstance(name, str) and name in CHOICES else "auto", known)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """End the block by an exception where a signal would end the process, and the terminal stay taken."""
    handled = [number for number in _ENDING if signal.getsignal(number) is signal.SIG_DFL]
    for number in handled:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in handled:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Let what would end us wait until the block has ended: the terminal is never half taken."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {*_ENDING, signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _painted_again(taken: TakenTerminal, frame: Frame) -> Iterator[None]:
    """Take the terminal back when we go on after a stop, until the dashboard sees to that itself."""

    def go_on(_number: int, _at: FrameType | None) -> None:
        if taken.is_ours:
            wait_for_foreground()
            taken.painter.resume()
            taken.painter.paint(frame)

    before = signal.signal(signal.SIGCONT, go_on)
    try:
        yield
    finally:
        signal.signal(signal.SIGCONT, before)


def _end(number: int, _at: FrameType | None) -> None:
    raise SystemExit(ended_by(number))
