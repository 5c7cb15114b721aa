"""What agents of a recording are judged by."""

import json

import pytest

from oma.cli.option_values import RuleOptions
from oma.cli.recording_rules import (
    carried_config,
    carried_rules,
    chosen_profiles,
    forced_profile,
    other_rules,
    read_rules,
)
from oma.config.profiles import packaged_profiles
from oma.errors import ConfigError, RecordingError
from tests.unit.cli.recordings import header

CARRIED = {"bob": {"match": {"command": ["bob"]}}}


def test_a_recording_is_judged_by_the_rules_that_it_carries():
    rules, unknown = read_rules(header(profiles=CARRIED), RuleOptions(), "f")

    assert {profile.name for profile in rules.profiles} == {"bob", "generic"}
    assert (unknown, rules.forced_profile) == ((), None)


def test_a_profile_that_comes_with_oma_is_not_compiled_anew():
    packaged = {profile.name: profile for profile in packaged_profiles()}
    claude = packaged["claude"].definition
    carried = {"claude": json.loads(json.dumps(claude)), "amp": {"match": {"command": ["amp"]}}}

    rules, _ = read_rules(header(profiles=carried), RuleOptions(), "f")

    found = {profile.name: profile for profile in rules.profiles}
    assert found["claude"] is packaged["claude"]
    assert found["generic"] is packaged["generic"]
    assert found["amp"].definition == {"match": {"command": ["amp"]}}


def test_the_command_line_gives_other_rules(tmp_path):
    (tmp_path / "mine.toml").write_text('[match]\ncommand = ["mine"]\n')
    (tmp_path / "own.conf").write_text("[health]\nidle_warning = 7\n")
    options = RuleOptions(
        config=str(tmp_path / "own.conf"), profiles=str(tmp_path), profile="mine"
    )

    rules = carried_rules(header(profiles=CARRIED), options, "f")
    assert rules.forced_profile.name == "mine"
    assert rules.thresholds.idle_warning_s == 7
    assert "bob" not in {profile.name for profile in rules.profiles}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (RuleOptions(), ""),
        (RuleOptions(profile="p"), "every agent as p"),
        (RuleOptions(config="/a/b.toml"), "b.toml, profiles of today"),
        (RuleOptions(config="b", profiles="d"), "b, profiles in d"),
    ],
)
def test_rules_that_the_command_line_gives_are_named(options, words):
    assert other_rules(options) == words


def test_profiles_of_now_are_chosen_only_with_a_configuration(tmp_path):
    assert chosen_profiles(RuleOptions()) == ()
    assert {p.name for p in chosen_profiles(RuleOptions(config="f"))} == {
        p.name for p in packaged_profiles()
    }


def test_what_this_oma_does_not_know_is_left_out_and_named_once(capsys):
    options = {f"option_{number}": 1 for number in range(10)}
    found = header(config={"health": options})

    rules = carried_rules(found, RuleOptions(), "f.jsonl")

    told = capsys.readouterr().err
    assert rules.thresholds.idle_warning_s == 60
    assert told.count("\n") == 1
    assert "f.jsonl: recorded by oma 0.0.1; this one is" in told
    assert told.endswith("and 2 more\n")


def test_the_keys_of_a_recording_are_nobodys():
    config = carried_config(header(config={"keys": {"quit": ["n", "n"]}}), RuleOptions(), "f")

    assert config.keys == type(config.keys)()


def test_a_profile_that_is_no_object_or_not_there_is_refused():
    with pytest.raises(RecordingError, match="profile 'bob' is no object"):
        read_rules(header(profiles={"bob": 1}), RuleOptions(), "f")
    with pytest.raises(ConfigError, match="--profile 'bob': unknown profile; known are "):
        forced_profile(packaged_profiles(), "bob")
