"""Keeps tmux fast: takes clients off sessions that need none, as `oma.sampling` decides; these are sampled.

Nothing runs while nothing happens.
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping

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
from oma.model.ids import PaneId, SessionId
from oma.runtime.monitor.following import Following
from oma.runtime.monitor.hub import Hub
from oma.runtime.monitor.sampled_panes import SampledPanes
from oma.runtime.monitor.session_activity import SessionActivity, needs_client
from oma.sampling.answer_times import AnswerTimes
from oma.sampling.choose import (
    NOTICEABLE_CHECKS_PER_S,
    SILENT_S,
    STEADY_S,
    Limits,
    Load,
    begins_sampled,
    checks_per_s,
    choose_sampled,
)
from oma.store.store import Store
from oma.tmux.server_tracker import ServerTracker

DECIDE_EVERY_S = 1.0

MOST_AT_ONCE = 8
"""So many lose their client between two decisions."""

STEP_S = 0.15
"""Between two that lose it or have it back, so that tmux answers others: for 160 of 200 at once it took four seconds."""

LATE_S = 0.05
"""It is looked a moment after an agent has been silent for long enough."""

FEW = 10
"""So few clients cost nothing that could be felt, whatever their agents print."""

BEGAN = "to keep tmux fast: there were many agents when it was found"


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
    _activity: SessionActivity = attrs.field(init=False)
    _reasons: dict[SessionId, str] = attrs.Factory(dict)
    """Of every session that is sampled."""
    _refused: set[SessionId] = attrs.Factory(set)
    """Those that cannot be attached to."""
    _sampled_s: dict[SessionId, float] = attrs.Factory(dict)
    _changed_s: float = -math.inf
    _silent_in_s: float = math.inf
    """When the next one has been silent for so long that it needs no client."""
    _answers: AnswerTimes = attrs.Factory(AnswerTimes)
    _asked: tuple[ServerTracker, int, float] | None = None

    def __attrs_post_init__(self) -> None:
        self.panes = SampledPanes(self.store, self.following, self.hub)
        self._activity = SessionActivity(self.store)

    def hear(self, event: Event) -> None:
        """Take what tmux said of sessions and panes, after the clients were told."""
        match event:
            case SessionOpened(session, unwatchable=str(reason)):
                self.refuse(session, reason)
            case SessionClosed(session):
                self._closed(session)
            case PaneResized(pane):
                self.panes.recapture(pane)
            case PaneSeen(pane, session, dead=has_ended):
                if has_ended:
                    self.panes.recapture(pane)
                if not self.panes.knows(pane, session, self._reasons):
                    self.panes.update(self._reasons)
            case PaneClosed():
                self.panes.update(self._reasons)
            case _:
                pass

    def admits(self, session: SessionId) -> bool:
        """Say whether a session that was found gets a client now; else it is sampled."""
        rows, sessions = self.following.inventory.rows, self.following.inventory.watched_sessions
        clients = len(self.following.heard)
        if not begins_sampled(self.limits, len(rows), sessions, clients):
            return True
        self._reasons[session], self._sampled_s[session] = BEGAN, trio.current_time()
        return False

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
        self._reasons.pop(session, None)
        self._sampled_s.pop(session, None)
        self._activity.forget(session)
        self._refused.discard(session)
        self.panes.forget(session)

    def clear(self) -> None:
        """Forget everything: the server is gone."""
        for session in list(self._reasons):
            self._closed(session)
        self._activity = SessionActivity(self.store)

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
                wanted = self._decide()
                await self._give_back(self._sampled_s.keys() - wanted.keys())
                await self._take_off(wanted)

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
        """Take clients off sessions, one after the other: for each, tmux looks at every window and client.

        Args:
            reasons: Of those that are to be sampled; some of them may be already.
        """
        due = [each for each in reasons if each not in self._reasons]
        for session in due[:MOST_AT_ONCE]:
            found = map(self.store.agent_in, self.following.panes_of({session}))
            agents = [agent for agent in found if agent is not None]
            looked_at = self.looked_at()
            if session in self._refused or any(needs_client(a, looked_at) for a in agents):
                continue  # it changed meanwhile
            self._reasons[session], self._sampled_s[session] = (
                reasons[session],
                trio.current_time(),
            )
            self.following.release(session)
            self.panes.update(self._reasons)
            await trio.sleep(STEP_S)

    async def _give_back(self, sessions: Iterable[SessionId]) -> None:
        """Give sessions their clients, one after the other, as they are taken off."""
        for session in sorted(sessions):
            if session not in self._sampled_s:
                continue  # it ended meanwhile
            del self._reasons[session], self._sampled_s[session]
            self.resume(session)
            self.panes.update(self._reasons)
            await trio.sleep(STEP_S)

    def _decide(self) -> dict[SessionId, str]:
        """Return who is to be sampled, with the reason."""
        now_s = trio.current_time()
        candidates = self._activity.candidates(
            {s: n for s, n in self.following.heard.items() if s not in self._refused},
            self._sampled_s,
            self.looked_at(),
            now_s,
        )
        due_s = (
            max(SILENT_S - c.silent_s, STEADY_S - c.steady_s if c.steady_s else 0.0)
            for c in candidates
        )
        self._silent_in_s = min((each for each in due_s if each > 0), default=math.inf) + LATE_S
        panes = len(self.following.inventory.rows)
        followed = [each for each in candidates if each.sampled_s is None]
        needless = [each for each in followed if not each.needs_client]
        if not needless or checks_per_s(panes, followed, candidates) < NOTICEABLE_CHECKS_PER_S:
            self._answers.note_unwatched()
        load = Load(
            panes=panes,
            answer_ms=self._answers.median_ms,
            unwatched_ms=self._answers.unwatched_ms,
            changed_s=now_s - self._changed_s,
        )
        wanted = choose_sampled(self.limits, load, candidates)
        if wanted != self._sampled_s.keys():
            self._changed_s = now_s
            self._answers.begin_anew()
        return {
            each.session: "to keep tmux fast: it works steadily"
            if each.silent_s < STEADY_S
            else "to keep tmux fast: it is silent"
            for each in candidates
            if each.session in wanted
        }
