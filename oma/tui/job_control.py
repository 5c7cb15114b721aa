"""Stopping and going on, as a shell's job control asks for it.

The terminal is in raw mode, so that nothing in a paste can stop or end us: Ctrl-Z comes as a key, and
what the terminal driver does for other programs is done here.
"""

import os
import signal


def stop_job() -> None:
    """Stop the whole job, as Ctrl-Z does, and return when it goes on.

    Returns at once where no shell could let it go on.
    """
    previous = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    os.kill(0, signal.SIGTSTP)  # the others: a pipe's other end, a script that started us
    signal.signal(signal.SIGTSTP, previous)
    stop_process()


def stop_process() -> None:
    """Stop this process, as a SIGTSTP asks, and return when it goes on in the foreground."""
    _stop_by(signal.SIGTSTP)
    wait_for_foreground()


def wait_for_foreground() -> None:
    """Stop until a shell brings this process to the foreground, if it is in the background."""
    if not _in_foreground():
        _stop_by(signal.SIGTTOU)


def _stop_by(number: signal.Signals) -> None:
    previous = signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)
    signal.signal(number, previous)


def _in_foreground() -> bool:
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:  # no terminal, or none that controls us
        return True
