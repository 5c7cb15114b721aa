"""What Linux tells of a process in `/proc`; elsewhere nothing. All of it blocks.

psutil tells the same on every system. To import it, and to ask it about every process of the machine,
takes a seventh of `oma status` and most of what a sampling costs.
"""

import os
from typing import NamedTuple

IS_THERE = os.path.exists("/proc/self/stat")
"""This is Linux."""

TELLS_CHILDREN = os.path.exists("/proc/thread-self/children")
"""Nearly every Linux does."""

_CHUNK = 65536


class Stat(NamedTuple):
    """What one line of the kernel says of a process."""

    parent: int
    group: int
    """Of processes, in its terminal."""
    terminal: int
    """That controls it, as the kernel writes the number of a device; 0 where none does."""
    foreground: int
    """The group in the foreground of its terminal; -1 where it has none."""
    cpu_s: float
    rss_bytes: int
    started_s: float
    """Since the machine started."""


def read_stat(pid: int) -> Stat | None:
    """Return what is said of a process; `None` when it is gone, has ended, or is not ours to read."""
    return None if (data := _read(f"/proc/{pid}/stat")) is None else _parsed(data)


def all_stats() -> dict[int, Stat]:
    """Return what is said of every process of this machine."""
    pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    return {pid: found for pid in pids if (found := read_stat(pid)) is not None}


def read_children_of(pid: int) -> list[int]:
    """Return the children of a process; one that is started or ends meanwhile may hide another."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return []
    told = (_read(f"/proc/{pid}/task/{thread}/children") for thread in threads)
    return [int(child) for line in told if line for child in line.split()]


def read_command_line(pid: int) -> tuple[str, ...] | None:
    """Return the command line; empty of a process of the kernel, `None` when it cannot be read.

    A program that writes a title over its command line may separate words by spaces, or by nothing.
    """
    data = _read(f"/proc/{pid}/cmdline")
    if not data:
        return None if data is None else ()
    words = os.fsdecode(data.removesuffix(b"\0")).split("\0" if data.endswith(b"\0") else " ")
    return tuple(words[0].split(" ") if len(words) == 1 else words)


def read_environment(pid: int) -> dict[str, str]:
    """Return the environment that a process was started with; empty when it cannot be read."""
    data = _read(f"/proc/{pid}/environ") or b""
    pairs = (entry.partition("=") for entry in os.fsdecode(data).split("\0"))
    return {name: value for name, equals, value in pairs if equals}


def has_terminal(pid: int, path: str) -> bool:
    """Say whether a process is controlled by the terminal at this path; not where either is another system's."""
    try:
        device = os.stat(path).st_rdev
    except OSError:
        return False
    found = read_stat(pid)
    if found is None or not found.terminal:
        return False
    minor = found.terminal & 0xFF | found.terminal >> 12 & 0xFFF00
    return (os.major(device), os.minor(device)) == (found.terminal >> 8 & 0xFFF, minor)


def boot_time() -> float:
    """Return when the machine started, as Unix time; 0 when that is not told."""
    for line in (_read("/proc/stat") or b"").splitlines():
        if line.startswith(b"btime "):
            return float(line.split()[1])
    return 0.0


def _parsed(data: bytes) -> Stat | None:
    # The name of the program comes before, in parentheses, and may hold anything.
    fields = data[data.rfind(b")") + 2 :].split()
    if len(fields) < 22 or fields[0] in {b"Z", b"X"}:  # as many as are read below
        return None
    ticks, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    return Stat(
        parent=int(fields[1]),
        group=int(fields[2]),
        terminal=int(fields[4]),
        foreground=int(fields[5]),
        cpu_s=(int(fields[11]) + int(fields[12])) / ticks,
        rss_bytes=int(fields[21]) * page,
        started_s=int(fields[19]) / ticks,
    )


def _read(path: str) -> bytes | None:
    # Not by `open`, which takes three times as long.
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        data = chunk = os.read(file, _CHUNK)
        while len(chunk) == _CHUNK:
            chunk = os.read(file, _CHUNK)
            data += chunk
    except OSError:
        return None  # it ended meanwhile
    finally:
        os.close(file)
    return data
