"""The palette: every act and every agent by a few letters of its name, with the keys that do the same.

An entry is no other way of doing something: it names an action of the keymap, a digit that answers a
dialog, or an agent that is selected.
"""

from collections.abc import Iterable

import attrs

from oma.model.health import Health
from oma.model.ids import AgentId
from oma.model.state import AgentState
from oma.tui.cells import Line, Size, Span, cells, clip_line, line_cells, shorten, showable, span
from oma.tui.format import short_name
from oma.tui.keymap import ACTING, KeyAction, Keymap, label
from oma.tui.render_input import RenderInput
from oma.tui.theme import selected_style

_NOT_LISTED = frozenset({KeyAction.PALETTE})

_FAR = 3
"""So many times as long as a word are the letters in a text that fits it."""

HEAD_ROWS = 2
"""Above the entries."""


@attrs.frozen
class PaletteAnswer:
    """An option of the selected agent's dialog is chosen."""

    key: str


@attrs.frozen
class PaletteEntry:
    """Something that can be chosen."""

    does: KeyAction | PaletteAnswer | AgentId
    words: str
    """What it does; hostile text may be in it."""
    keys: str = ""
    health: Health | None = None
    """Of an agent that it selects."""


def palette_entries(
    keymap: Keymap,
    agents: Iterable[AgentState],
    selected: AgentState | None,
    query: str,
    prefix: str,
    *,
    played: bool = False,
) -> tuple[PaletteEntry, ...]:
    """Return what fits, the best first; of what fits alike, acts come before agents.

    Args:
        keymap: The keys in force.
        agents: In the order in which those that fit alike are told.
        selected: Whose dialog can be answered.
        query: Words; each is in what an entry says, or its letters are, from the start of a word on.
        prefix: Of the names of agents; it is not looked at.
        played: In a recording nothing acts on agents.
    """
    entries = [
        *(() if played else _answers(selected)),
        *(
            PaletteEntry(each.action, each.about.rstrip("."), "  ".join(map(label, each.keys)))
            for each in keymap.bindings
            if each.action not in _NOT_LISTED and not (played and each.action in ACTING)
        ),
        *(
            PaletteEntry(agent.id, short_name(agent.name, prefix), health=agent.verdict.health)
            for agent in agents
        ),
    ]
    words = query.casefold().split()
    ranked = [(_rank(words, entry.words.casefold()), entry) for entry in entries]
    found = [(rank, entry) for rank, entry in ranked if rank is not None]
    return tuple(entry for _, entry in sorted(found, key=lambda each: each[0]))


def _answers(agent: AgentState | None) -> list[PaletteEntry]:
    if agent is None or agent.dialog is None or agent.verdict.health is not Health.WAITING:
        return []
    return [
        PaletteEntry(
            PaletteAnswer(option.key), f"Answer “{option.key}. {option.label}”", option.key
        )
        for option in agent.dialog.options
        if option.key in set("123456789")
    ]


def _rank(words: list[str], text: str) -> int | None:
    """Return how badly the words fit, 0 for best; `None` where one does not."""
    total = 0
    for word in words:
        fits = _fits(word, text)
        if fits is None:
            return None
        total += fits
    return total


def _fits(word: str, text: str) -> int | None:
    if text.startswith(word):
        return 0
    if f" {word}" in text:
        return 1
    if word in text:
        return 2
    starts = (at for at in range(len(text)) if at == 0 or not text[at - 1].isalnum())
    return 3 if any(_has_letters(word, text, at) for at in starts) else None


def _has_letters(word: str, text: str, start: int) -> bool:
    """Say whether the letters of a word are in a text in their order, the first at `start`, not far apart."""
    if text[start] != word[0]:
        return False
    at, end = start, start + _FAR * len(word)
    for character in word[1:]:
        at = text.find(character, at + 1, end)
        if at < 0:
            return False
    return True


def palette_lines(
    render_input: RenderInput,
    entries: tuple[PaletteEntry, ...],
    index: int,
    agent: AgentState | None,
    room: Size,
    *,
    marked: int = 0,
) -> list[Line]:
    """Return the entries around the one at `index`, under a line that says whom an act is about.

    Args:
        render_input: What there is to show.
        entries: What can be chosen.
        index: Of the entry that is chosen.
        agent: The one that is selected.
        room: For all of it.
        marked: So many agents are marked.
    """
    name = None if agent is None else render_input.short_name(agent.name)
    about = "no agent is selected" if name is None else f"acts are about {name}"
    if marked:
        others = "" if name is None else f"; else {name}"
        about = f"messages, stops, answers: the {marked} marked{others}"
    head: Line = (Span(" Palette ", "brand"), span(f" {about}", "faint"))
    if not entries:
        nothing: Line = (Span("  Nothing fits; Esc goes back.", "faint"),)
        return [clip_line(line, room.columns) for line in (head, (), nothing)][: room.rows]
    seen = max(1, room.rows - HEAD_ROWS)
    first = first_seen(index, len(entries), seen)
    lines = [
        _line(render_input, entry, room.columns, selected=number == index)
        for number, entry in enumerate(entries[first : first + seen], first)
    ]
    count = Span(f"{min(index + 1, len(entries))} of {len(entries)} ", "faint")
    blank = room.columns - line_cells(head) - line_cells((count,))
    if blank > 0:
        head = (*head, Span(" " * blank), count)
    return [clip_line(line, room.columns) for line in (head, (), *lines)][: room.rows]


def first_seen(index: int, count: int, seen: int) -> int:
    """Return which of `count` lines is the first of `seen` ones, so that `index` is among them."""
    return max(0, min(index - seen // 2, count - seen))


def _line(render_input: RenderInput, entry: PaletteEntry, columns: int, *, selected: bool) -> Line:
    kind = [Span("  ")]
    if entry.health is not None:
        kind = [Span(render_input.capabilities.sign(entry.health), entry.health.value)]
    left = [Span("▸" if selected else " ", "brand"), *kind, Span(" ")]
    keys = f" {entry.keys} "
    room = max(1, columns - line_cells(left) - cells(keys) - 1)
    words = span(
        shorten(showable(entry.words), room), "text" if entry.health is None else "strong"
    )
    blank = max(0, columns - line_cells((*left, words)) - cells(keys))
    line = (*left, words, Span(" " * blank), Span(keys, "key"))
    if not selected:
        return line
    return tuple(Span(part.text, selected_style(part.style)) for part in line)
