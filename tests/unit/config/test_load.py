"""The file is found where it should be, and every mistake in it is named."""

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.config.key_section import KeysSection
from oma.config.load import (
    config_from_mapping,
    load_config,
    parse_toml,
    without_unknown_options,
)
from oma.config.schema import SECTIONS, Config
from oma.errors import ConfigError

WRONG = {
    "a wrong type": (
        '[health]\nidle_warning = "x"',
        "[health] idle_warning = 'x': expected a number of seconds greater than 0",
    ),
    "a truth value for a number": (
        "[layout]\nmain_pane_size = true",
        "[layout] main_pane_size = True: expected a whole number of percent from 20 to 80",
    ),
    "a value out of range": (
        "[layout]\nmain_pane_size = 81",
        "[layout] main_pane_size = 81: expected a whole number of percent from 20 to 80",
    ),
    "a word that is no choice": (
        '[layout]\nlayout = "diagonal"',
        '[layout] layout = \'diagonal\': expected "vertical" or "horizontal" or "grid"',
    ),
    "an infinite duration": (
        "[health]\nidle_critical = inf",
        "[health] idle_critical = inf: expected a number of seconds greater than 0",
    ),
    "a blank pattern": (
        '[health]\nerror_patterns = ["error", ""]',
        "[health] error_patterns = ['error', '']: "
        "expected a list of texts, each on one line and not blank",
    ),
    "a misspelt key": (
        "[health]\nidle_warnin = 3",
        "[health] 'idle_warnin': unknown key; did you mean 'idle_warning'?",
    ),
    "a key like no other": (
        "[agent]\nzzz = 3",
        "[agent] 'zzz': unknown key; known are default_command, default_workdir, env",
    ),
    "a key in the wrong section": (
        "[agent]\nidle_warning = 3",
        "[agent] 'idle_warning': unknown key; 'idle_warning' belongs in [health]",
    ),
    "a key outside any section": (
        "idle_warning = 3",
        "'idle_warning': unknown section; 'idle_warning' belongs in [health]",
    ),
    "a misspelt section": (
        "[heatlh]\nidle_warning = 3",
        "'heatlh': unknown section; did you mean 'health'?",
    ),
    "a section like no other": (
        "[zzz]",
        "'zzz': unknown section; known are dashboard, theme, discovery, health, agent, worktree, layout, attach, web, notify, otlp, history, fleet, limits, keys",
    ),
    "a section that is a value": ("health = 3", "health = 3: expected a section, [health]"),
    "a warning after the alarm": (
        "[health]\nidle_warning = 400",
        "[health] idle_warning = 400.0: expected less than idle_critical, which is 300.0",
    ),
    "one key for two actions": (
        '[keys]\nquit = ["Z", "q"]\nhelp = ["F", "q"]',
        "[keys] quit = ['Z', 'q']: expected other keys than 'q', which is help",
    ),
    "one key twice for one action": (
        '[keys]\nquit = ["q", "q"]',
        "[keys] quit = ['q', 'q']: expected other keys than 'q', which is quit",
    ),
    "an alarm with the warning": (
        "[health]\nidle_critical = 60",
        "[health] idle_critical = 60.0: expected more than idle_warning, which is 60.0",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_named_with_file_key_value_and_what_is_allowed(name, tmp_path):
    text, message = WRONG[name]
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert str(caught.value) == f"{path}: {message}"


def test_what_a_file_leaves_out_keeps_its_default(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text("[health]\nidle_warning = 5\nidle_critical = 10.5\n", "utf-8")
    config = load_config(path)
    assert (config.health.idle_warning, config.health.idle_critical) == (5.0, 10.5)
    assert config.health.error_settle == Config().health.error_settle
    assert config.layout == Config().layout


def test_a_default_gives_way_to_a_key_that_a_file_binds(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nwhy = ["v", ":"]\nquit = ["Q", "x"]\nstop = ["X"]\n', "utf-8")
    keys, default = load_config(path).keys, KeysSection()
    assert (keys.why, keys.quit, keys.stop) == (("v", ":"), ("Q", "x"), ("X",))
    assert (keys.mark, keys.queue, keys.palette) == ((), (), ("C-p",))
    changed = ("why", "quit", "stop", "mark", "queue", "palette")
    assert keys == attrs.evolve(default, **{name: getattr(keys, name) for name in changed})


def test_a_key_that_a_file_leaves_is_nobodys(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nmark = ["M"]\nqueue = []\n', "utf-8")
    keys = load_config(path).keys
    assert (keys.mark, keys.queue) == (("M",), ())
    assert "v" not in {
        name for names in attrs.asdict(keys, recurse=False).values() for name in names
    }


def test_every_key_can_be_given_to_another_act():
    """So that no default that comes later refuses a file that was written before it."""
    fields = [field.name for field in attrs.fields(KeysSection)]
    wrong = []
    for taker in fields:
        for giver in fields:
            for name in getattr(KeysSection(), giver):
                keys = config_from_mapping({"keys": {taker: [name]}}, "f").keys
                rest = tuple(key for key in getattr(KeysSection(), giver) if key != name)
                if getattr(keys, taker) != (name,) or getattr(keys, giver) != (
                    (name,) if giver == taker else rest
                ):
                    wrong.append((taker, giver, name))
    assert wrong == []


def test_without_a_file_the_defaults_hold():
    assert load_config(None) == Config()


def test_a_file_that_is_missing_is_an_error(tmp_path):
    path = tmp_path / "config.toml"
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert str(caught.value) == f"{path}: cannot be read: no such file or directory"


def test_a_directory_is_an_error(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read: is a directory"):
        load_config(tmp_path)


def test_bytes_that_are_not_utf_8_are_an_error_with_the_line():
    with pytest.raises(ConfigError, match=r"^here: not UTF-8 at line 2: b'\\xff'$"):
        parse_toml(b"[agent]\ndefault_command = '\xff'\n", "here")


def test_a_syntax_error_names_the_line():
    with pytest.raises(ConfigError, match=r"^here: not TOML: .*line 2"):
        parse_toml(b"[agent]\ndefault_command = \n", "here")


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "9" * 5_000])
def test_a_monstrous_value_is_a_configuration_error_and_not_a_crash(text):
    with pytest.raises(ConfigError, match=r"^here: not TOML: [^\n]+\Z"):
        parse_toml(text.encode(), "here")


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(sorted(SECTIONS)) | st.text(),
        st.dictionaries(
            st.sampled_from(["idle_warning", "layout", "main_pane_size"]) | st.text(),
            st.integers() | st.text() | st.floats() | st.lists(st.text(), max_size=2),
            max_size=3,
        )
        | st.integers(),
        max_size=3,
    )
)
def test_whatever_the_mapping_the_outcome_is_a_configuration_or_one_line_of_error(mapping):
    outcome = _outcome(mapping)
    if isinstance(outcome, Config):
        assert outcome.health.idle_warning < outcome.health.idle_critical
    else:
        assert str(outcome).startswith("header: ")
        assert len(str(outcome).splitlines()) == 1


def _outcome(mapping):
    try:
        return config_from_mapping(mapping, "header")
    except ConfigError as error:
        return error


@pytest.mark.parametrize(
    ("mapping", "known", "names"),
    [
        ({}, {}, ()),
        ({"glow": {"a": 1}, "agent": {}}, {"agent": {}}, ("[glow]",)),
        (
            {"health": {"idle_warning": 7, "mood": 1}},
            {"health": {"idle_warning": 7}},
            ("[health] mood",),
        ),
        ({"attach": {"mode": "tab"}}, {"attach": {}}, ("[attach] mode",)),
        ({"keys": {"up": ["F5"], "down": ["d"]}}, {"keys": {"down": ["d"]}}, ("[keys] up",)),
        ({"health": {"idle_warning": "x"}}, {"health": {"idle_warning": "x"}}, ()),
        ({"layout": 3}, {"layout": 3}, ()),
    ],
)
def test_what_a_newer_oma_wrote_is_left_out_and_named(mapping, known, names):
    assert without_unknown_options(mapping) == (known, names)
