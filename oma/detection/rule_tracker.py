"""The rule tracker: which rules match the screen, since when, and so what they claim.

A rule has to match for its hold time before it counts, and counts for a moment after it ceased to
match: a frame that is drawn in parts changes no verdict. A question is gone at once where a composer
stands in its place. A rule that lingers goes on for longer,
until the agent is seen to get on, to rest or to ask: between two tries no retry line is shown. An
error that is not tried again has to come with its content: on content that was there before it is
an old error that came to light again, because a user took back what followed it.
"""

import math
from collections.abc import Callable
from functools import lru_cache, partial

import attrs

from oma.detection.claims import Claim, moment
from oma.detection.endings import ending_of, is_same_ending
from oma.detection.evidence import Evidence
from oma.detection.hold_times import HoldTimes
from oma.detection.mask import mask
from oma.detection.matching import Matcher
from oma.detection.message_lines import dialog_rows, limit_lines, message_rows
from oma.detection.patterns import REMEMBERED_FINDS
from oma.detection.profile import Profile, Rule, RuleState
from oma.detection.progress import News
from oma.detection.scope import TITLE_ROW, MarkedScreen
from oma.detection.screen_reading import ScreenReader
from oma.detection.silence import Parts
from oma.detection.track import Track, claim_of

RELEASE_S = 0.1
"""How long a rule that ceased to match still counts: a torn frame is whole again by then."""

TORN_S = 0.4
"""How long a question that went still counts while nothing has taken its place: on a busy machine
programs that clear what they draw anew take so long for a frame."""

FRESH_S = 0.5
"""An error may show so long after its content: agents draw it before they take down their signs of
work."""


@attrs.define
class RuleTracker:
    """Owner of what the rules of one profile saw of one agent."""

    _profile: Profile
    _start_s: float
    _matcher: Matcher = attrs.field(init=False)
    _places: dict[str, int] = attrs.field(init=False)
    """Of each rule among those of the profile, by its name."""
    _states: dict[str, RuleState] = attrs.field(init=False)
    """Of each rule, by its name."""
    _news: News = attrs.field(init=False)
    _holds: HoldTimes = attrs.field(factory=HoldTimes, init=False)
    runs_tool: bool = attrs.field(default=False, init=False)
    """The screen says that a tool runs."""
    _tracks: dict[str, Track] = attrs.field(factory=dict, init=False)
    """By the names of rules, in the order of the profile."""
    _shown: Evidence | None = attrs.field(default=None, init=False)
    _reader: ScreenReader = attrs.field(init=False)
    _marked: MarkedScreen | None = attrs.field(default=None, init=False)
    """Everything that decides where rules match, at the last look."""
    _past: dict[str, str] = attrs.field(factory=dict, init=False)
    """What each rule found last, masked, of those that matched before and do not now."""
    _found: dict[str, tuple[Rule, int]] = attrs.field(factory=dict, init=False)
    """The rules that match, by their names, each with its row."""
    _dialog: tuple[int, ...] = attrs.field(default=(), init=False)
    """The rows of what the agent asks."""
    _claims: tuple[Claim, ...] | None = attrs.field(default=None, init=False)
    """What the rules claim; `None` where some track changed since that was told."""
    _since_s: dict[RuleState, float] = attrs.field(factory=dict, init=False)
    """As `shown_since_s` returns it, while `_claims` holds."""

    def __attrs_post_init__(self) -> None:
        rules = self._profile.every_rule
        self._matcher = Matcher(self._profile)
        self._reader = ScreenReader(self._profile)
        self._places = {rule.name: place for place, rule in enumerate(rules)}
        self._states = {rule.name: rule.state for rule in rules}
        self._news = News(self._profile, self._start_s)

    @property
    def new_s(self) -> float:
        """When the bottom of the screen last showed something new."""
        return self._news.new_s

    @property
    def rests(self) -> bool:
        """Say whether a composer stands on the screen."""
        return self._marked is not None and self._marked.has_composer

    @property
    def owes(self) -> bool:
        """Say whether what the user sent is the last thing above the composer."""
        return self._marked is not None and self._marked.owes

    def parts(self) -> Parts:
        """Return the last lines of each part of the screen."""
        return {} if self._shown is None else self._reader.parts(self._shown)

    @property
    def has_remains(self) -> bool:
        """Say whether what an agent left stands above the prompt of a shell."""
        return self._marked is not None and self._marked.has_remains

    def look(self, t: float, evidence: Evidence, *, is_new: bool = False) -> bool:
        """Take the evidence at `t`; say whether rules find in it what they found before, text aside.

        `is_new` says that nothing but silence has said anything of the agent yet.
        """
        if self._shown is not None and self._shown.looks_like(evidence):
            return True
        before = self._marked
        self.look_back(evidence)
        self._news.look(t, evidence.lines)
        missed = [name for name in self._tracks if name not in self._found]
        is_whole = evidence.is_whole
        for rule, row in self._found.values():
            line = evidence.title if row == TITLE_ROW else self._reader.text(evidence, row)
            text, track = _squeezed(line), self._tracks.get(rule.name)
            if track is None or t < track.firm_s or not track.stands(row, text):
                firm_s = partial(self._holds.firm_s, t, rule, is_whole=is_whole, is_new=is_new)
                self._hit(t, rule, row, text, firm_s)
            if rule.state is RuleState.STUCK or rule.state is RuleState.WAITING:
                self._read_ending(t, rule, evidence)
        if missed:
            may_linger = self._news.content_s < t and not self._rests_or_asks()
            for name in missed:
                rule = self._profile.every_rule[self._places[name]]
                self._miss(t, rule, may_linger=may_linger)
        return self._marked is before

    def look_back(self, evidence: Evidence) -> None:
        """Take the evidence as seen: where rules match follows from it, and no news."""
        self._shown = evidence
        marked = self._reader.read(evidence)
        if marked is not self._marked:
            self._marked, self._dialog = marked, dialog_rows(marked)
            rows = zip(self._profile.every_rule, self._matcher.rows(marked), strict=True)
            self._found = {rule.name: (rule, row) for rule, row in rows if row is not None}
            tool = self._profile.index.mark(self._profile.tool)
            self.runs_tool = any(marks & tool for marks in marked.marks) if tool else False

    def claims(self) -> tuple[Claim, ...]:
        """Return what the rules claim, in the order of the profile; last words are no claim."""
        if self._claims is None:
            self._claims, self._since_s = self._told(is_old=False), self._shown_since_s()
        return self._claims

    def ignored(self) -> tuple[Claim, ...]:
        """Return what would be claimed if it were not old."""
        return self._told(is_old=True)

    def shown_since_s(self) -> dict[RuleState, float]:
        """Return of each state since when rules for it match without a break, where some do now."""
        if self._claims is None:
            self.claims()
        return self._since_s

    def _shown_since_s(self) -> dict[RuleState, float]:
        since_s: dict[RuleState, float] = {}
        for name, track in self._tracks.items():
            if track.ceased_s is None:
                state = self._states[name]
                since_s[state] = min(track.since_s, since_s.get(state, math.inf))
        return since_s

    def last_words(self) -> str | None:
        """Return what a rule for the end of the agent finds on the screen."""
        standing = (
            (self._places[name], track.text)
            for name, track in self._tracks.items()
            if track.ceased_s is None and self._states[name] is RuleState.EXITED
        )
        return min(standing, default=(0, None))[1]

    def _was_taken_back(self, rule: Rule, text: str) -> bool:
        """Say whether an error stands again because the user took back what followed it.

        What was taken back is a draft again.
        """
        has_draft = self._marked is not None and self._marked.has_draft
        return has_draft and self._past.get(rule.name) == mask(text)

    def _rests_or_asks(self) -> bool:
        states = {self._states[name] for name in self._found}
        rests = RuleState.IDLE in states and RuleState.WORKING not in states
        return rests or RuleState.WAITING in states

    def _told(self, *, is_old: bool) -> tuple[Claim, ...]:
        if not self._tracks:
            return ()
        told = []
        for name, track in self._tracks.items():
            rule = self._profile.every_rule[self._places[name]]
            if track.is_old is is_old and rule.state is not RuleState.EXITED:
                if track.claim is None:
                    track.claim = claim_of(self._profile.name, rule, track)
                told.append(track.claim)
        return tuple(told)

    def _hit(
        self, t: float, rule: Rule, row: int, text: str, firm_s: Callable[[float], float]
    ) -> None:
        """Take that a rule matches; `firm_s` tells from when on one counts that matches since the moment it is given."""
        track = self._live_track(t, rule)
        if track is None:
            is_final = rule.state is RuleState.STUCK and not rule.linger_s
            is_old = is_final and (
                t > moment(self._news.content_s, FRESH_S) or self._was_taken_back(rule, text)
            )
            self._tracks[rule.name] = Track(t, row, text, is_old, firm_s(t))
            places = self._places
            self._tracks = dict(sorted(self._tracks.items(), key=lambda each: places[each[0]]))
            self._claims = None
        elif track.is_old and mask(track.text) != mask(text):
            held_s = moment(t, rule.hold_s)
            self._tracks[rule.name] = Track(t, row, text, is_old=False, firm_s=held_s)
            self._claims = None
        elif (track.row, track.text, track.end_s) != (row, text, math.inf) or t < track.firm_s:
            track.row, track.text = row, text
            track.ceased_s, track.end_s = None, math.inf
            if t < track.firm_s:
                track.firm_s = firm_s(track.since_s)
            track.claim = self._claims = None

    def _read_ending(self, t: float, rule: Rule, evidence: Evidence) -> None:
        screen, track, text = self._marked, self._tracks[rule.name], self._reader.text
        if screen is None:
            return
        if rule.state is RuleState.STUCK:
            message = tuple(text(evidence, row) for row in message_rows(screen, track.row))
        elif rule.state is RuleState.WAITING and rule.reason != "permission":
            message = limit_lines(screen, self._dialog, partial(text, evidence))
        else:
            return
        if message == track.message:
            return
        track.message, before = message, track.ending
        track.ending = ending_of(message, t)
        if is_same_ending(before, track.ending):
            track.ending = before
        else:
            track.claim = self._claims = None

    def _miss(self, t: float, rule: Rule, *, may_linger: bool) -> None:
        self._claims = None
        track = self._live_track(t, rule)
        if track is None:
            return
        if self._holds.missed(t, rule, track.since_s):
            del self._tracks[rule.name]
        elif track.ceased_s is None or not may_linger or rule.state is RuleState.WAITING:
            if track.ceased_s is None:
                track.ceased_s = t
                self._past[rule.name] = mask(track.text)
            linger_s = max(self._release_s(rule, track), rule.linger_s if may_linger else 0.0)
            track.end_s = min(track.end_s, max(t, moment(track.ceased_s, linger_s)))
            track.claim = None

    def _release_s(self, rule: Rule, track: Track) -> float:
        """Return how long a rule that ceased to match still counts, if it does not linger.

        No frame of a dialog that is drawn in parts shows a composer: it was answered. A sign of
        work or rest says so, too, but for one that stood beside the question.
        """
        if rule.state is not RuleState.WAITING:
            return RELEASE_S
        if self.rests:
            return 0.0
        shown = {RuleState.WORKING, RuleState.IDLE}
        signs = (name for name, (other, _) in self._found.items() if other.state in shown)
        is_answered = any(self._tracks[name].since_s > track.since_s for name in signs)
        return RELEASE_S if is_answered else TORN_S

    def _live_track(self, t: float, rule: Rule) -> Track | None:
        track = self._tracks.get(rule.name)
        if track is not None and t >= track.end_s:
            del self._tracks[rule.name]
            self._claims = None
            return None
        return track


@lru_cache(REMEMBERED_FINDS)
def _squeezed(line: str) -> str:
    return " ".join(line.split())
