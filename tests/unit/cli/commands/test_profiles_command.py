"""`oma profiles`."""

import json
import shutil

import pytest

from oma.cli.commands.profiles_command import ProfilesOptions, run
from oma.cli.option_values import RuleOptions
from oma.config.profiles import packaged_profiles
from oma.errors import ConfigError, OmaError
from tests.unit.cli.parsing import parsed
from tests.unit.cli.recordings import REAL, TRANSCRIPT, write


def test_its_words_become_options():
    assert parsed("profiles") == ProfilesOptions()
    assert parsed(
        *["profiles", "test", "--at-least", "90", "d", "--profile", "p", "--json"]
    ) == ProfilesOptions(
        words=("test", "d"), json=True, rules=RuleOptions(profile="p"), at_least=90.0
    )


def test_all_are_listed_for_the_user_and_for_machines(capsys):
    run(ProfilesOptions())
    rows = capsys.readouterr().out.splitlines()
    run(ProfilesOptions(json=True))
    found = json.loads(capsys.readouterr().out)

    names = {profile.name for profile in packaged_profiles()}
    assert [row.split()[0] for row in rows] == ["NAME", *(each["name"] for each in found)]
    assert {each["name"] for each in found} == names


def test_one_is_printed_and_can_be_checked(tmp_path, capsys):
    run(ProfilesOptions(words=("aider",)))
    text = capsys.readouterr().out
    (tmp_path / "mine.toml").write_text(text)

    assert run(ProfilesOptions(words=("check", str(tmp_path / "mine.toml")))) == 0
    assert "profile 'mine' with" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("nobody",), "no profile 'nobody'; known are "),
        (("a", "b"), "expected NAME, 'check FILE', 'test DIR', 'unknown' or 'draft'"),
        (("test", "/no/such"), "/no/such: cannot be read: no such file"),
        (("check", "/no/such"), "/no/such"),
        (("draft",), "needs --recording"),
    ],
)
def test_what_means_nothing_is_refused(words, complaint):
    with pytest.raises(ConfigError, match=complaint):
        run(ProfilesOptions(words=words))


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "labelled"
    folder.mkdir()
    for suffix in (".ctl", ".idx", ".json"):
        shutil.copy(TRANSCRIPT.with_suffix(suffix), folder)
    return folder


@pytest.mark.parametrize(("least", "code"), [(None, 0), (1.0, 0), (90.0, 1)])
def test_a_test_fails_where_too_little_is_told_right(folder, capsys, least, code):
    # As another kind of agent, not all of it is told right.
    rules = RuleOptions(profile="codex")
    options = ProfilesOptions(words=("test", str(folder)), at_least=least, rules=rules)
    assert run(options) == code

    told = capsys.readouterr()
    assert [row.split()[:2] for row in told.out.splitlines()[1:]] == [
        ["aider-main.ctl", "codex"],
        ["total", "-"],
    ]
    assert ("less than 90 %" in told.err) == (code == 1)


def test_a_recording_without_a_truth_is_left_out_and_said(folder, capsys):
    (folder / "aider-main.json").unlink()

    with pytest.raises(ConfigError, match="no recording with a truth file beside it"):
        run(ProfilesOptions(words=("test", str(folder))))
    assert "left out: there is no aider-main.json" in capsys.readouterr().err


def test_a_test_writes_its_time_lines_as_a_page(folder, tmp_path):
    written = tmp_path / "scores.html"

    assert run(ProfilesOptions(words=("test", str(folder)), html=written)) == 0
    assert "<h2>aider-main.ctl: 100.00 % right</h2>" in written.read_text("utf-8")


def test_a_page_that_cannot_be_written_is_told(folder):
    options = ProfilesOptions(words=("test", str(folder)), html=folder)

    with pytest.raises(OmaError, match=f"^cannot write {folder}: is a directory$"):
        run(options)


def test_what_no_rule_explains_is_told_now_and_of_a_recording(tmp_path, capsys):
    path = write(tmp_path / "f.jsonl")

    assert run(ProfilesOptions(words=("unknown",))) == 0
    assert run(ProfilesOptions(words=("unknown",), recording=path)) == 0
    assert capsys.readouterr().out == "every screen was explained by a rule\n" * 2
    assert run(ProfilesOptions(words=("unknown",), recording=path, json=True)) == 0
    assert capsys.readouterr().out == "[]\n"


def test_a_draft_is_printed_and_can_be_checked(tmp_path, capsys):
    recording = REAL / "kimi-b.jsonl.zst"

    assert run(ProfilesOptions(words=("draft",), recording=recording)) == 0
    (tmp_path / "mine.toml").write_text(capsys.readouterr().out)
    assert run(ProfilesOptions(words=("check", str(tmp_path / "mine.toml")))) == 0
    assert "profile 'mine' with" in capsys.readouterr().out
