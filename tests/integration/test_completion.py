"""The completion of shells, as they run it."""

import subprocess

import pytest

from oma.cli.commands.completion_command import completion_script

STATUS = """\
AGENT            HEALTH  ACTIVE  PROFILE  WHY
oma-agent-one    OK      2s      generic  active: output arrives
oma-agent-$(id>ran)  OK  2s      generic  active: output arrives
oma-agent-two    IDLE    2m      claude   silent: no output for 60 s
"""

ASK = """\
source ./script
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_shtab_oma
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def complete(tmp_path):
    """What bash completes the last of the words to; `oma` tells what a status says."""
    (tmp_path / "script").write_text(completion_script("bash"))
    (tmp_path / "status").write_text(STATUS)
    (tmp_path / "day.jsonl").touch()
    (tmp_path / "dir").mkdir()
    program = tmp_path / "bin" / "oma"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ncat '{tmp_path}/status'\n")
    program.chmod(0o755)

    def complete(*words):
        done = subprocess.run(
            ["bash", "--norc", "-c", ASK, "bash", "oma", *words],
            cwd=tmp_path,
            env={"PATH": f"{program.parent}:/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=True,
        )
        return sorted(done.stdout.split())

    return complete


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("st",), ["stats", "status", "stop"]),
        (("replay", "da"), ["day.jsonl"]),
        (("record", "-o", "da"), ["day.jsonl"]),
        (("why", "one", "--recording", "da"), ["day.jsonl"]),
        (("new", "--cwd", "di"), ["dir"]),
        (("wait", "one", "--for", "st"), ["stuck"]),
        (("wait", ""), ["oma-agent-one", "oma-agent-two"]),
        (("completion", ""), ["bash", "fish", "tcsh", "zsh"]),
    ],
    ids=" ".join,
)
def test_what_fits_is_completed(complete, words, expected):
    assert complete(*words) == expected


def test_a_name_that_a_shell_would_expand_is_never_offered(complete, tmp_path):
    assert not any("$" in word for word in complete("wait", "oma-agent-"))
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("shell", ["bash", "fish", "tcsh", "zsh"])
def test_each_shell_has_a_script(shell):
    assert "replay" in completion_script(shell)


def test_what_fish_reads_in_double_quotes_has_nothing_to_expand():
    lines = completion_script("fish").splitlines()

    assert not any("$" in line.partition(' -ka "')[2] for line in lines if "oma status" in line)
