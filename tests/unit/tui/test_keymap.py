"""Keys and actions agree with the configuration."""

import attrs

from oma.config.key_section import KeysSection
from oma.tui.keymap import KeyAction, keymap_of, label


def test_every_key_option_is_an_action_and_every_action_an_option():
    assert [field.name for field in attrs.fields(KeysSection)] == [
        action.value for action in KeyAction
    ]


def test_a_configured_key_takes_the_place_of_the_default():
    keymap = keymap_of(KeysSection(down=("n", "C-n"), new=()))

    assert keymap.actions["n"] is keymap.actions["C-n"] is KeyAction.DOWN
    assert "j" not in keymap.actions
    assert keymap.key_for(KeyAction.DOWN) == "n"
    assert keymap.key_for(KeyAction.NEW) == ""


def test_keys_are_named_as_on_a_keyboard():
    assert (label("Up"), label("PageDown"), label("x")) == ("↑", "PgDn", "x")
