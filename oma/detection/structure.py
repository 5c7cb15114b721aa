"""Structure: which part of a screen each line belongs to, whoever drew it.

Agents draw the same parts, whatever they are called: a conversation that scrolls, below it a
composer with a draft in it, below that status lines. What an agent asks takes the composer's place;
a menu or a view that the user opened does, too.

A draft is no evidence: a user may quote anything in it. Nor is the conversation one for a dialog, as
long as a composer stands below it, unless the composer's own sign asks (`? ❯`), or keys that answer
stand right beside it (`[y] Approve   [n] Deny`).
"""

from enum import StrEnum

import attrs

from oma.detection import line_shapes as shapes
from oma.detection.choice_list import inside
from oma.detection.composer import Composer, find_composer
from oma.detection.dialog_shape import DialogShape, find_dialog, keys_beside
from oma.detection.logical_lines import AROUND_TEXT, LogicalLines

_MOST_LINES = 80
"""As far up from the bottom as parts are looked for."""

DOTS = ("…", "...")
"""End a line after which something is to come."""

_MOST_FOOTERS = 3
"""Lines of key hints below a view to scroll in."""


class Place(StrEnum):
    """The parts of a screen, in the words of a profile's scopes."""

    CONVERSATION = "conversation"
    DIALOG = "dialog"  # what the agent asks
    PANEL = "panel"  # what the user opened: a menu, a view to scroll in
    COMPOSER = "composer"  # its line with the prompt sign
    DRAFT = "draft"  # the rest of it; no rule reads it
    STATUS = "status"  # below the composer


@attrs.frozen
class Structure:
    """The part of each line of one screen."""

    places: list[Place]
    composer: int | None
    """The line with its prompt sign."""
    has_composer: bool
    has_draft: bool
    owes: bool
    """The last line above the composer is what the user sent, or ends in dots: an answer is to come."""
    is_prompt_line: bool
    """The composer is but the last line, and the cursor is in it."""
    evidence: int | None
    """The line of a dialog, or of a panel, that tells it best."""


def find_structure(lines: LogicalLines, cursor_row: int) -> Structure:
    """Return the parts of a screen.

    Args:
        lines: Of the screen, without an inner tmux's status line.
        cursor_row: From 0.
    """
    count = len(lines.rows)
    floor = max(0, count - _MOST_LINES)
    places = [Place.CONVERSATION] * count
    composer = find_composer(lines, floor, cursor_row)
    if composer is not None:
        _fill(places, composer.lines, Place.DRAFT)
        _fill(places, range(composer.end, count), Place.STATUS)
        if composer.lines:
            places[composer.lines.start] = Place.COMPOSER
    dialog = asked_beside(lines, composer, cursor_row)
    evidence = None
    if dialog is not None:
        _fill(places, dialog.lines, Place.PANEL if dialog.was_opened else Place.DIALOG)
        evidence = dialog.evidence
    elif composer is None and (view := _view(lines)) is not None:
        places[view] = Place.PANEL
        evidence = view
    return _structure(lines, places, composer, evidence)


def _view(lines: LogicalLines) -> int | None:
    """Return the line at the bottom that tells how to scroll in what is shown."""
    if not lines.every & shapes.VIEW:
        return None
    count = len(lines.rows)
    footers = range(count - 1, max(-1, count - 1 - _MOST_FOOTERS), -1)
    return next((index for index in footers if lines.marks[index] & shapes.VIEW), None)


def asked_beside(
    lines: LogicalLines, composer: Composer | None, cursor_row: int = -1
) -> DialogShape | None:
    """Return what an agent asks on a screen with this composer, or without one; -1: no cursor is known."""
    count = len(lines.rows)
    floor = max(0, count - _MOST_LINES)
    if composer is None:
        return find_dialog(lines, floor, count, cursor_row)
    if not composer.lines or not lines.marks[composer.lines.start] & shapes.ASKS:
        return keys_beside(lines, composer.start, composer.end)
    return find_dialog(lines, floor, composer.start, cursor_row)


def _structure(
    lines: LogicalLines, places: list[Place], composer: Composer | None, evidence: int | None
) -> Structure:
    line = composer.lines.start if composer is not None and composer.lines else None
    has_draft = is_prompt_line = owes = False
    if composer is not None and line is not None:
        has_draft = len(composer.lines) > 1 or " " in lines.texts[line].strip(AROUND_TEXT)
        is_prompt_line = composer.is_cursor_line
        owes = composer.start > 0 and _owes(lines, composer.start - 1, lines.texts[line])
    return Structure(places, line, composer is not None, has_draft, owes, is_prompt_line, evidence)


def _owes(lines: LogicalLines, index: int, composer: str) -> bool:
    marks, words = lines.marks[index], inside(lines.texts[index]).split()
    if marks & shapes.PROMPT and words[:1] == inside(composer).split()[:1]:
        return not marks & (shapes.SLASH | shapes.NUMBERED) and len(words) > 1
    return bool(words) and words[-1].endswith(DOTS)


def _fill(places: list[Place], part: range, place: Place) -> None:
    places[part.start : part.stop] = [place] * len(part)
