"""The palette: what fits some letters, and how that is shown."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.model.health import Health
from oma.tui.cells import Size, line_cells
from oma.tui.keymap import ACTING, KeyAction
from oma.tui.palette import PaletteAnswer, first_seen, palette_entries, palette_lines
from tests.unit.tui.fleets import ASKS, KEYMAP, PREFIX, agent, render_input, text_of

ASKING = attrs.evolve(agent(1, "fix-login", Health.WAITING), dialog=ASKS)
FLEET = (ASKING, agent(2, "docs"), agent(3, "kill-switch"))


def found(query, selected=ASKING, **options):
    entries = palette_entries(KEYMAP, FLEET, selected, query, PREFIX, **options)
    return [entry.does for entry in entries]


def test_every_act_and_every_agent_is_offered():
    offered = found("")

    assert offered[:2] == [PaletteAnswer("1"), PaletteAnswer("2")]
    assert set(KeyAction) - set(offered) == {KeyAction.PALETTE}
    assert offered[-3:] == [each.id for each in FLEET]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("kill", KeyAction.KILL),
        ("KILL SW", "$3"),
        ("kls", "$3"),
        ("login", "$1"),
        ("no", PaletteAnswer("2")),
        ("message queue", KeyAction.QUEUE),
        ("right", KeyAction.SHOW),
    ],
)
def test_what_fits_best_comes_first(query, first):
    assert found(query)[0] == first


def test_what_has_not_all_letters_in_their_order_is_not_offered():
    assert found("zzz") == []
    assert KeyAction.KILL not in found("lik")


def test_only_a_dialog_that_waits_can_be_answered():
    assert PaletteAnswer("1") not in found("", selected=None)
    worked_on = attrs.evolve(ASKING, verdict=agent(1).verdict)
    assert PaletteAnswer("1") not in found("", selected=worked_on)


def test_a_recording_offers_nothing_that_acts():
    offered = found("", played=True)

    assert not ACTING & {each for each in offered if isinstance(each, KeyAction)}
    assert PaletteAnswer("1") not in offered


def drawn(entries, index, columns=60, rows=8, marked=0, **changes):
    shown = render_input(*FLEET, **changes)
    lines = palette_lines(shown, entries, index, ASKING, Size(columns, rows), marked=marked)
    return [text_of(line).rstrip() for line in lines]


def test_the_head_says_what_is_for_the_marked_agents():
    entries = palette_entries(KEYMAP, FLEET, ASKING, "", PREFIX)
    head = drawn(entries, 0, columns=80, marked=3)[0]
    assert "messages, stops, answers: the 3 marked; else fix-login" in head


def test_the_entry_that_enter_takes_is_in_sight_with_its_keys_and_whom_it_is_about():
    entries = palette_entries(KEYMAP, FLEET, ASKING, "", PREFIX)
    place = next(n for n, entry in enumerate(entries) if entry.does is KeyAction.KILL)
    lines = drawn(entries, place)

    assert "acts are about fix-login" in lines[0]
    [chosen] = [line for line in lines if line.startswith("▸")]
    assert "Kill it" in chosen
    assert chosen.endswith(" K")


def test_what_is_not_there_is_said():
    assert "Nothing fits" in drawn((), 0)[2]


@given(
    st.text(max_size=4), st.integers(0, 50), st.integers(1, 90), st.integers(1, 12), st.booleans()
)
def test_nothing_is_off_the_grid(query, index, columns, rows, selects):
    entries = palette_entries(KEYMAP, FLEET, ASKING if selects else None, query, PREFIX)
    index = min(index, max(0, len(entries) - 1))
    lines = palette_lines(render_input(*FLEET), entries, index, None, Size(columns, rows))

    assert len(lines) <= rows
    assert all(line_cells(line) <= columns for line in lines)


@pytest.mark.parametrize(
    ("index", "count", "seen", "first"),
    [(0, 10, 4, 0), (1, 10, 4, 0), (5, 10, 4, 3), (9, 10, 4, 6), (0, 2, 4, 0), (0, 0, 4, 0)],
)
def test_the_chosen_line_is_in_the_middle_where_that_can_be(index, count, seen, first):
    assert first_seen(index, count, seen) == first
