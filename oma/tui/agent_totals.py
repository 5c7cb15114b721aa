"""What is counted of all agents as they come and go: what the list needs room for, and what they cost. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import attrs

from oma.model.health import Health
from oma.model.state import AgentState
from oma.tui.cells import cells, showable
from oma.tui.columns import Column, columns_needed, is_measured, measured_text

Counted = TypeVar("Counted")

_MILLI = 1000
"""Shares of a processor are added up in integers, so that what is taken away again leaves nothing."""


@attrs.define
class AgentTotals:
    """Sums over agents.

    Args:
        columns: Those that the user wants.
        prefix: Of the names of agents; it is not shown.
    """

    columns: Sequence[Column]
    prefix: str
    healths: Counter[Health] = attrs.Factory(Counter)
    """How many are in which health; those of a host that is not reached are in none."""
    lost: int = 0
    """Those of a host that is not reached."""
    sampled: int = 0
    memory_bytes: int = 0
    _cpu_milli: int = 0
    _with_cpu: int = 0
    _cells: dict[Column, Counter[int]] = attrs.Factory(dict)
    _screens: Counter[int] = attrs.Factory(Counter)

    @property
    def cpu_percent(self) -> float | None:
        """What all take together; `None` where that is not known of anybody."""
        return self._cpu_milli / _MILLI if self._with_cpu else None

    @property
    def widths(self) -> Mapping[Column, int]:
        """How many cells each column needs; one that is empty for all agents needs none."""
        return {
            column: columns_needed(column, _largest(self._cells.get(column, Counter())))
            for column in self.columns
        }

    @property
    def screen_columns(self) -> int:
        """Of the widest screen."""
        return _largest(self._screens)

    def change(self, gone: Sequence[AgentState], new: Sequence[AgentState]) -> None:
        """Count agents no more that were counted, and count others."""
        self._count(gone, -1)
        self._count(new, 1)

    def _count(self, agents: Sequence[AgentState], sign: int) -> None:
        reached = [agent for agent in agents if not agent.lost]
        alive = [a for a in reached if a.verdict.health is not Health.EXITED]
        known = [a.cpu_percent for a in alive if a.cpu_percent is not None]
        _add(self.healths, (agent.verdict.health for agent in reached), sign)
        _add(self._screens, (agent.columns for agent in agents), sign)
        self.lost += sign * (len(agents) - len(reached))
        self.sampled += sign * sum(bool(agent.sampled) for agent in alive)
        self.memory_bytes += sign * sum(agent.rss_bytes or 0 for agent in alive)
        self._cpu_milli += sign * sum(round(each * _MILLI) for each in known)
        self._with_cpu += sign * len(known)
        for column in filter(is_measured, self.columns):
            texts = (measured_text(agent, column, self.prefix) for agent in agents)
            _add(self._cells.setdefault(column, Counter()), map(_shown_cells, texts), sign)


def _add(counter: Counter[Counted], items: Iterable[Counted], sign: int) -> None:
    for item, count in Counter(items).items():
        counter[item] += sign * count


def _largest(counted: Mapping[int, int]) -> int:
    return max((value for value, count in counted.items() if count), default=0)


def _shown_cells(text: str) -> int:
    return len(text) if text.isascii() and text.isprintable() else _looked_up_cells(text)


@lru_cache(maxsize=1 << 13)
def _looked_up_cells(text: str) -> int:
    return cells(showable(text))
