"""The exit codes of every command. They are stable: scripts rely on them, and docs/command-line.md lists them."""

import signal
from typing import Final

DONE: Final = 0
FAILED: Final = 1
USAGE: Final = 2


def ended_by(number: int) -> int:
    """Return the exit code of a command that a signal has ended: what a shell says of one."""
    return 128 + number


INTERRUPTED: Final = ended_by(signal.SIGINT)
HUNG_UP: Final = ended_by(signal.SIGHUP)
TERMINATED: Final = ended_by(signal.SIGTERM)

MEANINGS = {
    DONE: "done; also where nobody reads the output any more",
    FAILED: "not done, or the answer is no; stderr says why",
    USAGE: "the command line or the configuration is wrong; nothing was done",
    HUNG_UP: "ended by SIGHUP: the terminal is gone",
    INTERRUPTED: "ended by Ctrl-C (SIGINT)",
    TERMINATED: "ended by SIGTERM",
}
"""Every exit code → what it says."""

ANSWERS = {
    "doctor": "something was found that keeps `oma` from working",
    "next": "no agent waits or is stuck",
    "notify": "`test`: a channel did not take the message",
    "profiles": "`test`: less was right than `--at-least` asks for",
    "replay": "the recording is damaged; what can be read of it was shown",
    "restore": "an agent could not be started",
    "send": "`--all`, `--filter`: an agent got nothing",
    "status": "`--ssh`, `--hosts`: a machine was not reached; the agents of the others were printed",
    "up": "an agent of the fleet could not be started, restarted or ended",
    "wait": "the time is over, or the agent is gone",
}
"""Command → when it exits with `FAILED` although nothing went wrong, or not all of it."""
