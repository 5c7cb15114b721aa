"""The judge of one agent: evidence and time in, verdict out. No clock: time is an argument.

Every source makes claims (`oma.detection.claims`); the strongest one that counts decides. While a
stronger rule has matched but not for long enough, the opinion stays as it is. Moments at which a
claim begins or ceases to count are passed in order, so the opinion depends on the calls of `active`
and `look` and on the time, never on how often it was asked for.
"""

import copy
import math

import attrs

from oma.detection.claims import (
    PRIORITY_HEADLESS,
    PRIORITY_SILENCE,
    WHOLE_S,
    Claim,
    is_stronger_coming,
    moment,
    next_moment,
    strongest,
)
from oma.detection.error_patterns import word_patterns
from oma.detection.error_text import ErrorTextTracker
from oma.detection.evidence import Evidence
from oma.detection.evidence_items import evidence_items
from oma.detection.headless import headless_claim
from oma.detection.profile import GENERIC, Profile
from oma.detection.progress import no_progress
from oma.detection.rule_tracker import RuleTracker
from oma.detection.shells import PASSING_S, ShellReturn
from oma.detection.silence import Silence
from oma.detection.status_report import report_rule
from oma.detection.thresholds import Thresholds
from oma.detection.told_claims import ToldClaims
from oma.model.explanation import EvidenceItem, Outlook
from oma.model.health import Ending, Health, Verdict


@attrs.define
class Judge:
    """Owner of the opinion on one agent.

    In every call `t` is in seconds of the log and not less than in the call before. What the first
    look sees has stood there since the agent was last active: hold times count from then on.

    Args:
        profile: what is known of this kind of agent.
        thresholds: what the user configured.
        start_s: when the agent was last active, or first known.
        at_once: rules count as soon as they match, whatever their hold times: for one look, which
            no other one follows.

    Raises:
        ConfigError: a pattern of `thresholds` is bad.
    """

    profile: Profile
    thresholds: Thresholds
    _start_s: float
    _at_once: bool = attrs.field(default=False, kw_only=True)
    _silence: Silence = attrs.field(init=False)
    _error_text: ErrorTextTracker | None = attrs.field(default=None, init=False)
    _tracker: RuleTracker = attrs.field(init=False)
    _shell: ShellReturn = attrs.field(init=False)
    _evidence: Evidence | None = attrs.field(default=None, init=False)
    """What the last look saw."""
    _children: int = attrs.field(default=0, init=False)
    _seen: tuple[Claim, ...] = attrs.field(default=(), init=False)
    """What the last look claims; the rest is silence."""
    _told: ToldClaims = attrs.field(init=False)
    _spent_report_s: float = attrs.field(default=-math.inf, init=False)
    """When the report was made that has been outweighed."""
    _claims: tuple[Claim, ...] = attrs.field(default=(), init=False)
    _winner: Claim = attrs.field(init=False)
    _opinion: Verdict = attrs.field(init=False)
    _judged_s: float = attrs.field(init=False)
    """Less than the last activity, where that changed nothing but the end of silence."""
    _is_awake: bool = attrs.field(init=False)
    """Silence meant nothing yet when the opinion was formed."""
    _working_s: float | None = attrs.field(default=None, init=False)
    """Since when markers or reports say that it works."""
    _resting_children: int = attrs.field(default=0, init=False)
    """How many child processes it had when it was last idle: servers, not tools."""
    _known: Health | None = attrs.field(default=None, init=False)
    """What something else than silence said last of its health."""
    _due_s: float = attrs.field(default=math.inf, init=False)
    """The next moment; after an activity that was not judged it is too early at worst."""

    def __attrs_post_init__(self) -> None:
        profile, thresholds, start_s = self.profile, self.thresholds, self._start_s
        self._silence = Silence(profile.name, thresholds, start_s, bool(profile.rules))
        if profile.reads_error_patterns:
            words = word_patterns(thresholds.error_patterns)
            self._error_text = ErrorTextTracker(profile.name, words, thresholds.error_settle_s)
        self._tracker = RuleTracker(profile, start_s)
        self._told = ToldClaims(profile, start_s)
        self._shell = ShellReturn(profile.name, PASSING_S if profile.name == GENERIC else 0.0)
        self._winner = self._silence.claim(start_s)
        self._opinion = _verdict(self._winner, start_s)
        self._judged_s = start_s
        self._judge(start_s)

    def active(self, t: float) -> bool:
        """Take that the agent did something at `t`: it wrote, and not to repaint after a resize.

        Returns:
            Whether the opinion may be another now; else the deadline alone moved, to a later time.
        """
        if t < self._due_s and self._is_awake:
            self._silence.active_s = t
            return False
        self._pass_moments(t)
        self._silence.active(t)
        self._judge(t)
        return True

    def look(self, t: float, evidence: Evidence) -> bool:
        """Take what is known of the agent at `t`.

        Returns:
            Whether the screen says what it said at the last look: nothing moved but what no rule reads.
        """
        self._pass_moments(t)
        known, is_first = self._evidence, self._evidence is None
        if known is not None and evidence.is_judged_as(known):
            return True
        shown_s = min(t, moment(self._silence.active_s, WHOLE_S)) if is_first else t
        self._evidence, self._children = evidence, evidence.children
        silence, tracker = self._silence, self._tracker
        parts = tracker.parts() if silence.typed_s is not None else {}
        is_as_before = tracker.look(shown_s, evidence, is_new=self._known is None)
        silence.tell_typing(parts, tracker.parts)
        silence.look(evidence.announced, has_composer=tracker.rests, owes=tracker.owes)
        self._shell.look(t, evidence, has_remains=tracker.has_remains)
        if self._error_text is not None:
            self._error_text.look(shown_s, evidence.lines)
        self._spend_report(t)
        seen, self._seen = self._seen, self._see(t, evidence)
        is_as_before &= [claim.rule for claim in seen] == [claim.rule for claim in self._seen]
        if is_first:
            self._working_s, before = shown_s, self._opinion
            self._judge(t)
            since_s, is_same = self._winner.since_s, before.health is self._winner.health
            since_s = min(since_s, before.since_s) if is_same else since_s
            self._opinion = _verdict(self._winner, since_s)
        else:
            self._judge(t)
        return is_as_before

    @property
    def has_looked(self) -> bool:
        """Whether there was a look: before the first one only silence is judged."""
        return self._evidence is not None

    def look_back(self) -> None:
        """Go on from the evidence and claims that it was given: the rest follows from them."""
        if self._evidence is not None:
            self._tracker.look_back(self._evidence)
            if self._error_text is not None:
                self._error_text.look_back(self._evidence.lines)

    @property
    def last_evidence(self) -> Evidence | None:
        """What the last look saw."""
        return self._evidence

    @property
    def ending(self) -> Ending | None:
        """When what is believed now ends, where the screen says that."""
        return self._opinion.ending

    def is_settling(self, t: float) -> bool:
        """Say whether a rule has matched that would decide, but not for as long as it has to."""
        self._pass_moments(t)
        return is_stronger_coming(self._claims, self._winner, t)

    def verdict(self, t: float) -> Verdict:
        """Return the verdict at `t`. Total."""
        self._pass_moments(t)
        return self._opinion

    def deadline_s(self) -> float:
        """Return when the opinion has to be formed anew though nothing happens, or `inf`.

        Later than every time that was given so far.
        """
        self._settle()
        return self._due_s

    def explain(self, t: float) -> tuple[EvidenceItem, ...]:
        """Return everything that was seen, the strongest first, and why it did not decide."""
        self._pass_moments(t)
        self._settle()
        claims = (*self._silence.claims(self._known), *self._claims)
        stands_still = any(claim.reason == "no-progress" for claim in claims)
        if self._working_s is not None and not stands_still:
            claims = (*claims, self._stalled())
        return evidence_items(claims, self._winner, t, self._tracker.ignored())

    def outlook(self, t: float) -> Outlook | None:
        """Return the next opinion of another health or reason, if nothing happens after `t`."""
        self._pass_moments(t)
        self._settle()
        ahead = copy.copy(self)  # what only `active` and `look` change is shared
        known = self._opinion
        while (t := ahead.deadline_s()) < math.inf:
            opinion = ahead.verdict(t)
            if (opinion.health, opinion.reason) != (known.health, known.reason):
                return Outlook(t, opinion.health, opinion.reason, opinion.rule)
        return None

    def _settle(self) -> None:
        """Judge the last activity, where that was put off."""
        if self._judged_s < self._silence.active_s:
            self._judge(self._silence.active_s)

    def _pass_moments(self, t: float) -> None:
        if self._due_s <= t:
            self._settle()
            while self._due_s <= t:
                self._judge(self._due_s)

    def _judge(self, t: float) -> None:
        claims, silence = self._seen, self._silence
        winner = strongest(claims, t)
        if winner is not None and winner.priority > PRIORITY_SILENCE:
            self._known = winner.health
            phase = silence.phase(t, self._known)
        else:
            phase = silence.phase(t, self._known)
            winner = silence.told(phase)
        (quiet, *_), _, end_s = phase
        if winner.health is Health.OK and PRIORITY_SILENCE < winner.priority < PRIORITY_HEADLESS:
            self._working_s = t if self._working_s is None else self._working_s
            stalls_s = moment(self._progress_s, self._patience_s())
            if stalls_s <= t:
                winner = self._stalled()
                claims = (*claims, winner)
            else:  # nearly always: the claim itself is made when somebody asks for it
                end_s = min(end_s, stalls_s)
        else:
            self._working_s = None
        self._due_s = min(end_s, next_moment(claims, t))
        if not is_stronger_coming(claims, winner, t):
            since_s = self._since_s(winner, t)
            if winner is not self._winner or since_s != self._opinion.since_s:
                self._opinion = _verdict(winner, since_s)
                self._winner = winner
        self._claims, self._judged_s, self._is_awake = claims, t, quiet is Health.OK
        if self._opinion.health is Health.IDLE:
            self._resting_children = self._children

    def _since_s(self, winner: Claim, t: float) -> float:
        """Return since when the agent is as `winner` says; the same health goes on undisturbed."""
        if winner.health is self._opinion.health:
            return self._opinion.since_s
        known = (*self._claims, self._silence.claim(self._judged_s, self._known))
        was_outweighed = any(
            claim.rule == winner.rule and claim.counts(self._judged_s) for claim in known
        )
        return t if was_outweighed or winner.health is Health.OK else winner.since_s

    def _see(self, t: float, evidence: Evidence) -> tuple[Claim, ...]:
        if evidence.headless:
            run = headless_claim(self.profile.name, evidence.headless, t)
            return (run, *self._shell.claims(None))
        claims, shown_s = self._tracker.claims(), self._tracker.shown_since_s()
        if self._at_once:
            claims = tuple(attrs.evolve(each, firm_s=min(each.firm_s, t)) for each in claims)
        if self._error_text is not None:
            claims = self._error_text.claims() + claims
        if self._shell.is_back:
            claims += self._shell.claims(self._tracker.last_words())
        return claims + self._told.claims(evidence, shown_s, self._spent_report_s)

    def _spend_report(self, t: float) -> None:
        """Remember a report that has been outweighed by now: it does not come back."""
        for claim in self._seen:
            if claim.end_s <= t and claim.rule == report_rule(self.profile.name):
                self._spent_report_s = claim.since_s

    def _stalled(self) -> Claim:
        """Return the claim that it works, but gets on no more."""
        return no_progress(self.profile.name, self._progress_s, self._patience_s())

    @property
    def _progress_s(self) -> float:
        """When something new was last seen of it, or it began to work."""
        told_s = self._evidence.announced.progress_s if self._evidence else -math.inf
        return max(self._tracker.new_s, self._working_s or 0.0, told_s)

    def _patience_s(self) -> float:
        runs_tool = self._children > self._resting_children or self._tracker.runs_tool
        return self.profile.tool_no_progress_s if runs_tool else self.profile.no_progress_s


def _verdict(claim: Claim, since_s: float) -> Verdict:
    return Verdict(claim.health, claim.reason, claim.rule, claim.evidence, since_s, claim.ending)
