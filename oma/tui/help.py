"""The help: made from the keymap, so that it is never wrong."""

from oma.tui.cells import Line, Size, Span, cells, clip_line, pad, shorten, showable
from oma.tui.keymap import ACTING, KeyAction, Keymap, label

_FIXED = (
    (("1-9",), "Answer its dialog; asks."),
    (("Esc",), "Close; drop the filter."),
    (("mouse",), "Select, open, scroll."),
    (("Ctrl-C",), "Leave; the agents go on."),
)


_PLAYED = (
    ((" ",), "Pause; go on."),
    (("Left", "Right"), "Back, on by 10 s."),
    (("[", "]"), "Transition before, after."),
    (("+", "-"), "Twice, half as fast."),
    (("0-9",), "Tenths of the recording."),
    (("e",), "To its end; follow a live one."),
    ((":",), "Go to 90, 1:30 or 1:02:03."),
)


HEAD_ROWS = 2
"""Above the keys."""

_LEGIBLE = 28
"""So many columns tell what a key does; with less for that, one column scrolls where two would be cut."""


def help_lines(
    keymap: Keymap, room: Size, *, first: int = 0, text: str = "", played: bool = False
) -> list[Line]:
    """Return the keys with what they do, in two columns where one is too long.

    Args:
        keymap: The keys in force.
        room: For all of it.
        first: The line that is seen first; no more than `furthest`.
        text: Words that every line that is shown has.
        played: Those of a recording, without those that act on agents.
    """
    body = _body(keymap, room, text, played=played)
    seen = max(1, room.rows - HEAD_ROWS)
    at = max(0, min(first, len(body) - seen))
    scroll, find = keymap.key_for(KeyAction.DOWN), keymap.key_for(KeyAction.FILTER)
    words = f"{find} searches, any other key goes back" if find else "any other key goes back"
    if len(body) > seen:
        shown = f"{at + 1}-{at + seen} of {len(body)}"
        words = f"{shown}; {scroll} scrolls, {words}" if scroll else f"{shown}; {words}"
    if text.strip():
        words = f"with {shorten(showable(text), 20)!r}; {words}"
    title: Line = (Span(" Keys ", "brand"), Span(words, "faint"))
    if not body:
        body = [(Span("  No key does such a thing.", "faint"),)]
    return [clip_line(line, room.columns) for line in [title, (), *body[at : at + seen]]][
        : room.rows
    ]


def furthest(keymap: Keymap, room: Size, *, text: str = "", played: bool = False) -> int:
    """Return the last line that can be the first one that is seen."""
    lines = len(_body(keymap, room, text, played=played))
    return max(0, lines - max(1, room.rows - HEAD_ROWS))


def _body(keymap: Keymap, room: Size, text: str, *, played: bool) -> list[Line]:
    entries = [
        (binding.keys, binding.about)
        for binding in keymap.bindings
        if binding.keys and not (played and binding.action in ACTING)
    ]
    fixed = (*_PLAYED, *_FIXED[1:]) if played else _FIXED
    told = [("  ".join(map(label, keys)), about.rstrip(".")) for keys, about in (*entries, *fixed)]
    key_columns = max(cells(keys) for keys, _ in told) + 3
    words = text.casefold().split()
    lines: list[Line] = [
        (Span(f"  {pad(keys, key_columns)}", "key"), Span(about, "text"))
        for keys, about in told
        if all(word in f"{keys} {about}".casefold() for word in words)
    ]
    half = (len(lines) + 1) // 2
    width = room.columns // 2
    if len(lines) + HEAD_ROWS <= room.rows or width < key_columns + _LEGIBLE:
        return lines
    return [
        (*_column(lines[n], width), *(lines[n + half] if n + half < len(lines) else ()))
        for n in range(half)
    ]


def _column(line: Line, columns: int) -> Line:
    shown = clip_line(line, columns - 1)
    used = sum(cells(part.text) for part in shown)
    return (*shown, Span(" " * (columns - used)))
