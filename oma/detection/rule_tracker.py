"""The rule tracker: which rules match the screen, since when, and so what they claim.

A rule has to match for its hold time before it counts, and counts for a moment after it ceased to
match: a frame that is drawn in parts changes no verdict. A question is gone at once where a composer
stands in its place. A rule that lingers goes on for longer,
until the agent is seen to get on, to rest or to ask: between two tries no retry line is shown. An
error that is not tried again has to come with its content: on content that was there before it is
an old error that came to light again, because a user took back what followed it.
"""

import math
from collections.abc import Iterator

import attrs

from oma.detection.claims import Claim, moment
from oma.detection.endings import ending_of, is_same_ending
from oma.detection.error_families import error_family, names_limit
from oma.detection.evidence import Evidence
from oma.detection.mask import mask
from oma.detection.matching import Matcher
from oma.detection.messages import dialog_rows, message_rows, rows_above
from oma.detection.profile import Profile, Rule, RuleState
from oma.detection.progress import News
from oma.detection.scope import TITLE_ROW, MarkedScreen
from oma.detection.screen_reading import ScreenReader
from oma.model.health import Ending, Health

RELEASE_S = 0.1
"""How long a rule that ceased to match still counts: a torn frame is whole again by then."""

FRESH_S = 0.5
"""An error may show so long after its content: agents draw it before they take down their signs of
work."""

_CLAIMING = frozenset(RuleState) - {RuleState.EXITED}

_HEALTHS = {
    RuleState.WORKING: Health.OK,
    RuleState.IDLE: Health.IDLE,
    RuleState.WAITING: Health.WAITING,
    RuleState.STUCK: Health.STUCK,
    RuleState.EXITED: Health.EXITED,
}


@attrs.define
class Track:
    """What one rule saw, and since when."""

    since_s: float
    row: int
    text: str
    is_old: bool
    """It came to light again, and claims nothing."""
    ceased_s: float | None = None
    end_s: float = math.inf
    """Until when it counts."""
    message: tuple[str, ...] = ()
    """The lines in which a failure, or a question about a limit, may say when it ends."""
    ending: Ending | None = None
    claim: Claim | None = None
    """What it claims, once that was asked for; `None` again when anything above changed."""


@attrs.define
class RuleTracker:
    """Owner of what the rules of one profile saw of one agent."""

    _profile: Profile
    _start_s: float
    _matcher: Matcher = attrs.field(init=False)
    _places: dict[str, int] = attrs.field(init=False)
    """Of each rule among those of the profile, by its name."""
    _names: dict[RuleState, tuple[str, ...]] = attrs.field(init=False)
    """Of the rules of each state."""
    _news: News = attrs.field(init=False)
    runs_tool: bool = attrs.field(default=False, init=False)
    """The screen says that a tool runs."""
    _tracks: dict[str, Track] = attrs.field(factory=dict, init=False)
    _shown: Evidence | None = attrs.field(default=None, init=False)
    _reader: ScreenReader = attrs.field(init=False)
    _marked: MarkedScreen | None = attrs.field(default=None, init=False)
    """Everything that decides where rules match, at the last look."""
    _past: dict[str, str] = attrs.field(factory=dict, init=False)
    """What each rule found last, masked, of those that matched before and do not now."""
    _rows: tuple[int | None, ...] = attrs.field(default=(), init=False)
    """Where they matched."""

    def __attrs_post_init__(self) -> None:
        rules = self._profile.every_rule
        self._matcher = Matcher(self._profile)
        self._reader = ScreenReader(self._profile)
        self._places = {rule.name: place for place, rule in enumerate(rules)}
        self._names = {
            state: tuple(rule.name for rule in rules if rule.state is state) for state in RuleState
        }
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
    def has_remains(self) -> bool:
        """Say whether what an agent left stands above the prompt of a shell."""
        return self._marked is not None and self._marked.has_remains

    def look(self, t: float, evidence: Evidence) -> None:
        """Take the evidence at `t`."""
        if self._shown is not None and _looks_the_same(self._shown, evidence):
            return
        self.look_back(evidence)
        self._news.look(t, evidence.lines)
        missed = []
        for rule, row in zip(self._profile.every_rule, self._rows, strict=True):
            if row is not None:
                is_title = row == TITLE_ROW
                line = evidence.title if is_title else self._reader.text(evidence, row)
                self._hit(t, rule, row, " ".join(line.split()))
                self._read_ending(t, rule, evidence)
            elif rule.name in self._tracks:
                missed.append(rule)
        if missed:
            may_linger = self._news.content_s < t and not self._rests_or_asks()
            for rule in missed:
                self._miss(t, rule, may_linger=may_linger)

    def look_back(self, evidence: Evidence) -> None:
        """Take the evidence as seen: where rules match follows from it, and no news."""
        self._shown = evidence
        marked = self._reader.read(evidence)
        if marked is not self._marked:
            self._marked, self._rows = marked, self._matcher.rows(marked)
            tool = self._profile.index.mark(self._profile.tool)
            self.runs_tool = any(marks & tool for marks in marked.marks)

    def claims(self) -> tuple[Claim, ...]:
        """Return what the rules claim, in the order of the profile; last words are no claim."""
        return self._told(is_old=False)

    def ignored(self) -> tuple[Claim, ...]:
        """Return what would be claimed if it were not old."""
        return self._told(is_old=True)

    def shown_since_s(self, state: RuleState) -> float | None:
        """Return since when rules of this state match without a break; `None` if none does now."""
        return min((track.since_s for track in self._matching(state)), default=None)

    def last_words(self) -> str | None:
        """Return what a rule for the end of the agent finds on the screen."""
        return next((track.text for track in self._matching(RuleState.EXITED)), None)

    def _was_taken_back(self, rule: Rule, text: str) -> bool:
        """Say whether an error stands again because the user took back what followed it.

        What was taken back is a draft again.
        """
        has_draft = self._marked is not None and self._marked.has_draft
        return has_draft and self._past.get(rule.name) == mask(text)

    def _rests_or_asks(self) -> bool:
        return any(
            row is not None and rule.state in {RuleState.IDLE, RuleState.WAITING}
            for rule, row in zip(self._profile.every_rule, self._rows, strict=True)
        )

    def _told(self, *, is_old: bool) -> tuple[Claim, ...]:
        if not self._tracks:
            return ()
        told = []
        for place, track in sorted((self._places[name], t) for name, t in self._tracks.items()):
            rule = self._profile.every_rule[place]
            if track.is_old is is_old and rule.state in _CLAIMING:
                if track.claim is None:
                    track.claim = self._claim(rule, track)
                told.append(track.claim)
        return tuple(told)

    def _matching(self, state: RuleState) -> Iterator[Track]:
        for name in self._names[state]:
            track = self._tracks.get(name)
            if track is not None and track.ceased_s is None:
                yield track

    def _claim(self, rule: Rule, track: Track) -> Claim:
        return Claim(
            _HEALTHS[rule.state],
            _reason(rule, track.text),
            f"{self._profile.name}/{rule.name}",
            track.text,
            track.since_s,
            moment(track.since_s, rule.hold_s),
            rule.priority,
            track.end_s,
            None if track.row == TITLE_ROW else track.row,
            track.ending,
        )

    def _hit(self, t: float, rule: Rule, row: int, text: str) -> None:
        track = self._live_track(t, rule)
        if track is None:
            is_final = rule.state is RuleState.STUCK and not rule.linger_s
            is_old = is_final and (
                t > moment(self._news.content_s, FRESH_S) or self._was_taken_back(rule, text)
            )
            self._tracks[rule.name] = Track(t, row, text, is_old)
        elif track.is_old and mask(track.text) != mask(text):
            self._tracks[rule.name] = Track(t, row, text, is_old=False)
        elif (track.row, track.text, track.end_s) != (row, text, math.inf):
            track.row, track.text = row, text
            track.ceased_s, track.end_s = None, math.inf
            track.claim = None

    def _read_ending(self, t: float, rule: Rule, evidence: Evidence) -> None:
        track = self._tracks[rule.name]
        if rule.state is RuleState.STUCK:
            message = self._message(track.row, evidence)
        elif rule.state is RuleState.WAITING and rule.reason != "permission":
            message = self._limit(evidence)
        else:
            return
        if message == track.message:
            return
        track.message, before = message, track.ending
        track.ending = ending_of(message, t)
        if is_same_ending(before, track.ending):
            track.ending = before
        else:
            track.claim = None

    def _message(self, row: int, evidence: Evidence) -> tuple[str, ...]:
        """Return the line at `row` and those below it that belong to the same part of the screen."""
        rows = () if self._marked is None else message_rows(self._marked, row)
        return tuple(self._reader.text(evidence, each) for each in rows)

    def _limit(self, evidence: Evidence) -> tuple[str, ...]:
        """Return the lines of a dialog that names a limit, and of the message above it; none of another."""
        rows = () if self._marked is None else dialog_rows(self._marked)
        if self._marked is None or not rows:
            return ()
        lines = tuple(self._reader.text(evidence, row) for row in rows)
        if not any(map(names_limit, lines)):
            return ()
        above = rows_above(self._marked, rows[0])
        return lines + tuple(self._reader.text(evidence, row) for row in above)

    def _miss(self, t: float, rule: Rule, *, may_linger: bool) -> None:
        track = self._live_track(t, rule)
        if track is None:
            return
        if t < moment(track.since_s, rule.hold_s):
            del self._tracks[rule.name]
        elif track.ceased_s is None or not may_linger:
            if track.ceased_s is None:
                track.ceased_s = t
                self._past[rule.name] = mask(track.text)
            linger_s = max(self._release_s(rule), rule.linger_s if may_linger else 0.0)
            track.end_s = min(track.end_s, max(t, moment(track.ceased_s, linger_s)))
            track.claim = None

    def _release_s(self, rule: Rule) -> float:
        """Return how long a rule that ceased to match still counts, if it does not linger.

        No frame of a dialog that is drawn in parts shows a composer: it was answered.
        """
        return 0.0 if rule.state is RuleState.WAITING and self.rests else RELEASE_S

    def _live_track(self, t: float, rule: Rule) -> Track | None:
        track = self._tracks.get(rule.name)
        if track is not None and t >= track.end_s:
            del self._tracks[rule.name]
            return None
        return track


def _reason(rule: Rule, text: str) -> str:
    """Return the code of a rule; of an error that of its family, where its words tell one."""
    if rule.state is RuleState.STUCK and rule.reason == "error":
        return error_family(text) or rule.reason
    return rule.reason


def _looks_the_same(one: Evidence, other: Evidence) -> bool:
    return (
        one.lines == other.lines
        and one.title == other.title
        and one.cursor_row == other.cursor_row
    )
