"""The process trees of panes: one pass over the process table, in a worker thread.

Enrichment only: CPU, memory, arguments, children. Whether an agent lives is tmux's to say.
"""

import attrs

from oma.detection.shells import is_shell
from oma.model.events import ProcessesSampled, ProcessSample
from oma.model.ids import PaneId
from oma.runtime.process_tree import Process, descend, in_foreground, read_children, read_process
from oma.store.store import Store

RESTING_PERCENT = 1.0
"""An agent that waits for input uses less of a core."""


@attrs.define
class ProcessTable:
    """Samples process trees; remembers the last pass, to tell CPU from one to the next."""

    _cpu_s: dict[tuple[int, float], float] = attrs.Factory(dict)
    _at_s: float | None = None
    _children: dict[int, list[int]] | None = None
    """Who is whose child all over the machine, for the next pass, where that was read ahead."""

    async def read_ahead(self) -> None:
        """Do the part of the next pass that needs no agent, which is most of it."""
        import trio  # `sample_now` does without

        self._children = await trio.to_thread.run_sync(read_children)

    async def sample_into(self, store: Store) -> bool:
        """Sample every pane of every agent that is known now and log the result.

        Returns:
            Whether all of them have rested since the pass before.
        """
        import trio

        now_s = trio.current_time()
        samples = await trio.to_thread.run_sync(self._pass, _pids(store), now_s)
        if samples:
            store.append(ProcessesSampled(samples))
        return all(
            sample.cpu_percent is not None and sample.cpu_percent < RESTING_PERCENT
            for sample in samples
        )

    def sample_now(self, store: Store) -> None:
        """As `sample_into`, for a look of its own: blocks."""
        if samples := self._pass(_pids(store), 0.0):
            store.append(ProcessesSampled(samples))

    def _pass(self, pids: dict[PaneId, int], now_s: float) -> tuple[ProcessSample, ...]:
        children, self._children = self._children or read_children(), None
        before, self._cpu_s = self._cpu_s, {}
        elapsed_s = None if self._at_s is None else now_s - self._at_s
        self._at_s = now_s
        samples = []
        for pane, pid in pids.items():
            tree = [found for each in descend(pid, children) if (found := read_process(each))]
            if not tree:
                continue
            for found in tree:
                self._cpu_s[found.pid, found.started_s] = found.cpu_s
            shown = in_foreground(pid, children)
            agent = _first_program([each for each in tree if each.pid in shown] or tree)
            samples.append(
                ProcessSample(
                    pane=pane,
                    argv=agent.argv,
                    children=len(descend(agent.pid, children)) - 1,
                    cpu_percent=_percent(tree, before, elapsed_s),
                    rss_bytes=sum(found.rss_bytes for found in tree),
                    pid=agent.pid,
                )
            )
        return tuple(samples)


def _pids(store: Store) -> dict[PaneId, int]:
    return {pane: pid for pane, (pid, _) in store.programs.items()}


def _percent(
    tree: list[Process], before: dict[tuple[int, float], float], elapsed_s: float | None
) -> float | None:
    if not elapsed_s:
        return None
    spent_s = sum(p.cpu_s - before.get((p.pid, p.started_s), 0.0) for p in tree)
    return round(max(0.0, 100 * spent_s / elapsed_s), 1)


def _first_program(tree: list[Process]) -> Process:
    """Return the agent: the first that is no shell, else the last of the shells.

    tmux runs what it is given by a shell, which may stay above the one that was asked for.

    Args:
        tree: What runs in the foreground of a pane, parents first; nothing that waits behind it.
    """
    for process in tree:
        name = process.argv[0].rpartition("/")[2] if process.argv else ""
        if name and not is_shell(name):
            return process
    return tree[-1]
