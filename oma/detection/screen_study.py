r"""Studies the screens of an agent that nobody knows: what moves while it works, what stands when it rests.

Nobody says what was true, so movement does: while the bottom of the screen changes again and again, the agent
works; where nothing but a draft changes for `STILL_S`, it rests, unless a dialog stands there. A part of a line
that is seen in the one and not in the other is a sign of it.

    study = ScreenStudy()
    study.look(t, evidence)
    signs = study.signs(end_s)
"""

import re
from collections.abc import Iterator

import attrs

from oma.detection import line_shapes as shapes
from oma.detection.evidence import Evidence
from oma.detection.mask import mask
from oma.detection.profile import GENERIC
from oma.detection.profile_parser import profile_from_mapping
from oma.detection.screen_reading import ScreenReader
from oma.detection.structure import Place

STILL_S = 2.0
"""So long nothing moves where an agent rests; spinners and streams are faster."""

BARE_S = 1.5
"""So long an agent may move without a sign before a rule for rest would count."""

BOTTOM_LINES = 12
"""So many lines are studied, from the last one up."""

_MOST_LOOKS = 200_000
_LEAST_LETTERS = 4
_LONGEST_CHARS = 60
_MOST_SIGNS = 5
_WORK_PURITY = 0.97
_REST_PURITY = 0.9

# What parts a line into pieces that mean something by themselves; linear, as one character or a run is.
_PARTS = re.compile(r"[·•|│┃(),…⠀-⣿]| {2,}|\.\.\.")

MARKER = "marker"
"""The sign of a line that says how to interrupt, or for how long it has been at work."""


@attrs.frozen
class Sign:
    """A piece of the screen that tells what an agent does."""

    text: str
    """Masked (`mask`); or `MARKER`, or the characters one of which a line begins with."""
    is_first: bool
    """It is the first character of a line."""
    shown_s: float
    """For how long it was seen where none of the signs before it was."""
    example: str
    """A line that it was seen in; hostile."""
    example_s: float
    """When."""


@attrs.frozen
class Signs:
    """What was learnt."""

    work: tuple[Sign, ...]
    rest: tuple[Sign, ...]
    questions: tuple[tuple[float, str], ...]
    """When a dialog was first seen, and its line that tells it best; hostile."""
    work_s: float
    covered_s: float
    """So much of it one of `work` was seen."""
    bare_s: float
    """So much of it passed in stretches longer than `BARE_S` in which none was seen."""
    rest_s: float
    has_composer: bool
    """One stands on the screen while the agent rests."""


_Key = tuple[str, bool]
"""Text of a sign, and whether it is the first character of a line."""


_FIRSTS: _Key = ("", True)


@attrs.frozen
class _Look:
    t: float
    signs: frozenset[_Key]
    asks: bool
    has_composer: bool


@attrs.frozen
class _Spell:
    """What was shown until the next change."""

    lasted_s: float
    look: _Look
    stretch: int
    """Counts the changes from work to rest and back."""


@attrs.define
class ScreenStudy:
    """Owner of what was seen of one agent."""

    _reader: ScreenReader = attrs.field(init=False)
    _looks: list[_Look] = attrs.Factory(list)
    _shown: tuple[str, ...] = ()
    _examples: dict[_Key, tuple[float, str]] = attrs.Factory(dict)
    _questions: dict[str, float] = attrs.Factory(dict)

    def __attrs_post_init__(self) -> None:
        self._reader = ScreenReader(
            profile_from_mapping(GENERIC, {}, "oma.detection.screen_study")
        )

    def look(self, t: float, evidence: Evidence) -> None:
        """Take what the agent shows from `t` on."""
        screen = self._reader.read(evidence)
        rows = list(zip(screen.rows, screen.places, screen.marks, strict=True))
        bottom = [each for each in rows if each[1] is not Place.DRAFT][-BOTTOM_LINES:]
        shown = tuple(
            "" if place is Place.COMPOSER else self._reader.text(evidence, row)
            for row, place, _ in bottom
        )
        if shown == self._shown or len(self._looks) >= _MOST_LOOKS:
            return  # a draft alone changes nothing
        self._shown = shown
        asks = any(place is Place.DIALOG for _, place, _ in rows)
        if asks and screen.evidence is not None:
            line = self._reader.text(evidence, screen.rows[screen.evidence])
            self._questions.setdefault(mask(line), t)
            self._examples.setdefault((mask(line), False), (t, line))
        signs = set()
        for (_, _, marks), line in zip(bottom, shown, strict=True):
            for sign in _signs_in(line, marks):
                signs.add(sign)
                self._examples.setdefault(sign, (t, line))
        self._looks.append(_Look(t, frozenset(signs), asks, screen.has_composer))

    def signs(self, end_s: float) -> Signs:
        """Return what tells of work and of rest, the best first, as seen until `end_s`."""
        work: list[_Spell] = []
        rest: list[_Spell] = []
        stretch, was_rest = 0, False
        ends = (*(look.t for look in self._looks[1:]), end_s)
        for look, next_s in zip(
            self._looks, ends, strict=False
        ):  # one more where nothing was seen
            is_rest = next_s - look.t >= STILL_S
            stretch += is_rest is not was_rest
            was_rest = is_rest
            if not look.asks:
                (rest if is_rest else work).append(_Spell(next_s - look.t, look, stretch))
        working = self._best(work, rest, _WORK_PURITY)
        resting = self._best(rest, work, _REST_PURITY)
        told: set[_Key] = set()
        for sign in working:
            told |= (
                {(first, True) for first in sign.text} if sign.is_first else {(sign.text, False)}
            )
        rest_s = sum(each.lasted_s for each in rest)
        composed_s = sum(each.lasted_s for each in rest if each.look.has_composer)
        return Signs(
            working,
            resting,
            tuple((t, self._examples[text, False][1]) for text, t in self._questions.items()),
            sum(each.lasted_s for each in work),
            sum(each.lasted_s for each in work if not told.isdisjoint(each.look.signs)),
            _bare_s(work, told),
            rest_s,
            composed_s > rest_s / 2,
        )

    def _best(self, wanted: list[_Spell], others: list[_Spell], purity: float) -> tuple[Sign, ...]:
        """Return the signs that together are seen in most of `wanted`, and hardly in `others`."""
        seen, elsewhere, stretches = _totals(wanted), _totals(others), _stretches(wanted)
        most = max(stretches.values(), default=0)
        pure = {
            sign
            for sign, lasted in seen.items()
            if stretches[sign] >= min(2, most)
            and lasted >= purity * (lasted + elsewhere.get(sign, 0.0))
        }
        firsts = "".join(sorted(text for text, is_first in pure if is_first))
        left = [(each.lasted_s, _joined(each.look.signs & pure)) for each in wanted]
        least_s = max(1.0, 0.02 * sum(lasted_s for lasted_s, _ in left))
        chosen: list[Sign] = []
        while len(chosen) < _MOST_SIGNS:
            gains: dict[_Key, float] = {}
            for lasted_s, signs in left:
                for sign in signs:
                    gains[sign] = gains.get(sign, 0.0) + lasted_s
            best = max(gains, key=lambda sign: (gains[sign], sign), default=None)
            if best is None or gains[best] < least_s:
                break
            text, is_first = best
            text = text or firsts
            t, line = self._examples[text[0] if is_first else text, is_first]
            chosen.append(Sign(text, is_first, round(gains[best], 3), line, t))
            left = [(lasted_s, signs) for lasted_s, signs in left if best not in signs]
        return tuple(chosen)


def _joined(signs: frozenset[_Key]) -> frozenset[_Key]:
    """Return the signs with one for all first characters: the frames of a spinner are one sign."""
    firsts = [sign for sign in signs if sign[1]]
    return signs if not firsts else signs.difference(firsts) | {_FIRSTS}


def _signs_in(line: str, marks: int) -> Iterator[_Key]:
    if marks & shapes.WORKING:
        yield MARKER, False
    stripped = line.strip()
    if len(stripped) > 1 and not stripped[0].isalnum() and stripped[1] == " ":
        yield stripped[0], True
    for part in _PARTS.split(line):
        piece = mask(part)
        letters = sum(map(str.isalpha, piece))
        if letters >= _LEAST_LETTERS and len(piece) <= _LONGEST_CHARS:
            yield piece, False


def _bare_s(work: list[_Spell], told: set[_Key]) -> float:
    total_s = run_s = 0.0
    end_s = None
    for each in work:
        if each.look.t != end_s or not told.isdisjoint(each.look.signs):
            total_s += run_s if run_s > BARE_S else 0.0
            run_s = 0.0
        if told.isdisjoint(each.look.signs):
            run_s += each.lasted_s
        end_s = each.look.t + each.lasted_s
    return total_s + (run_s if run_s > BARE_S else 0.0)


def _totals(spells: list[_Spell]) -> dict[_Key, float]:
    totals: dict[_Key, float] = {}
    for each in spells:
        for sign in each.look.signs:
            totals[sign] = totals.get(sign, 0.0) + each.lasted_s
    return totals


def _stretches(spells: list[_Spell]) -> dict[_Key, int]:
    """Return of each sign in how many stretches of one kind it was seen: an answer stands in one."""
    found: dict[_Key, set[int]] = {}
    for each in spells:
        for sign in each.look.signs:
            found.setdefault(sign, set()).add(each.stretch)
    return {sign: len(stretches) for sign, stretches in found.items()}
