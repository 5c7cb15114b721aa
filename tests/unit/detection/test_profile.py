from oma.detection.profile import pattern_sets
from oma.detection.profile_parser import profile_from_mapping


def test_everything_that_a_rule_looks_for_is_told():
    keys = ("any", "except", "also", "unless", "unless_below", "above", "below")
    rule = {"name": "r", "state": "idle", "scope": "screen"} | {key: f"^{key}" for key in keys}

    (read, *_) = profile_from_mapping("x", {"rule": [rule]}, "x.toml").rules

    assert [patterns.sources for patterns in pattern_sets(read)] == [(f"^{key}",) for key in keys]


def test_a_run_without_a_screen_is_told_by_its_command_line():
    profile = profile_from_mapping("x", {"headless": r"\bagent (.* )?-p( |$)"}, "x.toml")

    assert profile.is_headless(("agent", "-p", "do it"))
    assert not profile.is_headless(("agent", "do it"))
