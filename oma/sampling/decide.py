"""Decides which sessions are looked at by captures instead of by a control client of their own.

Each turn of its loop, the tmux server asks every attached client about every pane; it takes a turn for
each output of a pane, and another one for each that it writes to a client. So what our clients cost is
panes x clients x outputs (`checks_per_s`), and the fewer clients there are, the less each output costs.

Two thresholds each keep agents from going back and forth: more than `most_checks_per_s` takes clients off
until half of it is left, and no client comes back that would exceed that half; a slow answer does
the same, and nothing comes back before answers are fast again.
"""

from collections.abc import Iterable

import attrs

from oma.model.ids import SessionId

STEADY_S = 10.0
"""An agent works steadily, or is silent, that has been in one state for so long."""

PAUSE_S = 1.5
"""One that printed nothing for so long is not at work; for `STEADY_S`, one that is sampled."""

EAGER_S = 2.0
"""The same, where every agent that works is to be sampled."""

SILENT_S = 180.0
"""One that printed nothing for so long needs no client: that it prints is told by tmux."""

NOTICEABLE_CHECKS_PER_S = 500_000
"""Fewer are a hundredth of a core: that tmux is slow has other causes."""

CHECKS_PER_MS = 300_000
"""Checks in a second for each millisecond that an answer may take."""

SETTLE_S = 3.0
"""How long it takes until answers tell what the last change did."""

GIVE_AFTER_S = 15.0
"""How long an agent is sampled at least, unless it needs its client."""


@attrs.frozen
class Limits:
    """What our clients may cost the server."""

    answer_ms: float = 10.0
    """Answers are to take no longer, or no longer than twice what they do without our clients; 0: no agent
    that works steadily has a client."""
    most_checks_per_s: float = attrs.Factory(
        lambda self: CHECKS_PER_MS * self.answer_ms, takes_self=True
    )
    """At 3 million, some four hundredths of a core."""

    @property
    def steady_s(self) -> float:
        """How long an agent works in one state before it may be sampled."""
        return STEADY_S if self.answer_ms > 0 else EAGER_S


@attrs.frozen
class Candidate:
    """A session with agents, as far as it matters to who has a client."""

    session: SessionId
    outputs_per_s: float
    """While it had its client."""
    steady_s: float
    """How long all of its agents have worked, or been silent, in one state; 0 where one of them waits or
    failed, or is looked at: it needs its client."""
    silent_s: float
    """How long none of them printed anything."""
    sampled_s: float | None = None
    """How long it has been sampled; `None` where it has its client."""

    def may_be_sampled(self, limits: Limits) -> bool:
        """Say whether it needs no client."""
        if self.is_silent:
            return True
        pause_s = PAUSE_S if self.sampled_s is None else STEADY_S
        at_work = self.outputs_per_s > 0 and self.silent_s < pause_s
        return self.steady_s >= limits.steady_s and at_work

    @property
    def is_silent(self) -> bool:
        """It needs no client, whatever that costs: each attached client is a timer of the server's."""
        return self.silent_s >= SILENT_S and self.steady_s >= STEADY_S


@attrs.frozen
class Load:
    """What tmux has to do, and how it does."""

    panes: int
    """Of the server."""
    answer_ms: float | None = None
    """How long answers took of late (median); `None` where that is not known."""
    unwatched_ms: float | None = None
    """The same, when no client could be taken off."""
    changed_s: float = 1e9
    """How long ago clients were taken off or given back."""


def checks_per_s(panes: int, followed: Iterable[Candidate], every: Iterable[Candidate]) -> float:
    """Return how often a second the server asks our clients about its panes.

    Args:
        panes: Of the server.
        followed: Those with a client.
        every: All, with those that are sampled.
    """
    clients = list(followed)
    turns = sum(each.outputs_per_s for each in every) + sum(c.outputs_per_s for c in clients)
    return panes * len(clients) * turns


def choose_sampled(
    limits: Limits, load: Load, sessions: Iterable[Candidate]
) -> frozenset[SessionId]:
    """Return the sessions that are to be sampled from now on."""
    every = sorted(sessions, key=_steadiest_first)
    movable = [each for each in every if each.may_be_sampled(limits)]
    if limits.answer_ms <= 0:
        return frozenset(each.session for each in movable)
    sampled = [each for each in movable if each.is_silent or each.sampled_s is not None]
    followed = [each for each in every if each not in sampled]
    checks = checks_per_s(load.panes, followed, every)
    limit_ms = max(limits.answer_ms, 2 * (load.unwatched_ms or 0.0))
    is_slow = (
        load.answer_ms is not None
        and load.answer_ms > limit_ms
        and checks >= NOTICEABLE_CHECKS_PER_S
        and load.changed_s >= SETTLE_S
    )
    half = limits.most_checks_per_s / 2
    if is_slow or checks > limits.most_checks_per_s:
        target = min(half, checks / 2)
        for each in [each for each in movable if each not in sampled]:
            if checks_per_s(load.panes, followed, every) <= target:
                break
            followed.remove(each)
            sampled.append(each)
    elif load.answer_ms is None or load.answer_ms <= limit_ms / 2:
        most = max(1, len(sampled) // 8) if load.changed_s >= SETTLE_S else 0
        due = [
            each
            for each in reversed(sampled)
            if not each.is_silent and (each.sampled_s or 0.0) >= GIVE_AFTER_S
        ]
        for each in due[:most]:
            if checks_per_s(load.panes, [*followed, each], every) > half:
                break
            followed.append(each)
            sampled.remove(each)
    return frozenset(each.session for each in sampled)


def _steadiest_first(candidate: Candidate) -> tuple[float, float, int]:
    return -candidate.silent_s, -candidate.steady_s, int(candidate.session[1:])
