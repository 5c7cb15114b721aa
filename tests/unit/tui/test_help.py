"""The help is what the keymap says."""

from oma.config.key_section import KeysSection
from oma.tui.cells import Size
from oma.tui.help import furthest, help_lines
from oma.tui.keymap import keymap_of
from tests.unit.tui.fleets import KEYMAP, text_of


def lines(columns, rows, keymap=KEYMAP):
    return [text_of(line) for line in help_lines(keymap, Size(columns, rows))]


def test_every_key_is_told_with_what_it_does():
    text = "\n".join(lines(80, 40))

    for binding in KEYMAP.bindings:
        assert binding.about.rstrip(".") in text
    assert "1-9" in text


def test_configured_keys_are_told_and_actions_without_a_key_are_not():
    text = "\n".join(lines(80, 40, keymap_of(KeysSection(quit=("Z",), new=()))))

    assert "Z " in text
    assert "Start an agent" not in text


def test_there_are_two_columns_where_one_is_too_long_and_nothing_is_cut():
    shown = lines(80, 22)

    assert len(shown) <= 22
    for binding in KEYMAP.bindings:
        assert binding.about.rstrip(".") in "\n".join(shown)


def test_where_two_columns_would_be_cut_one_scrolls():
    body = "\n".join(
        text_of(line)
        for first in range(furthest(KEYMAP, Size(60, 20)) + 1)
        for line in help_lines(KEYMAP, Size(60, 20), first=first)
    )

    for binding in KEYMAP.bindings:
        assert binding.about.rstrip(".") in body


def test_a_screen_that_is_too_small_shows_the_beginning():
    shown = lines(30, 5)

    assert len(shown) == 5
    assert "1-3 of" in shown[0]


def test_a_replay_has_keys_of_its_own_and_none_that_act():
    text = "\n".join(map(text_of, help_lines(KEYMAP, Size(80, 40), played=True)))

    assert "Go to 90, 1:30 or 1:02:03" in text
    assert "Leave the dashboard" in text
    assert "Kill it" not in text
    assert "1-9" not in text


def test_what_does_not_fit_is_reached_by_scrolling():
    room = Size(30, 8)
    last = furthest(KEYMAP, room)
    shown = [text_of(line) for line in help_lines(KEYMAP, room, first=last)]

    assert "Ctrl-C" in shown[-1]
    assert f"{last + 1}-{last + 6} of {last + 6}" in text_of(help_lines(KEYMAP, room, first=99)[0])
    assert furthest(KEYMAP, Size(200, 99)) == 0


def test_a_search_leaves_the_lines_that_have_every_word():
    shown = [text_of(line) for line in help_lines(KEYMAP, Size(80, 20), text="MESS queue")]

    assert ["Queue a message" in line for line in shown[2:]] == [True]
    assert "No key does such a thing" in text_of(help_lines(KEYMAP, Size(80, 20), text="zz")[2])
