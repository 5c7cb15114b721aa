"""One agent, folded: its panes, the judge of the one that speaks for it, and the verdict.

An agent is one pane; or a session as a whole, of whose panes the one in which an agent was found
speaks for it, else the one that looks like it.

Process facts come before any opinion: a session that is gone or a pane that is dead has exited,
whatever its screen shows.
"""

import math

import attrs

from oma.detection.judge import Judge
from oma.detection.profile import GENERIC, Profile
from oma.model.events import AgentFound, PaneCaptured, PaneResized, PaneSeen, ProcessSample
from oma.model.health import Health, Verdict
from oma.model.ids import AgentId, PaneId, SessionId
from oma.reducers.first_look import FirstLook
from oma.reducers.pane import PaneFold
from oma.reducers.process_facts import process_ended, program_left, session_gone, unwatched
from oma.reducers.rules import Rules
from oma.reducers.shown_dialog import ShownDialog
from oma.reducers.speaker import headless_line, kind_of, speaker

GONE_LINGER_S = 60.0
"""How long an agent whose session ended is still shown: long enough to be read once."""

GONE = "its tmux session is gone"
"""The evidence of that."""


@attrs.define
class AgentFold:
    """One agent; the owner of its panes and of the judge."""

    id: AgentId
    session: SessionId
    session_name: str
    rules: Rules
    opened_s: float
    unwatchable: str | None = None
    name: str = attrs.Factory(lambda self: self.session_name, takes_self=True)
    names: tuple[str, ...] = ()
    """All that name it and no other agent."""
    found: AgentFound | None = None
    """Of the pane that speaks for it, while there is that pane."""
    panes: dict[PaneId, PaneFold] = attrs.Factory(dict)
    judge: Judge | None = None
    """`None` until a pane was seen."""
    active_s: float = -math.inf
    published: Verdict | None = None
    """The verdict that the last transition carried; before `is_told`, of one that had its name."""
    is_told: bool = False
    """There was a verdict."""
    left_s: float | None = None
    """Since when nothing of it runs in its pane."""
    told_s: float = 0.0
    """When the last transition was told."""
    gone_s: float | None = None
    """When its session ended."""
    gone_reason: str = ""
    gone_evidence: str = ""
    scheduled_s: float = math.inf
    """The earliest deadline of this agent that the fleet has on its list."""
    scheduled_later: list[float] = attrs.Factory(list)
    """Those that the fleet has besides, each earlier than the one before."""
    _primary_pane: PaneId | None = None
    _last_project_and_branch: tuple[str, str] = ("", "")
    shown: ShownDialog = attrs.Factory(ShownDialog)
    first_look: FirstLook = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.first_look = FirstLook(self.opened_s, may_be_other=not self.rules.forced_profile)

    def become(self, agent: AgentId) -> None:
        """Take another id: the fleet's list of deadlines knows nothing of it yet."""
        self.id = agent
        self.scheduled_s = math.inf
        self.scheduled_later.clear()

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
            self._begin(active_s, kind_of(self.rules, pane, self.found))
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
        counts = self.found is None or pane == self._primary_pane
        if counts and fold.counts_as_work(t) and self._active(t):
            return t
        return fold.look_due_s

    def captured(self, t: float, event: PaneCaptured) -> None:
        """Take the whole screen of a pane."""
        if (fold := self.panes.get(event.pane)) is not None and fold.captured(t, event):
            self._active(t)

    def lost(self, pane: PaneId) -> None:
        """Take that output of a pane may be missing: the next capture tells whether it is."""
        if (fold := self.panes.get(pane)) is not None:
            fold.lost()

    def resized(self, t: float, event: PaneResized) -> None:
        """Take the new size of a pane."""
        if (fold := self.panes.get(event.pane)) is not None:
            fold.resized(t, event.columns, event.rows)

    def closed(self, pane: PaneId) -> None:
        """Take that a pane is gone."""
        self.panes.pop(pane, None)
        if self.found is not None and self.found.pane == pane:
            self.found = None
        self._choose_primary_pane()

    def find(self, t: float, event: AgentFound) -> None:
        """Take that an agent runs in a pane of this one, which speaks for it from now on."""
        self.found, self.left_s = event, None
        if self.judge is None:
            self._begin(t, kind_of(self.rules, self.panes[event.pane], event))
        self._choose_primary_pane()
        self.panes[event.pane].touch(t)

    def sampled(self, t: float, sample: ProcessSample) -> None:
        """Take what the process table says of a pane."""
        if (fold := self.panes.get(sample.pane)) is None:
            return
        before, fold.sample = fold.sample, sample
        kept = attrs.evolve(sample, cpu_percent=None, rss_bytes=0)
        if before is None or attrs.evolve(before, cpu_percent=None, rss_bytes=0) != kept:
            self._choose_primary_pane()
            fold.touch(t)

    def ended(self, t: float, reason: str, evidence: str = GONE) -> None:
        """Take that the session is gone, or no agent any more."""
        if self.gone_s is None:
            self.gone_s, self.gone_reason, self.gone_evidence = t, reason, evidence
            self._last_project_and_branch = self.project_and_branch
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
                    line = headless_line(self.judge.profile, pane, self.found)
                    evidence = attrs.evolve(evidence, headless=line) if line else evidence
                    pane.looked(is_as_before=self.judge.look(t, evidence))
                    self.shown.lines, self.shown.columns = evidence.lines, evidence.columns
        return stale_screens

    def verdict(self, t: float) -> Verdict | None:
        """Return what is believed at `t`; `None` while too little is known for a first verdict."""
        if self.gone_s is not None:
            return session_gone(self.gone_reason, self.gone_evidence, self.gone_s)
        pane = self.primary_pane
        if pane is None or self.judge is None:
            return self.told
        if pane.seen.dead:
            return process_ended(pane.seen, t, self.published)
        if self.left_s is not None:
            return program_left(self.left_s)
        if self.is_unwatched:
            return unwatched(self.unwatchable or "", self.opened_s)
        verdict = self.judge.verdict(t)
        return self.told if self._is_too_soon(t, pane, self.judge, verdict) else verdict

    @property
    def told(self) -> Verdict | None:
        """The last verdict that was told of this agent."""
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

    def deadline_s(self, due_s: float = -math.inf) -> float:
        """Return when this agent is to be judged again though nothing happens; or what is no later than `due_s`."""
        if self.gone_s is not None:
            return round(self.gone_s + GONE_LINGER_S, 6)
        deadline_s = self.leaves_s
        if self.judge is not None and not self.is_told:
            deadline_s = min(deadline_s, self.first_look.deadline_s())
        for pane in self.panes.values():
            if not self.first_look.awaits_screen(pane):
                deadline_s = min(deadline_s, pane.look_due_s)
        if deadline_s <= due_s:
            return deadline_s
        primary, unasked = self.primary_pane, self.left_s is not None or self.is_unwatched
        if self.judge is None or primary is None or primary.seen.dead or unasked:
            return deadline_s  # where no judge is asked its moments do not pass
        return min(deadline_s, self.judge.deadline_s())

    @property
    def title(self) -> str:
        """Of the pane that speaks for it; the same object until it is set anew."""
        pane = self.primary_pane
        return "" if pane is None else pane.title

    @property
    def project_and_branch(self) -> tuple[str, str]:
        """Of the pane that speaks for it; the last ones, where it has ended."""
        pane = self.primary_pane
        return self._last_project_and_branch if pane is None else pane.project_and_branch

    @property
    def is_session(self) -> bool:
        """A session as a whole is the agent."""
        return self.id[:1] == "$"

    @property
    def leaves_s(self) -> float:
        """When it is listed no more: some time after it ended; infinite where it is a session."""
        told = self.told
        ended = told is not None and told.health is Health.EXITED
        if self.gone_s is not None or self.is_session or not ended:
            return math.inf
        return round(self.told_s + self.rules.linger_s, 6)

    @property
    def primary_pane(self) -> PaneFold | None:
        """The pane that speaks for the agent; `speaker` says which one."""
        return None if self._primary_pane is None else self.panes.get(self._primary_pane)

    def _active(self, t: float) -> bool:
        """Note that the agent did something, and say whether its verdict may be another now."""
        if t <= self.active_s:
            return False
        self.active_s = t
        return self.judge is not None and self.judge.active(t)

    def _begin(self, active_s: float, profile: Profile) -> None:
        self.active_s = max(self.active_s, active_s)
        thresholds, at_once = self.rules.thresholds, self.rules.at_once
        self.judge = Judge(profile, thresholds, self.active_s, at_once=at_once)

    def _choose_primary_pane(self) -> None:
        primary_pane, profile = speaker(
            self.rules,
            self.panes,
            self.found,
            self._primary_pane,
            was_known=self.judge is not None and self.judge.profile.name != GENERIC,
        )
        changed = primary_pane != self._primary_pane
        if changed:
            self.shown.lines = ()
        self._primary_pane = primary_pane
        judge = self.judge
        if judge is None or primary_pane is None:
            return
        if profile is not None and profile.name != judge.profile.name:
            self._begin(self.active_s, profile)
            changed = True
        if changed:
            self.panes[primary_pane].touch(self.active_s)
