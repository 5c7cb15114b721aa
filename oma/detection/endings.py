r"""When a failure, or a limit that an agent asks about, says that it ends: `resets 3:45pm`, `try again in 12 minutes`, `retry-after: 30`.

A line tells it by a word that says what will be (`resets`, `try again`, `wait`), in any order with a time. In
how long is counted from the moment at which the line came. A time of day needs a time zone, which a log does
not know: it stays as the agent wrote it.

>>> ending_of(["You've hit your limit. Try again in 2h 5m."], 60.0)
Ending(text='in 2h 5m', t=7560.0)
>>> ending_of(["limit reached ∙ resets 3:45pm (Europe/Paris)"], 60.0)
Ending(text='3:45pm (Europe/Paris)', t=None)
"""

from collections.abc import Iterable, Iterator

import attrs

from oma.detection.claims import moment
from oma.detection.patterns import PatternSet
from oma.model.health import Ending

LONGEST_S = 400 * 86400.0
"""Nothing that ends later is waited for; larger numbers are no times."""

_SAME_S = 2.0
"""A countdown is written in whole seconds, and not at once."""

_HERE = "oma.detection.endings"
_MOST_CHARS = 1000
"""So much of a line is read."""

_UNIT = r"(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)"
_AMOUNT = rf"(?:\d{{1,6}}(?:\.\d{{1,6}})? ?{_UNIT}|an? (?:second|minute|hour|day|week))"
_CLOCK = r"\d{1,2}(?::\d{2}){1,2}(?:\.\d{1,6})?(?: ?(?:[ap]m\b|[ap]\.m\.))?|\d{1,2} ?(?:[ap]m\b|[ap]\.m\.)"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_DAY = (
    rf"\d{{4}}-\d{{2}}-\d{{2}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|\d{{1,2}}\.? {_MONTH}(?: \d{{4}})?|{_WEEKDAY}|tomorrow|today|tonight|midnight|noon"
)
_ZONE = (
    r"(?: ?z\b| ?[+-]\d{2}:?\d{2}\b| ?\(?(?:utc|gmt|[ecmp][sd]?t|cest|cet|bst|ist|jst)\b(?:[+-]\d{1,2})?\)?"
    r"| ?\(?[a-z]{2,20}/[a-z_]{2,30}\)?)"
)

# What tells of something that will be.
_CUES = PatternSet.unchecked(
    [
        r"\bresets?\b|\bresetting\b|\brenew(?:s|ed|al)?\b|\brefresh(?:es|ed)?\b|\brestored?\b",
        r"\bretry(?:ing)?\b|\bretries\b|\bretry-after\b|\btry(?:ing)?\b.{0,20}\bagain\b",
        r"\bwait(?:ing)?\b|\buntil\b|\bavailable\b|\bresum(?:e|es|ing)\b|\blifted\b|\bunlocks?\b",
    ],
    _HERE,
)
_DURATIONS = PatternSet.unchecked(
    [
        rf"(?:\b(?:in|after|for|within|wait(?:ing)?|resets?)\b|[:=~])[\"' :=~]{{0,4}}(?:about |around |another )?"
        rf"{_AMOUNT}(?:(?:,? and |, ?| )?{_AMOUNT}){{0,5}}\b",
    ],
    _HERE,
)
_BARE_SECONDS = PatternSet.unchecked(
    [r"\bretry[- _]?after[\"' :=]{1,4}\d{1,6}(?:\.\d{1,6})?\b"], _HERE
)
_AMOUNTS = PatternSet.unchecked([_AMOUNT], _HERE)
_MOMENTS = PatternSet.unchecked(
    [
        rf"\b(?:{_DAY})(?:(?:,? at |t|,? |\b)(?:{_CLOCK}))?{_ZONE}?",
        rf"\b(?:{_CLOCK})(?:,? (?:on )?(?:{_DAY}))?{_ZONE}?",
    ],
    _HERE,
)
# Before the word that tells of what will be, only these begin a time; a bare one is when a line was logged.
_OPENS = PatternSet.unchecked([r"(?:\b(?:at|until|till|on|by|from)|[(@]) ?$"], _HERE)
_LEADS = PatternSet.unchecked([r"^\b(?:in|wait)\b"], _HERE)
_UNITS_S = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0}

ENDING_PATTERNS = (_CUES, _DURATIONS, _MOMENTS)
"""All that is looked for."""


@attrs.frozen
class _Time:
    start: int
    may_lead: bool
    """It may stand before the word that tells of what will be."""
    ending: Ending


def ending_of(lines: Iterable[str], t: float) -> Ending | None:
    """Return when what `lines` tell of ends, by the first that says so; `None` if none does.

    Takes time linear in the text, whatever it is.

    Args:
        lines: Of one message, from the top; hostile.
        t: When they came, in seconds of the log.
    """
    return next((found for line in lines if (found := _in_line(line[:_MOST_CHARS], t))), None)


def is_same_ending(one: Ending | None, other: Ending | None) -> bool:
    """Say whether two endings are one: a countdown says the same moment in other words."""
    if one is None or other is None or one.t is None or other.t is None:
        return one == other
    return abs(one.t - other.t) <= _SAME_S


def _in_line(line: str, t: float) -> Ending | None:
    cue = next(_CUES.spans(line), None)
    if cue is None:
        return None
    times = sorted((*_durations(line, t), *_moments(line)), key=lambda time: time.start)
    after = [time for time in times if time.start >= cue[0]]
    if after:
        return after[0].ending
    before = [time for time in times if time.may_lead]
    return before[-1].ending if before else None


def _durations(line: str, t: float) -> Iterator[_Time]:
    for start, end in _DURATIONS.spans(line):
        text = line[start:end].strip(" :=~\"'")
        seconds = sum(_seconds(text[a:b]) for a, b in _AMOUNTS.spans(text))
        if 0 < seconds <= LONGEST_S:
            leads = _LEADS.search(text) is not None
            yield _Time(start, leads, Ending(text, moment(t, seconds)))
    for start, end in _BARE_SECONDS.spans(line):
        number = line[start:end].strip().replace("=", " ").replace(":", " ").split()[-1]
        seconds = float(number.strip("\"'"))
        if 0 < seconds <= LONGEST_S:
            text = line[start:end].strip()
            yield _Time(start, may_lead=False, ending=Ending(text, moment(t, seconds)))


def _moments(line: str) -> Iterator[_Time]:
    for start, end in _MOMENTS.spans(line):
        text = line[start:end].strip()
        yield _Time(start, _OPENS.search(line[:start]) is not None, Ending(text))


def _seconds(amount: str) -> float:
    number = amount.split()[0].rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    unit = amount[len(number) :].strip().lower() if number else amount.split()[1].lower()
    size_s = 0.001 if unit in {"ms", "millisecond", "milliseconds"} else _UNITS_S[unit[:1]]
    return (float(number) if number else 1.0) * size_s
