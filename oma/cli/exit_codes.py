"""The exit codes of every command, as docs/command-line.md lists them."""

import signal

DONE, FAILED, USAGE = 0, 1, 2


def ended_by(number: int) -> int:
    """Return the exit code of a command that a signal has ended: what a shell says of one."""
    return 128 + number


INTERRUPTED = ended_by(signal.SIGINT)
