"""A theme of one's own as a file, and what is said where something is wrong with it."""

import pytest

from oma.config.load import load_config
from oma.config.theme_file import THEMES
from oma.errors import ConfigError
from oma.tui.themes import CHOICES


@pytest.fixture
def load(tmp_path):
    """Give a function that loads a configuration beside a theme `amber`."""

    def load(text, theme):
        path = tmp_path / "config.toml"
        path.write_text(text, "utf-8")
        (tmp_path / "themes").mkdir()
        (tmp_path / "themes" / "amber.toml").write_text(theme, "utf-8")
        return load_config(path)

    return load


NAMED = '[dashboard]\ntheme = "amber"\nmouse = false\n'


def test_a_file_stands_for_its_colours_and_what_it_changes(load):
    config = load(NAMED, 'base = "dark"\naccent = "#FFAF00"\nselection = 52\n')
    assert (config.dashboard.theme, config.dashboard.mouse) == ("dark", False)
    assert (config.theme.accent, config.theme.selection, config.theme.ok) == (
        "#ffaf00",
        "52",
        "theme",
    )


def test_the_section_of_the_configuration_changes_the_file(load):
    config = load(
        f'{NAMED}[theme]\nok = 22\naccent = 33\nidle = "theme"\n', "accent = 1\nidle = 2\n"
    )
    assert config.dashboard.theme == "auto"
    assert (config.theme.accent, config.theme.ok, config.theme.idle) == ("33", "22", "2")


@pytest.mark.parametrize(
    ("theme", "words"),
    [
        ("acent = 1", r"/themes/amber\.toml: 'acent': unknown key; did you mean 'accent'\?"),
        ('ok = "lime"', r"/themes/amber\.toml: ok = 'lime': expected \"#rrggbb\""),
        ('base = "amber"', r"/themes/amber\.toml: base = 'amber': expected one of auto, dark"),
        ("ok =", r"/themes/amber\.toml: not TOML"),
    ],
)
def test_a_mistake_is_named_with_the_file_of_the_theme(load, theme, words):
    with pytest.raises(ConfigError, match=words):
        load(NAMED, theme)


@pytest.mark.parametrize("name", ["umber", "../config", "", "a.b"])
def test_a_name_that_no_file_has_is_refused_with_those_that_are_known(load, name):
    with pytest.raises(
        ConfigError, match=r'expected "auto" or .* or "NAME" of a file themes/NAME'
    ):
        load(f'[dashboard]\ntheme = "{name}"', "")


def test_the_themes_are_those_of_the_dashboard():
    assert set(THEMES) == set(CHOICES)
