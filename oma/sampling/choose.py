"""Decides which sessions are looked at by captures instead of by a control client of their own.

Each turn of its loop, the tmux server asks every attached client about every pane; it takes a turn for
each output of a pane, and another one for each that it writes to a client. So what our clients cost is
panes x clients x outputs (`checks_per_s`), and the fewer clients there are, the less each output costs.

Where all of them would cost too much, sessions begin without (`begins_sampled`) and get theirs as there is room. Who needs
its client has it, whatever that costs; then come those that changed lately, the last one first; then those that are steady.

Two thresholds each keep agents from going back and forth: more than `most_checks_per_s` takes clients off steady
ones until half of it is left, and no client of a steady one comes back that would exceed that half; a slow answer does
the same, and nothing comes back before answers are fast again. Those that changed lately have three quarters.
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
"""How long an agent that is steady is sampled at least."""

GIVEN_AT_ONCE = 8
"""So many clients come back with one decision: each that attaches holds up the server for milliseconds."""

ASSUMED_PER_S = 10.0
"""Outputs of an agent at work, where nothing is known of it yet."""


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
    """How long all of its agents have worked, or been silent, in one state."""
    silent_s: float
    """How long none of them printed anything."""
    sampled_s: float | None = None
    """How long it has been sampled; `None` where it has its client."""
    needs_client: bool = False
    """One of its agents waits or failed, or is looked at."""

    def may_be_sampled(self, limits: Limits) -> bool:
        """Say whether it is steady, and so needs no client."""
        if self.needs_client or self.is_silent:
            return self.is_silent
        pause_s = PAUSE_S if self.sampled_s is None else STEADY_S
        at_work = self.outputs_per_s > 0 and self.silent_s < pause_s
        return self.steady_s >= limits.steady_s and at_work

    @property
    def is_silent(self) -> bool:
        """It needs no client, whatever that costs: each attached client is a timer of the server's."""
        is_still = self.silent_s >= SILENT_S and self.steady_s >= STEADY_S
        return is_still and not self.needs_client


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
    clients = [each.outputs_per_s for each in followed]
    return panes * len(clients) * (sum(each.outputs_per_s for each in every) + sum(clients))


def begins_sampled(limits: Limits, panes: int, sessions: int, clients: int) -> bool:
    """Say whether a session that was found begins without a client.

    Args:
        limits: What clients may cost; without a budget (0), what they may by default.
        panes: Of the server.
        sessions: With agents, this one among them; how busy they are is not known, so it is assumed.
        clients: There are already.
    """
    most = (limits if limits.answer_ms > 0 else Limits()).most_checks_per_s
    turns = ASSUMED_PER_S * (sessions + clients + 1)
    return panes * (clients + 1) * turns > most


def choose_sampled(
    limits: Limits, load: Load, sessions: Iterable[Candidate]
) -> frozenset[SessionId]:
    """Return the sessions that are to be sampled from now on."""
    every = sorted(sessions, key=_steadiest_first)
    chosen = _Choice(limits, load, every).sampled()
    back = [c for c in every if c.sampled_s is not None and c.session not in chosen]
    back.sort(key=_most_urgent_first)
    return chosen | {each.session for each in back[GIVEN_AT_ONCE:]}


@attrs.define
class _Choice:
    """One decision; `off` is what comes of it."""

    limits: Limits
    load: Load
    every: list[Candidate]
    """The steadiest first."""
    steady: list[Candidate] = attrs.field(init=False)
    off: dict[SessionId, Candidate] = attrs.Factory(dict)
    followed: dict[SessionId, Candidate] = attrs.Factory(dict)

    def __attrs_post_init__(self) -> None:
        self.steady = [each for each in self.every if each.may_be_sampled(self.limits)]

    def sampled(self) -> frozenset[SessionId]:
        """Return those that are to be sampled."""
        if self.limits.answer_ms <= 0:
            return frozenset(each.session for each in self.steady)
        for each in self.every:
            stays_off = each.sampled_s is not None and not each.needs_client
            (self.off if each.is_silent or stays_off else self.followed)[each.session] = each
        most, checks = self.limits.most_checks_per_s, self._checks()
        load, limit_ms = self.load, max(self.limits.answer_ms, 2 * (self.load.unwatched_ms or 0.0))
        is_slow = (
            load.answer_ms is not None
            and load.answer_ms > limit_ms
            and checks >= NOTICEABLE_CHECKS_PER_S
            and load.changed_s >= SETTLE_S
        )
        if is_slow or checks > most:
            self._take(self.steady, min(most / 2, checks / 2))
            if self._checks() > most:
                self._take([c for c in self.every if not c.needs_client], most * 3 / 4)
        else:
            self._give_changed(most * 3 / 4)
            if load.answer_ms is None or load.answer_ms <= limit_ms / 2:
                self._give_steady(most / 2)
        return frozenset(self.off)

    def _checks(self, *more: Candidate) -> float:
        return checks_per_s(self.load.panes, [*self.followed.values(), *more], self.every)

    def _take(self, candidates: Iterable[Candidate], most: float) -> None:
        for each in [each for each in candidates if each.session in self.followed]:
            if self._checks() <= most:
                break
            self._take_off(each)

    def _take_off(self, candidate: Candidate) -> None:
        self.off[candidate.session] = self.followed.pop(candidate.session)

    def _give(self, candidate: Candidate) -> None:
        self.followed[candidate.session] = self.off.pop(candidate.session)

    def _give_changed(self, most: float) -> None:
        """Give clients back to those that changed lately, also in the place of steady ones."""
        steady = {each.session for each in self.steady}
        places = [each for each in self.steady if each.session in self.followed]
        changed = [c for c in self.every if c.session in self.off and c.session not in steady]
        for each in reversed(changed):
            if self._checks(each) > most:
                if not places:
                    break
                self._take_off(places.pop(0))
            self._give(each)

    def _give_steady(self, most: float) -> None:
        due = [
            each
            for each in reversed(self.steady)
            if each.session in self.off
            and not each.is_silent
            and (each.sampled_s or 0.0) >= GIVE_AFTER_S
        ]
        at_once = max(1, len(self.off) // 8) if self.load.changed_s >= SETTLE_S else 0
        for each in due[:at_once]:
            if self._checks(each) > most:
                break
            self._give(each)


def _steadiest_first(candidate: Candidate) -> tuple[float, float, int]:
    return -candidate.silent_s, -candidate.steady_s, int(candidate.session[1:])


def _most_urgent_first(candidate: Candidate) -> tuple[bool, float, int]:
    return not candidate.needs_client, candidate.steady_s, int(candidate.session[1:])
