"""The options of a theme of one's own."""

import pytest

from oma.config.load import config_from_mapping
from oma.errors import ConfigError


def test_a_colour_is_taken_as_it_is_written():
    config = config_from_mapping({"theme": {"ok": "#00FF00", "rule": 8}}, "c.toml")

    assert (config.theme.ok, config.theme.rule, config.theme.stuck) == ("#00ff00", "8", "theme")


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ({"ok": "lime"}, r"c\.toml: \[theme\] ok = 'lime': expected \"#rrggbb\", a number"),
        ({"warn": "1"}, r"c\.toml: \[theme\] 'warn': unknown key; "),
    ],
)
def test_a_mistake_is_one_line_that_names_the_key(option, words):
    with pytest.raises(ConfigError, match=words):
        config_from_mapping({"theme": option}, "c.toml")
