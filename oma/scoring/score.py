"""Scores: verdicts and truth, weighed by exact time. Only labelled time counts; nothing is sampled."""

import math
from collections.abc import Collection, Iterable

import attrs

from oma.model.health import Health
from oma.scoring.health_timeline import HealthSpan
from oma.scoring.truth import Interval

GETTING_ON = (Health.OK, Health.IDLE, Health.WAITING)
"""The states that are told apart by what the screen shows, whatever the network does."""


@attrs.frozen
class Stretch:
    """Labelled time with one verdict."""

    start_s: float
    end_s: float
    truth: Health
    verdict: Health | None
    """`None`: nothing was known of the agent."""
    rule: str

    @property
    def duration_s(self) -> float:
        """How long it is."""
        return self.end_s - self.start_s

    @property
    def is_right(self) -> bool:
        """Whether the verdict is the truth."""
        return self.verdict is self.truth


@attrs.frozen
class Delay:
    """How long after the start of an interval of truth the right verdict was there."""

    truth: Health
    start_s: float
    delay_s: float
    """0 if it was there already; infinite if it never came in that interval."""


@attrs.frozen
class Score:
    """How right the verdicts on one agent, or on several, are."""

    stretches: tuple[Stretch, ...]
    delays: tuple[Delay, ...]

    def labelled_s(self, truths: Collection[Health] = tuple(Health)) -> float:
        """Return how much time is labelled with one of `truths`."""
        return math.fsum(s.duration_s for s in self.stretches if s.truth in truths)

    def right_s(self, truths: Collection[Health] = tuple(Health)) -> float:
        """Return how much of that was told right."""
        return math.fsum(s.duration_s for s in self.stretches if s.truth in truths and s.is_right)

    def accuracy(self, truths: Collection[Health] = tuple(Health)) -> float | None:
        """Return the share of that, from 0 to 1; `None` where nothing is labelled so."""
        labelled_s = self.labelled_s(truths)
        return self.right_s(truths) / labelled_s if labelled_s else None

    def told_s(self, truth: Health, verdict: Health | None) -> float:
        """Return how much time of `truth` was told to be `verdict`: a cell of the confusion table."""
        return math.fsum(
            s.duration_s for s in self.stretches if s.truth is truth and s.verdict is verdict
        )

    def mistakes(self) -> tuple[Stretch, ...]:
        """Return the stretches that were told wrong, in order."""
        return tuple(s for s in self.stretches if not s.is_right)

    def false(self, verdict: Health) -> tuple[int, float]:
        """Return how often `verdict` was wrong, and for how many seconds."""
        wrong = [s.duration_s for s in self.mistakes() if s.verdict is verdict]
        return len(wrong), math.fsum(wrong)

    def delays_s(self, truth: Health) -> tuple[float, ...]:
        """Return the delays of the intervals of `truth`, the shortest first."""
        return tuple(sorted(d.delay_s for d in self.delays if d.truth is truth))


def weigh(intervals: Iterable[Interval], spans: Iterable[HealthSpan]) -> Score:
    """Return the score of `spans`, which cover all of the time of `intervals`."""
    told = tuple(spans)
    stretches: list[Stretch] = []
    delays: list[Delay] = []
    for interval in intervals:
        cut = _cut(interval, told)
        stretches += cut
        first = next((s.start_s for s in cut if s.is_right), math.inf)
        delays.append(Delay(interval.health, interval.start_s, first - interval.start_s))
    return Score(tuple(stretches), tuple(delays))


def together(scores: Iterable[Score]) -> Score:
    """Return one score of all the time and all the delays of `scores`."""
    parts = tuple(scores)
    return Score(
        tuple(s for part in parts for s in part.stretches),
        tuple(d for part in parts for d in part.delays),
    )


def quantile(ordered: tuple[float, ...], share: float) -> float | None:
    """Return the smallest of the values that `share` of them do not exceed; `None` of none.

    Args:
        ordered: The smallest first.
        share: Above 0, up to 1.
    """
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None


def _cut(interval: Interval, spans: tuple[HealthSpan, ...]) -> list[Stretch]:
    stretches: list[Stretch] = []
    for span in spans:
        start_s, end_s = max(span.start_s, interval.start_s), min(span.end_s, interval.end_s)
        if start_s >= end_s:
            continue
        last = stretches[-1] if stretches else None
        if last is not None and last.verdict is span.health:
            stretches[-1] = attrs.evolve(last, end_s=end_s)
        else:
            stretches.append(Stretch(start_s, end_s, interval.health, span.health, span.rule))
    return stretches
