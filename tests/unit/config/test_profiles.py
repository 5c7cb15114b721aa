import re
from pathlib import Path

import pytest

from oma.config.load import parse_toml
from oma.config.profiles import load_profiles, packaged_profiles, source_text
from oma.detection import profile_parser
from oma.errors import ConfigError

KNOWN = [
    "aider",
    "amp",
    "claude",
    "cline",
    "cn",
    "codex",
    "copilot",
    "crush",
    "cursor-agent",
    "droid",
    "gemini",
    "gptme",
    "hermes",
    "kilo",
    "kimi",
    "kiro",
    "opencode",
    "pi",
    "qwen",
    "vibe",
]
"""The kinds of agents that come with oma."""


def test_the_profiles_of_the_package_are_all_fine():
    names = [profile.name for profile in packaged_profiles()]

    assert names == sorted([*KNOWN, "generic"])


@pytest.mark.parametrize("missing", [True, False])
def test_without_profiles_of_a_user_those_of_the_package_are_in_force(tmp_path, missing):
    profiles, errors = load_profiles(tmp_path / "none" if missing else None)

    assert [p.name for p in profiles] == [*KNOWN, "generic"]
    assert errors == ()


def test_a_file_that_says_nothing_replaces_no_profile(tmp_path):
    # As a shell makes it for `oma profiles claude > …/claude.toml`, before that prints.
    (tmp_path / "claude.toml").touch()

    assert load_profiles(tmp_path) == load_profiles(None)


def test_a_profile_of_a_user_is_tried_first_and_replaces_one_of_the_package(tmp_path):
    (tmp_path / "mine.toml").write_text('match.command = ["mine"]')
    (tmp_path / "claude.toml").write_text('resume = "again"')
    (tmp_path / "notes.txt").write_text("no profile")

    profiles, errors = load_profiles(tmp_path)

    others = [name for name in KNOWN if name != "claude"]
    assert [p.name for p in profiles] == ["claude", "mine", *others, "generic"]
    assert profiles[0].resume == "again"
    assert profiles[1].source == str(tmp_path / "mine.toml")
    assert errors == ()


def test_the_generic_profile_stays_last_even_if_a_user_wrote_it(tmp_path):
    (tmp_path / "generic.toml").write_text('resume = "own"')

    profiles, _ = load_profiles(tmp_path)

    assert (profiles[-1].name, profiles[-1].resume) == ("generic", "own")


def test_a_bad_file_is_told_and_hides_nothing_else(tmp_path):
    (tmp_path / "claude.toml").write_text("[[rule]]\nname = 'x'\nstate = 'busy'")
    (tmp_path / "bad.toml").write_text("= 3")
    (tmp_path / "good.toml").write_text('match.title = "^good"')

    profiles, errors = load_profiles(tmp_path)

    assert profiles[0].name == "good"
    assert "claude" in [p.name for p in profiles]
    bad, claude = (str(error) for error in errors)
    assert bad.startswith(f"{tmp_path / 'bad.toml'}: not TOML")
    assert claude.startswith(f"{tmp_path / 'claude.toml'}: rule 'x': state must be one of")


def test_a_directory_that_cannot_be_listed_is_told(tmp_path):
    (tmp_path / "profiles").write_text("")

    profiles, errors = load_profiles(tmp_path / "profiles")

    assert len(profiles) == len(KNOWN) + 1
    assert str(errors[0]) == f"{tmp_path / 'profiles'}: cannot be read: not a directory"


def test_the_text_that_a_profile_was_read_from_is_given_as_it_is(tmp_path):
    (tmp_path / "mine.toml").write_text("# why\nmatch.command = ['mine']\n")

    profiles, _ = load_profiles(tmp_path)
    texts = {profile.name: source_text(profile) for profile in profiles}

    assert texts["mine"] == "# why\nmatch.command = ['mine']\n"
    assert texts["claude"].startswith("# Claude Code.")


def test_a_profile_whose_file_is_gone_is_told(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("match.command = ['mine']\n")
    profiles, _ = load_profiles(tmp_path)
    path.unlink()

    with pytest.raises(ConfigError, match=r"mine\.toml: cannot be read"):
        source_text(profiles[0])


DOCUMENT = (Path(__file__).parents[3] / "docs" / "profiles.md").read_text("utf-8")
KEYS = [
    *(f"match.{key}" for key in profile_parser.MATCH_KEYS),
    *(key for key in profile_parser.PROFILE_KEYS if key != "match"),
    *profile_parser.RULE_KEYS,
]


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_a_profile_is_documented(key):
    assert f"\n| `{key}` | " in DOCUMENT


def test_the_documented_example_is_a_profile():
    (example,) = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)

    profile = profile_parser.profile_from_mapping("x", parse_toml(example.encode(), "doc"), "doc")

    assert [rule.name for rule in profile.rules] == ["permission"]


@pytest.mark.parametrize("state", list(profile_parser._HOLDS_MS))
def test_the_documented_hold_times_and_priorities_are_those_in_force(state):
    (row,) = re.findall(rf"\n\| `{state}` \| [A-Z]+ \| .*", DOCUMENT)

    assert f"| {profile_parser._HOLDS_MS[state]} ms | {profile_parser._PRIORITIES[state]}" in row


@pytest.mark.parametrize("profile", packaged_profiles(), ids=lambda profile: profile.name)
def test_the_patterns_of_a_packaged_profile_compile_together(profile):
    assert len(profile.index.marks(("Do you want to proceed?",))) == 1
