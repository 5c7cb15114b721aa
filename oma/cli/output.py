"""What leaves this process when things go wrong: results that nobody takes, and our own defects."""

import io
import os
import sys
from contextlib import suppress
from types import TracebackType

from oma.errors import OutputError
from oma.model.printable import printable


class GuardedOutput(io.TextIOWrapper):
    """Standard output that says in one line why it takes nothing.

    A reader that went away is no error: it stays a `BrokenPipeError`.
    """

    def write(self, text: str) -> int:
        """Write `text`.

        Raises:
            OutputError: It cannot be written: the disk is full, say.
        """
        try:
            return super().write(text)
        except OSError as failure:
            raise _told(failure) from None

    def flush(self) -> None:
        """Hand on what was written; raises as `write`."""
        try:
            super().flush()
        except OSError as failure:
            raise _told(failure) from None


def open_closed_streams() -> None:
    """Give a standard stream that the caller closed nothing to read, or one that keeps nothing."""
    # In this order each takes its own number, if no other file has it by now.
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: SIM115  # as long as the process
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115


def guard_stdout() -> None:
    """Make standard output a `GuardedOutput`, unless it is closed.

    A character that the locale lacks is shown as another one: agents write what they like.
    """
    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        # Beside Python's own, which curses asks for the descriptor.
        sys.stdout = GuardedOutput(
            open(stream.fileno(), "wb", 0 if stream.write_through else -1, closefd=False),  # noqa: SIM115
            encoding=stream.encoding,
            errors="replace",
            line_buffering=stream.line_buffering,
            write_through=stream.write_through,
        )


def shows_colours() -> bool:
    """Say whether standard output is a terminal that is to be given colours (https://no-color.org)."""
    is_dumb = os.environ.get("TERM", "dumb") == "dumb"
    return sys.stdout.isatty() and not is_dumb and not os.environ.get("NO_COLOR")


def let_go_of_stdout() -> None:
    """Drop what is unwritten, which else Python would write once more as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell_defect(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Print the traceback of a defect of ours and, last, one line that says so: an excepthook.

    What an agent wrote may stand in it, so nothing of it is sent raw to a terminal.
    """
    import traceback

    first = error
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    lines = "".join(traceback.format_exception(kind, error, trace)).split("\n")
    lines[-1] = f"oma: this is a defect of oma, told above: {type(first).__name__}: {first}"
    with suppress(OSError):
        print("\n".join(map(printable, lines)), file=sys.stderr)


def _told(failure: OSError) -> OSError | OutputError:
    if isinstance(failure, BrokenPipeError):
        return failure
    return OutputError(f"cannot write to standard output: {(failure.strerror or '').lower()}")
