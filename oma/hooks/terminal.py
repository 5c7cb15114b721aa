"""Which terminal a process has, as Linux tells it in `/proc/PID/stat`.

Agents start hooks in sessions of their own, without a controlling terminal; the agent itself, an
ancestor of the hook, has the one of its pane.
"""

from typing import NamedTuple

_FIRST_PTS_MAJOR, _LAST_PTS_MAJOR = 136, 143


class ProcessStat(NamedTuple):
    """What leads from a process to a terminal."""

    parent_pid: int
    """0 when there is none."""
    terminal: str | None
    """Path of its controlling terminal, when that is a pseudo terminal, as every pane's is."""


def parse_stat(text: str) -> ProcessStat:
    """Read the content of `/proc/PID/stat` (proc_pid_stat(5)).

    Raises:
        ValueError: `text` is nothing of the kind.
    """
    # The name of the program stands in brackets and may hold anything, brackets too.
    fields = text[text.rindex(")") + 1 :].split()
    if len(fields) < 5:
        raise ValueError(f"not the status of a process: {text!r}")
    return ProcessStat(int(fields[1]), _pseudo_terminal(int(fields[4])))


def _pseudo_terminal(device: int) -> str | None:
    """Return the path of a terminal by its device number, 12 bits of it major, 20 minor."""
    major = device >> 8 & 0xFFF
    minor = device & 0xFF | device >> 12 & 0xFFF00
    if not _FIRST_PTS_MAJOR <= major <= _LAST_PTS_MAJOR:
        return None
    return f"/dev/pts/{(major - _FIRST_PTS_MAJOR) * 256 + minor}"
