"""Stretches of one agent that followed one another, summed up: what is told of many without each of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import attrs

from oma.model.health import Health
from oma.summary.stretches import StateStretch

SILENT = "silent"
"""The reason of an agent that is IDLE because it prints nothing: that does not say that it finished."""

TROUBLES = frozenset({Health.WAITING, Health.STUCK})


@attrs.frozen
class SummedStretches:
    """Stretches between which nothing is missing that was seen."""

    first: StateStretch
    last: StateStretch
    lasted: Mapping[Health, timedelta]
    """In each state that there was, in the order in which they came."""
    troubles: tuple[StateStretch, ...]
    """Those in which it waited or was stuck, in order."""
    finished: tuple[datetime, ...]
    """When it came to rest at its prompt after work, but for the first stretch."""

    @property
    def start(self) -> datetime:
        """When they began."""
        return self.first.start

    @property
    def end(self) -> datetime:
        """Not part of them."""
        return self.last.end

    def within(self, since: datetime) -> "SummedStretches | None":
        """Return them if they end after a moment; they are not cut: nobody sums up across a moment that counts."""
        return None if self.end <= since else self


PastStretch = StateStretch | SummedStretches

_Part = TypeVar("_Part", StateStretch, StateStretch | SummedStretches)


def since(agents: Iterable[Sequence[_Part]], moment: datetime) -> list[list[_Part]]:
    """Return the parts of all stretches from a moment on; an agent that has none is left out."""
    cut = ([part for each in own if (part := each.within(moment))] for own in agents)
    return [stretches for stretches in cut if stretches]


def sum_up(stretches: Sequence[StateStretch]) -> SummedStretches:
    """Return the sum of stretches of one agent, in order; there is at least one."""
    return SummedStretches(
        stretches[0],
        stretches[-1],
        lasted_in(stretches),
        tuple(each for each in stretches if each.change.health in TROUBLES),
        tuple(rests(stretches)),
    )


def lasted_in(stretches: Iterable[PastStretch]) -> dict[Health, timedelta]:
    """Return how long each state lasted that there was, in the order in which they came."""
    lasted: dict[Health, timedelta] = {}
    nothing = timedelta()
    for each in stretches:
        if isinstance(each, SummedStretches):
            for health, length in each.lasted.items():
                lasted[health] = lasted.get(health, nothing) + length
        else:
            health = each.change.health
            lasted[health] = lasted.get(health, nothing) + (each.end - each.start)
    return lasted


def troubles_in(stretches: Iterable[PastStretch], health: Health) -> Iterator[StateStretch]:
    """Yield the stretches in which an agent waited, or was stuck, in order."""
    for each in stretches:
        if isinstance(each, SummedStretches):
            yield from (one for one in each.troubles if one.change.health is health)
        elif each.change.health is health:
            yield each


def rests(stretches: Iterable[PastStretch]) -> Iterator[datetime]:
    """Yield when an agent came to rest at its prompt after work."""
    before: StateStretch | None = None
    for each in stretches:
        if isinstance(each, SummedStretches):
            if before is not None:
                yield from _rest(before, each.first)
            yield from each.finished
            before = each.last
        else:
            if before is not None:
                yield from _rest(before, each)
            before = each


def _rest(before: StateStretch, after: StateStretch) -> Iterator[datetime]:
    if after.change.health is not Health.IDLE or before.change.health is Health.IDLE:
        return
    if after.change.reason != SILENT and before.end == after.start:
        yield after.start
