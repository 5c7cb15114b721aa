"""Which server, which configuration, which sessions."""

import attrs
import pytest

from oma.cli.cli_context import (
    profiles_in,
    profiles_in_force,
    read_context,
    thresholds,
    why_none,
)
from oma.cli.option_values import GlobalOptions
from oma.config.schema import Config, HealthSection
from oma.errors import ConfigError

PROFILE = '[match]\ncommand = ["mine"]\n'


@pytest.mark.parametrize(
    ("options", "watched", "words"),
    [
        (GlobalOptions(), {"oma-agent-a", "oma-agent-b"}, "begins with 'oma-agent-'"),
        (GlobalOptions(match="*-b"), {"oma-agent-b"}, "matches '*-b'"),
        (GlobalOptions(only_own=True), {"oma-agent-a", "oma-agent-b"}, "no session has a name"),
    ],
)
def test_sessions_are_watched_by_prefix_or_by_glob(options, watched, words):
    context = read_context(options)

    names = ["oma-agent-a", "oma-agent-b", "home"]
    assert {name for name in names if context.watched(name)} == watched
    assert words in why_none(context)


def test_what_is_excluded_is_no_agent_and_what_is_included_is_the_only_one():
    context = read_context(GlobalOptions())

    excluded = attrs.evolve(context, exclude=frozenset({"oma-agent-a"}))
    included = attrs.evolve(context, include=frozenset({"home"}))
    assert not excluded.watched("oma-agent-a")
    assert included.watched("home")
    assert not included.watched("oma-agent-a")


@pytest.mark.parametrize("name", ["a", "oma-agent-a"])
def test_the_prefix_of_a_name_may_be_left_out(name):
    assert read_context(GlobalOptions()).full_name(name) == "oma-agent-a"


def test_another_oma_is_given_the_same_server_configuration_and_sessions(home, monkeypatch):
    (home / "own.toml").touch()
    monkeypatch.chdir(home)
    context = read_context(GlobalOptions(socket_name="x", config="own.toml", match="a*"))

    assert context.argv() == ["-L", "x", "--config", str(home / "own.toml"), "--match", "a*"]
    assert read_context(GlobalOptions()).argv() == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (GlobalOptions(socket_name="a", socket_path="b"), "-L and -S name two servers"),
        (GlobalOptions(socket_name=""), "empty"),
        (GlobalOptions(socket_path="/"), "not the socket"),
        (GlobalOptions(config="/no/such/file"), "/no/such/file"),
    ],
)
def test_what_names_no_one_server_and_a_file_that_is_not_there_are_refused(options, words):
    with pytest.raises(ConfigError, match=words):
        read_context(options)


def test_a_bad_profile_of_the_user_is_said_and_left_out(home, capsys):
    folder = home / ".config" / "oma" / "profiles"
    folder.mkdir(parents=True)
    (folder / "bad.toml").write_text("nonsense = 1\n")

    assert "bad" not in {profile.name for profile in profiles_in_force()}
    assert str(folder / "bad.toml") in capsys.readouterr().err


def test_profiles_of_a_named_folder_are_added_and_a_bad_one_is_refused(tmp_path):
    (tmp_path / "mine.toml").write_text(PROFILE)
    added = {profile.name for profile in profiles_in(tmp_path)}
    (tmp_path / "bad.toml").write_text("nonsense = 1\n")

    assert {"mine", "generic"} <= added
    with pytest.raises(ConfigError, match=r"bad\.toml"):
        profiles_in(tmp_path)
    with pytest.raises(ConfigError, match="no such directory"):
        profiles_in(tmp_path / "none")


def test_thresholds_are_those_of_the_configuration():
    health = HealthSection(idle_warning=1.0, idle_critical=2.0, error_settle=3.0)

    found = thresholds(Config(health=health))
    assert (found.idle_warning_s, found.idle_critical_s, found.error_settle_s) == (1.0, 2.0, 3.0)
