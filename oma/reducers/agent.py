"""One agent, folded: its panes, the judge of the one that speaks for it, and the verdict.

Process facts come before any opinion: a session that is gone or a pane that is dead has exited,
whatever its screen shows.
"""

import math
from collections.abc import Sequence

import attrs

from oma.detection.judge import Judge
from oma.detection.profile import GENERIC, Profile
from oma.detection.profile_selection import choose
from oma.detection.thresholds import Thresholds
from oma.model.events import PaneCaptured, PaneResized, PaneSeen, ProcessSample
from oma.model.health import Health, Verdict
from oma.model.ids import PaneId, SessionId
from oma.model.state import AgentState
from oma.reducers.first_look import FirstLook
from oma.reducers.pane import PaneFold
from oma.reducers.process_facts import process_ended, session_gone, unseen, unwatched
from oma.reducers.shown_dialog import ShownDialog

GONE_LINGER_S = 60.0
"""How long an agent whose session ended is still shown: long enough to be read once."""


GONE = "its tmux session is gone"
"""The evidence of that."""


@attrs.frozen
class Rules:
    """What the fold judges by: a recording carries them, so that it explains itself."""

    profiles: tuple[Profile, ...]
    thresholds: Thresholds
    forced_profile: Profile | None = None
    """Every agent is taken to be of this kind, whatever its process says."""
    at_once: bool = False
    """What there is now decides, and nothing is waited for: for one look, which no other follows."""


@attrs.define
class AgentFold:
    """One watched session; the owner of its panes and of the judge."""

    session: SessionId
    name: str
    rules: Rules
    opened_s: float
    unwatchable: str | None = None
    panes: dict[PaneId, PaneFold] = attrs.Factory(dict)
    judge: Judge | None = None
    """`None` until a pane was seen."""
    active_s: float = -math.inf
    published: Verdict | None = None
    """The verdict that the last transition carried; before `is_told`, of one that had its name."""
    is_told: bool = False
    """There was a verdict."""
    gone_s: float | None = None
    """When its session ended."""
    gone_reason: str = ""
    gone_evidence: str = ""
    scheduled_s: float = math.inf
    """The earliest deadline of this agent that the fleet has on its list."""
    scheduled_later: list[float] = attrs.Factory(list)
    """Those that the fleet has besides, each earlier than the one before."""
    _primary_pane: PaneId | None = None
    _shown: ShownDialog = attrs.Factory(ShownDialog)
    first_look: FirstLook = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.first_look = FirstLook(self.opened_s, may_be_other=not self.rules.forced_profile)

    def seen(self, t: float, event: PaneSeen) -> None:
        """Take what tmux says of a pane."""
        pane = self.panes.get(event.pane)
        if pane is None:
            pane = self.panes[event.pane] = PaneFold(seen=event, title=event.title)
        else:
            if pane.seen.title != event.title:
                pane.title = event.title
            pane.seen = event
        active_s = t if event.idle_s is None else round(t - event.idle_s, 6)
        if self.judge is None:
            self._begin(active_s, self._profile_of(pane))
        elif event.idle_s is not None:
            self._active(active_s)
        self._choose_primary_pane()
        pane.touch(t)

    def output(self, t: float, pane: PaneId, data: bytes) -> float:
        """Take what a pane printed; return when the agent is to be judged because of it."""
        fold = self.panes.get(pane)
        if fold is None:
            return math.inf
        title, report = fold.title, fold.report
        fold.output(t, data)
        if fold.title is not title or fold.report is not report:
            self._choose_primary_pane()
        if fold.counts_as_work(t) and self._active(t):
            return t
        return fold.look_due_s

    def captured(self, t: float, event: PaneCaptured) -> None:
        """Take the whole screen of a pane."""
        fold = self.panes.get(event.pane)
        if fold is not None and fold.captured(t, event):
            self._active(t)

    def lost(self, pane: PaneId) -> None:
        """Take that output of a pane may be missing: the next capture tells whether it is."""
        fold = self.panes.get(pane)
        if fold is not None:
            fold.lost()

    def resized(self, t: float, event: PaneResized) -> None:
        """Take the new size of a pane."""
        fold = self.panes.get(event.pane)
        if fold is not None:
            fold.resized(t, event.columns, event.rows)

    def closed(self, pane: PaneId) -> None:
        """Take that a pane is gone."""
        self.panes.pop(pane, None)
        self._choose_primary_pane()

    def sampled(self, t: float, sample: ProcessSample) -> None:
        """Take what the process table says of a pane."""
        if (fold := self.panes.get(sample.pane)) is None:
            return
        before, fold.sample = fold.sample, sample
        if sample.cpu_percent and self.judge and self.judge.profile.is_headless(sample.argv):
            self._active(t)
        if before is None or (before.argv, before.children) != (sample.argv, sample.children):
            self._choose_primary_pane()
            fold.touch(t)

    def ended(self, t: float, reason: str, evidence: str = GONE) -> None:
        """Take that the session is gone, or no agent any more."""
        if self.gone_s is None:
            self.gone_s = t
            self.gone_reason, self.gone_evidence = reason, evidence
            self.panes.clear()
            self._primary_pane = None

    def look(self, t: float) -> dict[PaneId, str]:
        """Let the judge see what changed, where that is due.

        Returns:
            The panes whose screen cannot be relied on any more, with the reason.
        """
        stale_screens = {}
        self.first_look.pass_time(t)
        for pane_id, pane in self.panes.items():
            if pane.look_due_s <= t and not self.first_look.awaits_screen(pane):
                evidence = pane.look(t)
                if pane.distrust is not None:
                    stale_screens[pane_id] = pane.distrust
                if pane_id == self._primary_pane and self.judge is not None:
                    self.judge.look(t, evidence)
                    self._shown.lines, self._shown.columns = evidence.lines, evidence.columns
        return stale_screens

    def verdict(self, t: float) -> Verdict | None:
        """Return what is believed at `t`; `None` while too little is known for a first verdict."""
        if self.gone_s is not None:
            return session_gone(self.gone_reason, self.gone_evidence, self.gone_s)
        pane = self.primary_pane
        if pane is None or self.judge is None:
            return self._told()
        if pane.seen.dead:
            return process_ended(pane.seen, t, self.published)
        if self.is_unwatched:
            return unwatched(self.unwatchable or "", self.opened_s)
        verdict = self.judge.verdict(t)
        return self._told() if self._is_too_soon(t, pane, self.judge, verdict) else verdict

    def _told(self) -> Verdict | None:
        return self.published if self.is_told else None

    def lacks_sample(self, t: float) -> bool:
        """Say whether a first verdict waits for nothing but a look at its processes, or will."""
        pane = self.primary_pane
        if self.is_told or pane is None or self.judge is None:
            return False
        return self.first_look.awaits_sample(pane, self.judge, self.judge.verdict(t))

    def _is_too_soon(self, t: float, pane: PaneFold, judge: Judge, verdict: Verdict) -> bool:
        """Say whether a first verdict, or one on an agent of another kind, has to wait."""
        if self.is_told or self.rules.at_once or not judge.has_looked:
            return not judge.has_looked
        return judge.is_settling(t) or self.first_look.awaits_sample(pane, judge, verdict)

    @property
    def is_unwatched(self) -> bool:
        """Nothing but its process is known: silence means nothing where nobody listens."""
        pane = self.primary_pane
        return self.unwatchable is not None and pane is not None and pane.screen is None

    def deadline_s(self) -> float:
        """Return when this agent is to be judged again though nothing happens."""
        if self.gone_s is not None:
            return round(self.gone_s + GONE_LINGER_S, 6)
        deadline_s = math.inf
        if self.judge is not None and not self.is_told:
            deadline_s = self.first_look.deadline_s()
        for pane in self.panes.values():
            if not self.first_look.awaits_screen(pane):
                deadline_s = min(deadline_s, pane.look_due_s)
        primary = self.primary_pane
        if self.judge is None or primary is None or primary.seen.dead or self.is_unwatched:
            return deadline_s
        return min(deadline_s, self.judge.deadline_s())

    @property
    def primary_pane(self) -> PaneFold | None:
        """The pane that speaks for the agent.

        The first of a known kind, else the first that is no shell waiting for commands, else the
        first. Where an agent of a known kind was, it stays: that is how it is seen to end.
        """
        return None if self._primary_pane is None else self.panes.get(self._primary_pane)

    def state(self) -> AgentState | None:
        """Return a snapshot with the last verdict that was told; `None` before a pane was seen."""
        if self.judge is None and not self.is_told:
            return None
        verdict = self._told() or unseen(self.opened_s)
        pane = self.primary_pane
        seen = pane.seen if pane is not None else None
        sample = pane.sample if pane is not None else None
        return AgentState(
            session=self.session,
            name=self.name,
            pane=self._primary_pane,
            verdict=verdict,
            profile=self.judge.profile.name if self.judge is not None else GENERIC,
            command=seen.command if seen is not None else "",
            title=pane.title if pane is not None else "",
            cwd=seen.cwd if seen is not None else "",
            pid=(seen.pid or None) if seen is not None else None,
            columns=seen.columns if seen is not None else 0,
            rows=seen.rows if seen is not None else 0,
            active_s=self.active_s,
            cpu_percent=sample.cpu_percent if sample is not None else None,
            rss_bytes=sample.rss_bytes if sample is not None else None,
            gone=self.gone_s is not None,
            dialog=self._shown.dialog() if verdict.health is Health.WAITING else None,
        )

    def _active(self, t: float) -> bool:
        """Note that the agent did something, and say whether its verdict may be another now."""
        if t <= self.active_s:
            return False
        self.active_s = t
        return self.judge is not None and self.judge.active(t)

    def _begin(self, active_s: float, profile: Profile) -> None:
        self.active_s = max(self.active_s, active_s)
        rules = self.rules
        self.judge = Judge(profile, rules.thresholds, self.active_s, at_once=rules.at_once)

    def _profile_of(self, pane: PaneFold) -> Profile:
        argv: Sequence[str] = pane.sample.argv if pane.sample is not None else ()
        if self.rules.forced_profile is not None:
            return self.rules.forced_profile
        app = pane.report.app if pane.report is not None else ""
        return choose(self.rules.profiles, pane.seen.command, tuple(argv), pane.title, app)

    def _fitting(self) -> tuple[PaneId | None, Profile | None]:
        """Return the pane that should speak for the agent, and its kind where that is known."""
        for pane_id, pane in self.panes.items():
            found = self._profile_of(pane)
            if found.name != GENERIC:
                return pane_id, found
        was_known = self.judge is not None and self.judge.profile.name != GENERIC
        if was_known and self._primary_pane in self.panes:
            return self._primary_pane, None
        busy = (pane_id for pane_id, pane in self.panes.items() if pane.runs_program)
        return next(busy, next(iter(self.panes), None)), None

    def _choose_primary_pane(self) -> None:
        primary_pane, profile = self._fitting()
        changed = primary_pane != self._primary_pane
        if changed:
            self._shown.lines = ()
        self._primary_pane = primary_pane
        judge = self.judge
        if judge is None or primary_pane is None:
            return
        if profile is not None and profile.name != judge.profile.name:
            self._begin(self.active_s, profile)
            changed = True
        if changed:
            self.panes[primary_pane].touch(self.active_s)
