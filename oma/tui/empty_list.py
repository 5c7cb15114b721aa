"""What stands where the list has nobody: why that is, and how to go on."""

import textwrap
from collections.abc import Iterator

from oma.tui.cells import Line, span
from oma.tui.keymap import KeyAction
from oma.tui.render_input import RenderInput
from oma.tui.restore_offer import offer
from oma.tui.view_model import View

_INDENT = "  "
_KEY = "key"
"""The style of a text that begins with the key; the rest of it is faint."""


def empty_list(render_input: RenderInput, view: View, columns: int) -> list[Line]:
    """Return the lines of a list without agents."""
    key = render_input.keymap.key_for(KeyAction.NEW)
    return [
        line
        for text, style in _told(render_input, view, key)
        for line in _wrapped(text, style, columns, key)
    ]


def _told(render_input: RenderInput, view: View, key: str) -> Iterator[tuple[str, str]]:
    if not render_input.state.seq:
        return
    yield "", "text"
    if not render_input.state.has_server:
        yield "No tmux server is running; oma waits for one.", "text"
        yield from _start(render_input, key)
        yield from _lost(render_input, view)
    elif render_input.state.agents:
        yield f"No agent fits the filter {view.filter_text!r}.", "text"
    else:
        yield "No agents.", "strong"
        named = f"Sessions named {render_input.prefix}…"
        yield f"{named} show up here, and agents in other panes.", "faint"
        yield from _start(render_input, key)
        yield from _lost(render_input, view)
        yield from _others(render_input)


def _start(render_input: RenderInput, key: str) -> Iterator[tuple[str, str]]:
    """Say how an agent is started; in a recording nobody starts one."""
    if render_input.timeline is None and key:
        yield f"{key} starts one; so does 'oma new NAME -- claude' in a shell.", _KEY


def _lost(render_input: RenderInput, view: View) -> Iterator[tuple[str, str]]:
    """Say that agents are gone, where nobody is in their place."""
    if words := offer(view.lost, render_input.keymap):
        yield f"{words}.", "notice"


def _others(render_input: RenderInput) -> Iterator[tuple[str, str]]:
    """Say how agents are seen that run in sessions of other names."""
    if render_input.timeline is None:
        yield (
            "Agents in other sessions: leave, and run 'oma --match GLOB' ('*' is all of them).",
            "faint",
        )


def _wrapped(text: str, style: str, columns: int, key: str) -> list[Line]:
    """Return a text in lines between words; no glob of it is divided."""
    lines = textwrap.wrap(text, max(1, columns - len(_INDENT)), break_on_hyphens=False)
    if style == _KEY and lines:
        first, *rest = lines
        begins = (span(f"{_INDENT}{key}", _KEY), span(first.removeprefix(key), "faint"))
        return [begins, *((span(f"{_INDENT}{line}", "faint"),) for line in rest)]
    return [(span(f"{_INDENT}{line}", style),) for line in lines] or [()]
