"""Standing text: an error at the bottom of the screen of an unknown agent that printed no more.

A word that scrolls by means nothing. The last matching line among the last five that are not
blank, with everything below it, has to stand unchanged; what comes below it later shows that the
agent went on, and that occurrence is then past. Lines are compared masked (`mask`).
"""

import attrs

from oma.detection.claims import PRIORITY_ERROR_TEXT, Claim, moment
from oma.detection.endings import ending_of, is_same_ending
from oma.detection.error_patterns import WordPatterns
from oma.detection.mask import mask
from oma.model.health import Ending, Health

WINDOW_LINES = 5

_MESSAGES = frozenset(f"{sign} " for sign in "●⏺•◦✦◆✓✔")
"""Begin what an agent says: it went on after what stands above."""


@attrs.frozen
class ErrorCandidate:
    """A text that may be an error, as long as it stands."""

    key: tuple[str, ...]
    """The masked lines from the matching one to the bottom."""
    since_s: float
    text: str
    line: int
    shown: tuple[str, ...]
    """The lines of `key` as they stood."""
    ending: Ending | None


@attrs.define
class ErrorTextTracker:
    """Owner of the text that may be an error.

    Args:
        profile: name that opens the name of the rule.
        words: what counts as a match.
        settle_s: how long a text has to stand; 0 is at once.
    """

    _profile: str
    _words: WordPatterns
    _settle_s: float
    _window: tuple[str, ...] | None = None
    """The last lines that are not blank, as they stood at the last look."""
    _lines: tuple[str, ...] = ()
    _candidate: ErrorCandidate | None = None
    _claimed: ErrorCandidate | None = None
    _claims: tuple[Claim, ...] = ()
    """What `_claimed` claims."""

    def look(self, t: float, lines: tuple[str, ...]) -> None:
        """Take what the screen shows since `t`."""
        if self._window is not None and lines == self._lines:
            return
        before = self._window
        rows = self.look_back(lines)
        window = self._window or ()
        place = self._last_match(window)
        if place is None:
            self._candidate = None
            return
        window = _masked(window)
        key, known = window[place:], self._candidate
        if known is not None and known.key == key:
            self._note(rows[place], key, t, known)
        elif before is None or place >= new_from(_masked(before), window) or self._is_pending(t):
            self._note(rows[place], key, t, None)
        else:
            self._candidate = None

    def look_back(self, lines: tuple[str, ...]) -> tuple[int, ...]:
        """Take the lines as seen, with no news, and return the rows that count."""
        self._lines = lines
        rows = _last_rows(lines)
        self._window = tuple(lines[row] for row in rows)
        return rows

    def claims(self) -> tuple[Claim, ...]:
        """Return the claim that the standing text makes, if there is one."""
        found = self._candidate
        if found is None:
            return ()
        if found is not self._claimed:
            self._claimed, self._claims = found, (self._claim(found),)
        return self._claims

    def _claim(self, found: ErrorCandidate) -> Claim:
        return Claim(
            Health.STUCK,
            "error-text",
            f"{self._profile}/error_patterns",
            found.text,
            found.since_s,
            moment(found.since_s, self._settle_s),
            PRIORITY_ERROR_TEXT,
            line=found.line,
            ending=found.ending,
        )

    def _last_match(self, window: tuple[str, ...]) -> int | None:
        for place in range(len(window) - 1, -1, -1):
            if self._words.search(window[place]) is not None:
                return place
            if window[place].lstrip()[:2] in _MESSAGES:
                return None
        return None

    def _is_pending(self, t: float) -> bool:
        found = self._candidate
        return found is not None and t < moment(found.since_s, self._settle_s)

    def _note(
        self, row: int, key: tuple[str, ...], t: float, known: ErrorCandidate | None
    ) -> None:
        """Take the text that begins at `row`; `known` is the same one, but for its numbers."""
        shown = (self._window or ())[-len(key) :]
        since_s, ending = t, ending_of(shown, t)
        if known is not None:
            since_s = known.since_s
            if known.shown == shown or is_same_ending(known.ending, ending):
                ending = known.ending
        text = " ".join(self._lines[row].split())
        self._candidate = ErrorCandidate(key, since_s, text, row, shown, ending)


def new_from(old: tuple[str, ...], new: tuple[str, ...]) -> int:
    """Return the index in `new` from which on its lines were not in `old`.

    The old window is shifted up until most of it agrees with the top of the new one.
    """
    return max((_agreeing(old[shift:], new) for shift in range(len(old))), default=0)


def _agreeing(old: tuple[str, ...], new: tuple[str, ...]) -> int:
    count = 0
    for left, right in zip(old, new, strict=False):
        if left != right:
            break
        count += 1
    return count


def _last_rows(lines: tuple[str, ...]) -> tuple[int, ...]:
    rows: list[int] = []
    for row in range(len(lines) - 1, -1, -1):
        if lines[row] and not lines[row].isspace():
            rows.append(row)
            if len(rows) == WINDOW_LINES:
                break
    return tuple(reversed(rows))


def _masked(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(mask, lines))
