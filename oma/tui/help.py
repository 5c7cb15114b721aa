"""The help: made from the keymap, so that it is never wrong."""

from oma.tui.cells import Line, Size, Span, cells, clip_line, pad
from oma.tui.keymap import ACTING, Keymap, label

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


def help_lines(keymap: Keymap, room: Size, *, played: bool = False) -> list[Line]:
    """Return the keys with what they do, in two columns where one is too long.

    Those of a replay where one is `played`, without those that act on agents.
    """
    entries = [
        (binding.keys, binding.about)
        for binding in keymap.bindings
        if binding.keys and not (played and binding.action in ACTING)
    ]
    fixed = (*_PLAYED, *_FIXED[1:]) if played else _FIXED
    told = [("  ".join(map(label, keys)), about.rstrip(".")) for keys, about in (*entries, *fixed)]
    key_columns = max(cells(keys) for keys, _ in told) + 3
    lines = [
        (Span(f"  {pad(keys, key_columns)}", "key"), Span(about, "text")) for keys, about in told
    ]
    body: list[Line] = [*lines]
    half = (len(lines) + 1) // 2
    width = room.columns // 2
    if len(lines) + 2 > room.rows and width >= key_columns + 20:
        body = [
            (*_column(lines[n], width), *(lines[n + half] if n + half < len(lines) else ()))
            for n in range(half)
        ]
    seen = max(1, room.rows - 2)
    if len(body) > seen:
        more: Line = (Span(f"  and {len(body) - seen + 1} more lines", "faint"),)
        body = [*body[: seen - 1], more]
    title: Line = (Span(" Keys ", "brand"), Span("any key goes back", "faint"))
    return [clip_line(line, room.columns) for line in [title, (), *body]][: room.rows]


def _column(line: Line, columns: int) -> Line:
    shown = clip_line(line, columns - 1)
    used = sum(cells(part.text) for part in shown)
    return (*shown, Span(" " * (columns - used)))
