"""What happened since a moment, in place of the list: who worked, waited, failed and finished."""

from oma.summary.digest_text import digest_lines
from oma.tui.cells import Line, Size, Span, span
from oma.tui.render_input import RenderInput
from oma.tui.view_model import Digesting


def digest_panel(render_input: RenderInput, mode: Digesting, room: Size) -> list[Line]:
    """Return the digest, from the line on to which a user has scrolled."""
    if render_input.digest is None or room.rows < 1:
        return []
    zone = render_input.wall_time.began.tzinfo
    head, *told = digest_lines(render_input.digest, zone, render_input.prefix)
    seen = max(1, room.rows - 2)
    first = min(mode.first, max(0, len(told) - seen))
    body: list[Line] = [
        (span(f" {line}", "text" if line.startswith("  ") else "strong"),)
        for line in told[first : first + seen]
    ]
    left = len(told) - first - seen
    if left > 0:
        body[-1] = (Span(f"  and {left + 1} more lines", "faint"),)
    keys: Line = (Span(" What happened ", "brand"), Span("any other key goes back", "faint"))
    return [keys, (span(f" {head}", "text"),), *body][: room.rows]
