"""Keeps tmux fast: takes clients off sessions that need none, as `oma.sampling` decides; these are sampled.

Nothing runs while nothing happens.
"""

import math
from collections.abc import Callable, Collection, Mapping

import attrs
import trio

from oma.model.events import (
    Event,
    PaneClosed,
    PaneResized,
    PaneSeen,
    SessionClosed,
    SessionOpened,
)
from oma.model.health import Health
from oma.model.ids import AgentId, PaneId, SessionId
from oma.model.state import AgentState
from oma.runtime.monitor.following import Following
from oma.runtime.monitor.hub import Hub
from oma.runtime.monitor.sampled_panes import SampledPanes
from oma.sampling.answer_times import AnswerTimes
from oma.sampling.decide import SILENT_S, STEADY_S, Candidate, Limits, Load, choose_sampled
from oma.store.store import Store
from oma.tmux.server_tracker import ServerTracker

DECIDE_EVERY_S = 1.0

MOST_AT_ONCE = 8
"""So many lose their client between two decisions."""

TAKE_OFF_STEP_S = 0.15
"""Between two that lose it, so that tmux answers others: for 160 of 200 at once it took four seconds."""

LATE_S = 0.05
"""It is looked a moment after an agent has been silent for long enough."""

LEAST_RATE = 0.2
"""Outputs a second; less is no work."""

FEW = 10
"""So few clients cost nothing that could be felt, whatever their agents print."""

_NEED_CLIENT = frozenset({Health.WAITING, Health.STUCK})


@attrs.define
class Sampler:
    """Owner of the sampled sessions of one server.

    Args:
        store: Knows how agents are.
        following: Owns the clients.
        hub: Captures.
        limits: What clients may cost the server.
        resume: Gives a session its client again.
        looked_at: Panes that somebody looks at through `oma`.
    """

    store: Store
    following: Following
    hub: Hub
    limits: Limits
    resume: Callable[[SessionId], None]
    looked_at: Callable[[], Collection[PaneId]] = frozenset
    panes: SampledPanes = attrs.field(init=False)
    _reasons: dict[SessionId, str] = attrs.Factory(dict)
    """Of every session that is sampled."""
    _refused: set[SessionId] = attrs.Factory(set)
    """Those that cannot be attached to."""
    _sampled_s: dict[SessionId, float] = attrs.Factory(dict)
    _heard: dict[SessionId, int] = attrs.Factory(dict)
    _heard_s: float = -math.inf
    """When that was."""
    _rates: dict[SessionId, float] = attrs.Factory(dict)
    _states: dict[AgentId, tuple[Health, str]] = attrs.Factory(dict)
    _since_s: dict[AgentId, float] = attrs.Factory(dict)
    _changed_s: float = -math.inf
    _silent_in_s: float = math.inf
    """When the next one has been silent for so long that it needs no client."""
    _answers: AnswerTimes = attrs.Factory(AnswerTimes)
    _asked: tuple[ServerTracker, int, float] | None = None

    def __attrs_post_init__(self) -> None:
        self.panes = SampledPanes(self.store, self.following, self.hub)

    def hear(self, event: Event) -> None:
        """Take what tmux said of sessions and panes, after the clients were told."""
        match event:
            case SessionOpened(session, unwatchable=str(reason)):
                self.refuse(session, reason)
            case SessionClosed(session):
                self._closed(session)
            case PaneResized(pane):
                self.panes.recapture(pane)
            case PaneSeen() | PaneClosed():
                self.panes.update(self._reasons)
            case _:
                pass

    def refuse(self, session: SessionId, reason: str) -> None:
        """Sample a session that cannot be attached to; with no reason, it can again."""
        if reason:
            self._refused.add(session)
            self._reasons[session] = reason
        else:
            self._refused.discard(session)
            self._reasons.pop(session, None)
        self.panes.update(self._reasons)

    def panes_changed(self) -> None:
        """Take that agents came or went."""
        self.panes.update(self._reasons)

    def _closed(self, session: SessionId) -> None:
        for known in (self._reasons, self._sampled_s, self._heard, self._rates):
            known.pop(session, None)
        self._refused.discard(session)
        self.panes.forget(session)

    def clear(self) -> None:
        """Forget everything: the server is gone."""
        for session in {*self._reasons, *self._rates}:
            self._closed(session)
        self._states.clear()
        self._since_s.clear()

    def answered(self, tracker: ServerTracker) -> None:
        """Take what the hub was told: captures, and that it was answered."""
        if (
            self._asked is not None
            and self._asked[0] is tracker
            and tracker.answers > self._asked[1]
        ):
            self._answers.take((trio.current_time() - self._asked[2]) * 1000)
            self._asked = None
        self.panes.take(tracker)

    async def keep_fast(self) -> None:
        """Decide who is sampled, as long as something happens; for ever."""
        seq = 0
        while True:
            with trio.move_on_after(self._silent_in_s):
                await self.store.wait_newer(seq)
            self._silent_in_s = math.inf  # until that is known anew
            if self.store.seq > seq:
                seq = self.store.seq
                self._ask_answer()
                await trio.sleep(DECIDE_EVERY_S / 2)
                self._ask_answer()
                await trio.sleep(DECIDE_EVERY_S / 2)
            if self._matters:
                await self._take_off(self._decide())

    @property
    def _matters(self) -> bool:
        """Who has a client may make a difference."""
        clients = len(self.following.heard)
        return clients > FEW or self.limits.answer_ms <= 0 or bool(self._sampled_s)

    def _ask_answer(self) -> None:
        tracker = self.hub.tracker if self._matters else None
        if tracker is not None and (self._asked is None or self._asked[0] is not tracker):
            self._asked = (tracker, tracker.answers, trio.current_time())
            tracker.ask_answer()
            self.hub.send()

    async def _take_off(self, reasons: Mapping[SessionId, str]) -> None:
        """Take clients off sessions, one after the other: for each, tmux looks at every window and client."""
        for session, reason in list(reasons.items())[:MOST_AT_ONCE]:
            agents = [a for a in self.store.state.agents if a.session == session]
            if session in self._refused or any(a.verdict.health in _NEED_CLIENT for a in agents):
                continue
            self._reasons[session], self._sampled_s[session] = reason, trio.current_time()
            self.following.release(session)
            self.panes.update(self._reasons)
            await trio.sleep(TAKE_OFF_STEP_S)

    def _decide(self) -> dict[SessionId, str]:
        """Give clients back, and return who is to lose its client, with the reason."""
        now_s = trio.current_time()
        candidates = self._candidates(now_s)
        due_s = (
            max(SILENT_S - c.silent_s, STEADY_S - c.steady_s if c.steady_s else 0.0)
            for c in candidates
        )
        self._silent_in_s = min((each for each in due_s if each > 0), default=math.inf) + LATE_S
        movable = [each for each in candidates if each.may_be_sampled(self.limits)]
        if not any(each.sampled_s is None for each in movable):
            self._answers.note_unwatched()
        load = Load(
            panes=len(self.following.inventory.rows),
            answer_ms=self._answers.median_ms,
            unwatched_ms=self._answers.unwatched_ms,
            changed_s=now_s - self._changed_s,
        )
        wanted = choose_sampled(self.limits, load, candidates)
        now = self._reasons.keys() - self._refused
        if wanted == now:
            return {}
        self._changed_s = now_s
        self._answers.begin_anew()
        by_session = {each.session: each for each in candidates}
        for session in sorted(now - wanted):
            del self._reasons[session]
            self._sampled_s.pop(session, None)
            self.resume(session)
        self.panes.update(self._reasons)
        return {
            session: "to keep tmux fast: it works steadily"
            if by_session[session].silent_s < STEADY_S
            else "to keep tmux fast: it is silent"
            for session in sorted(wanted - now)
        }

    def _candidates(self, now_s: float) -> list[Candidate]:
        heard = self.following.heard
        passed_s, self._heard_s = max(DECIDE_EVERY_S, now_s - self._heard_s), now_s
        for session, count in heard.items():
            rate = (count - self._heard.get(session, count)) / passed_s
            rate = 0.6 * self._rates.get(session, rate) + 0.4 * rate
            self._rates[session] = rate if rate >= LEAST_RATE else 0.0
        self._heard = dict(heard)
        agents: dict[SessionId, list[AgentState]] = {}
        for agent in self.store.state.agents:
            agents.setdefault(agent.session, []).append(agent)
            state = agent.verdict.health, agent.verdict.reason
            if self._states.get(agent.id) != state:
                self._states[agent.id], self._since_s[agent.id] = state, now_s
        sampled = self._reasons.keys() - self._refused
        return [
            self._candidate(session, agents.get(session, []), now_s)
            for session in sorted(heard.keys() | sampled)
            if session not in self._refused
        ]

    def _candidate(self, session: SessionId, agents: list[AgentState], now_s: float) -> Candidate:
        looked_at = self.looked_at()
        needs = [
            each
            for each in agents
            if (each.verdict.health in _NEED_CLIENT and each.verdict.reason != "silent")
            or each.verdict.reason == "unseen"
            or each.verdict.rule.endswith("/report")  # which captures do not show
            or each.pane in looked_at
        ]
        since_s = max((self._since_s[each.id] for each in agents), default=now_s)
        active_s = max((each.active_s for each in agents), default=0.0)
        sampled_s = self._sampled_s.get(session)
        return Candidate(
            session=session,
            outputs_per_s=self._rates.get(session, 0.0),
            steady_s=0.0 if needs else now_s - since_s,
            silent_s=max(0.0, self.store.clock() - active_s),
            sampled_s=None if sampled_s is None else now_s - sampled_s,
        )
