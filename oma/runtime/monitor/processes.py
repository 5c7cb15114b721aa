"""The process trees of panes: one pass over the process table, in a worker thread.

Enrichment only: CPU, memory, arguments, children. Whether an agent lives is tmux's to say.
"""

from collections.abc import Iterable
from pathlib import Path

import attrs
import psutil
import trio

from oma.model.events import ProcessesSampled, ProcessSample
from oma.model.ids import PaneId
from oma.store.store import Store

_SHELLS = frozenset({"bash", "dash", "fish", "ksh", "sh", "tcsh", "zsh"})


@attrs.frozen
class _Process:
    pid: int
    argv: tuple[str, ...]
    cpu_s: float
    rss_bytes: int
    started_s: float


@attrs.define
class ProcessTable:
    """Samples process trees; remembers the last pass, to tell CPU from one to the next."""

    _cpu_s: dict[tuple[int, float], float] = attrs.Factory(dict)
    _at_s: float | None = None
    _children: dict[int, list[int]] | None = None
    """Who is whose child all over the machine, for the next pass, where that was read ahead."""

    async def read_ahead(self) -> None:
        """Do the part of the next pass that needs no agent, which is most of it."""
        self._children = await trio.to_thread.run_sync(_read_children)

    async def sample_into(self, store: Store) -> None:
        """Sample every pane of every agent that is known now and log the result."""
        pids = {pane: pid for pane, (pid, _) in store.programs.items()}
        now_s = trio.current_time()
        samples = await trio.to_thread.run_sync(self._pass, pids, now_s)
        if samples:
            store.append(ProcessesSampled(samples))

    def _pass(self, pids: dict[PaneId, int], now_s: float) -> tuple[ProcessSample, ...]:
        children, self._children = self._children or _read_children(), None
        before, self._cpu_s = self._cpu_s, {}
        elapsed_s = None if self._at_s is None else now_s - self._at_s
        self._at_s = now_s
        samples = []
        for pane, pid in pids.items():
            tree = [found for each in _descend(pid, children) if (found := _read(each))]
            if not tree:
                continue
            for found in tree:
                self._cpu_s[found.pid, found.started_s] = found.cpu_s
            agent = _foreground(tree)
            samples.append(
                ProcessSample(
                    pane=pane,
                    argv=agent.argv,
                    children=len(_descend(agent.pid, children)) - 1,
                    cpu_percent=_percent(tree, before, elapsed_s),
                    rss_bytes=sum(found.rss_bytes for found in tree),
                )
            )
        return tuple(samples)


def _read_children() -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for process in psutil.process_iter(["ppid"]):
        children.setdefault(process.info["ppid"], []).append(process.pid)
    return children


def _percent(
    tree: list[_Process], before: dict[tuple[int, float], float], elapsed_s: float | None
) -> float | None:
    if not elapsed_s:
        return None
    spent_s = sum(p.cpu_s - before.get((p.pid, p.started_s), 0.0) for p in tree)
    return round(max(0.0, 100 * spent_s / elapsed_s), 1)


def _descend(pid: int, children: dict[int, list[int]]) -> list[int]:
    """Return `pid` and all below it, parents before children."""
    found = [pid]
    for each in found:
        found += children.get(each, ())
    return found


def _foreground(tree: list[_Process]) -> _Process:
    """Return the agent: the first that is no shell, else the last of the shells.

    tmux runs what it is given by a shell, which may stay above the one that was asked for.
    """
    for process in tree:
        name = process.argv[0].rsplit("/", 1)[-1].lstrip("-") if process.argv else ""
        if name and name not in _SHELLS:
            return process
    return tree[-1]


def _read(pid: int) -> _Process | None:
    try:
        process = psutil.Process(pid)
        with process.oneshot():
            times = process.cpu_times()
            return _Process(
                pid=pid,
                argv=tuple(process.cmdline()),
                cpu_s=times.user + times.system,
                rss_bytes=process.memory_info().rss,
                started_s=process.create_time(),
            )
    except psutil.Error:
        return None  # it ended meanwhile, or is not ours to read


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
    """Return the processes below `pid`, however deep; none when it is gone."""
    try:
        return [child.pid for child in psutil.Process(pid).children(recursive=True)]
    except psutil.Error:
        return []


def _scheduled_s(pid: int) -> float:
    """Return the time that the threads of a process were run (Linux), else 0."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        return sum(int((each / "schedstat").read_text().split()[0]) for each in threads) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
