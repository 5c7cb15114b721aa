"""The processes of this machine: who is below whom, and what they run and use. All of it blocks.

Linux is asked itself, every other system by psutil, and for what is rare so is Linux. psutil is imported
where it is needed, as many an `oma` never needs it.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from oma.model.ids import PaneId
from oma.runtime.linux_process import (
    IS_THERE,
    TELLS_CHILDREN,
    all_stats,
    boot_time,
    read_children_of,
    read_command_line,
    read_environment,
    read_stat,
)


@attrs.frozen
class Process:
    """One process at one moment."""

    pid: int
    argv: tuple[str, ...]
    cpu_s: float
    rss_bytes: int
    started_s: float
    """Tells it from another one that has its id later; not a time of day."""


def foreground_lines(
    pids: Mapping[PaneId, int], children: dict[int, list[int]] | None = None
) -> dict[PaneId, tuple[tuple[str, ...], ...]]:
    """Return the command lines of all that runs in the foreground of panes, parents first.

    What a user sent to the background is left out; blocks, for a worker thread.

    Args:
        pids: What tmux started in each pane.
        children: What `read_children` returned, where it was asked already.
    """
    known = _children_below(pids.values()) if children is None else children
    return {
        pane: tuple(
            found.argv for each in in_foreground(pid, known) if (found := read_process(each))
        )
        for pane, pid in pids.items()
    }


def command_line(pid: int) -> tuple[str, ...]:
    """Return the command line of a process; empty when it is gone or not ours to read."""
    found = read_process(pid)
    return () if found is None else found.argv


def foreground_of(pid: int) -> tuple[list[int], list[int]]:
    """Return the processes in the foreground of the terminal of a process, and those that wait for them.

    Parents first; `pid` and all that is below it are one or the other.
    """
    children = read_children()
    shown = in_foreground(pid, children)
    return shown, [each for each in descend(pid, children) if each not in shown]


def in_foreground(pid: int, children: dict[int, list[int]]) -> list[int]:
    """Return the process group in the foreground of a terminal, with all that is below it."""
    tree = descend(pid, children)
    group = _foreground_group(pid)
    if group is None:
        return tree
    within: set[int] = set()
    for each in tree:
        if each in within or _group_of(each) == group:
            within.add(each)
            within.update(children.get(each, ()))
    return [each for each in tree if each in within]


def _foreground_group(pid: int) -> int | None:
    """Return the process group in the foreground of the terminal of a process (Linux)."""
    found = read_stat(pid)
    return found.foreground if found is not None and found.foreground > 0 else None


def _group_of(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except OSError:
        return None


def read_children() -> dict[int, list[int]]:
    """Return who is whose child all over the machine."""
    children: dict[int, list[int]] = {}
    for pid, parent in _parents():
        children.setdefault(parent, []).append(pid)
    return children


def _children_below(pids: Iterable[int]) -> dict[int, list[int]]:
    """Return who is whose child below some processes, which is less to read where the system tells it."""
    if not TELLS_CHILDREN:
        return read_children()
    children: dict[int, list[int]] = {}
    todo = list(pids)
    for pid in todo:
        children[pid] = read_children_of(pid)
        todo += children[pid]
    return children


def _parents() -> Iterable[tuple[int, int]]:
    if IS_THERE:
        return [(pid, found.parent) for pid, found in all_stats().items()]
    import psutil

    return [(process.pid, process.info["ppid"]) for process in psutil.process_iter(["ppid"])]


def descend(pid: int, children: dict[int, list[int]]) -> list[int]:
    """Return `pid` and all below it, parents before children."""
    found = [pid]
    for each in found:
        found += children.get(each, ())
    return found


def read_process(pid: int) -> Process | None:
    """Return a process; `None` when it is gone, or not ours to read."""
    if IS_THERE:
        found, argv = read_stat(pid), read_command_line(pid)
        if found is None or argv is None:
            return None
        return Process(pid, argv, found.cpu_s, found.rss_bytes, found.started_s)
    import psutil

    try:
        process = psutil.Process(pid)
        with process.oneshot():
            times = process.cpu_times()
            return Process(
                pid=pid,
                argv=tuple(process.cmdline()),
                cpu_s=times.user + times.system,
                rss_bytes=process.memory_info().rss,
                started_s=process.create_time(),
            )
    except psutil.Error:
        return None  # it ended meanwhile, or is not ours to read


def environment_of(pid: int) -> dict[str, str]:
    """Return the environment that a process was started with; empty when it is gone or not ours to read."""
    if IS_THERE:
        return read_environment(pid)
    import psutil

    try:
        return psutil.Process(pid).environ()
    except (psutil.Error, OSError):
        return {}


def working_directory_of(pid: int) -> str:
    """Return where a process works; empty when it is gone or not ours to read."""
    import psutil

    try:
        return psutil.Process(pid).cwd()
    except (psutil.Error, OSError):
        return ""


def open_files_of(pid: int) -> list[str]:
    """Return the paths of the files that a process has open; none when it is gone or not ours to read."""
    import psutil

    try:
        return [file.path for file in psutil.Process(pid).open_files()]
    except (psutil.Error, OSError):
        return []


def started_at(pid: int) -> float | None:
    """Return when a process was started, as Unix time; `None` when it is gone."""
    if IS_THERE:
        return None if (found := read_stat(pid)) is None else boot_time() + found.started_s
    import psutil

    try:
        return psutil.Process(pid).create_time()
    except psutil.Error:
        return None


@attrs.frozen
class Usage:
    """What processes have used so far."""

    cpu_s: float
    """User and system time, ended children that were waited for included."""
    rss_bytes: int


def usage_of(pids: Iterable[int]) -> Usage:
    """Return what the processes have used together; one that is gone counts nothing.

    On Linux the CPU time is exact to the nanosecond, elsewhere to the clock tick of 10 ms.
    """
    import psutil

    cpu_s, rss_bytes = 0.0, 0
    for pid in pids:
        try:
            process = psutil.Process(pid)
            times = process.cpu_times()
            rss_bytes += process.memory_info().rss
        except psutil.Error:
            continue
        ticks_s = times.user + times.system
        ended_s = getattr(times, "children_user", 0.0) + getattr(times, "children_system", 0.0)
        cpu_s += max(ticks_s, _scheduled_s(pid)) + ended_s
    return Usage(cpu_s, rss_bytes)


def children_of(pid: int) -> list[int]:
    """Return the processes below `pid`, however deep; none when it is gone, or 0."""
    return descend(pid, read_children())[1:] if pid else []


def _scheduled_s(pid: int) -> float:
    """Return the time that the threads of a process were run (Linux), else 0."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        return sum(int((each / "schedstat").read_text().split()[0]) for each in threads) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
