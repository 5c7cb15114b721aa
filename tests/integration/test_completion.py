"""The completion of shells, as they run it."""

import shutil
import subprocess

import pytest

from oma.cli.commands.completion_command import completion_script
from tests.support.patience import look_until

NAMES = """\
oma-agent-one
oma-agent-two
my api
work:fix
work:fix 2
"""

ASK = """\
source ./script
COMP_LINE=$1
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_oma_complete
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def complete(tmp_path):
    """What bash completes the last of the words to; `oma` tells what a status says."""
    (tmp_path / "script").write_text(completion_script("bash"))
    (tmp_path / "names").write_text(NAMES)
    (tmp_path / "day.jsonl").touch()
    (tmp_path / "dir").mkdir()
    program = tmp_path / "bin" / "oma"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ncat '{tmp_path}/names'\n")
    program.chmod(0o755)

    def complete(*words, line=None):
        line = line or " ".join(("oma", *words))
        done = subprocess.run(
            ["bash", "--norc", "-c", ASK, "bash", line, "oma", *words],
            cwd=tmp_path,
            env={"PATH": f"{program.parent}:/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=True,
        )
        return sorted(done.stdout.splitlines())

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
        (("wait", "oma"), ["oma-agent-one", "oma-agent-two"]),
        (("completion", ""), ["bash", "fish", "tcsh", "zsh"]),
    ],
    ids=" ".join,
)
def test_what_fits_is_completed(complete, words, expected):
    assert complete(*words) == expected


@pytest.mark.parametrize(
    ("words", "line", "expected"),
    [
        (("wait", ""), "oma wait ", 5),
        (("wait", "my"), "oma wait my", ["my\\ api"]),
        (("wait", "my\\ a"), "oma wait my\\ a", ["my\\ api"]),
        (("wait", '"my a'), 'oma wait "my a', ["my api"]),
        # Bash divides words at colons, and puts its answer in place of the last part.
        (("wait", "work", ":", "fi"), "oma wait work:fi", ["fix", "fix\\ 2"]),
        (("wait", "work", ":"), "oma wait  work:", ["fix", "fix\\ 2"]),
        (("wait", "work", ":", "fix", "--for", "st"), "oma wait work:fix --for st", ["stuck"]),
        (("wait", '"work:fix '), 'oma wait "work:fix ', ["work:fix 2"]),
    ],
    ids=str,
)
def test_names_with_blanks_and_colons_are_completed(complete, words, line, expected):
    found = complete(*words, line=line)

    assert (len(found) if isinstance(expected, int) else found) == expected


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("oma stat", ["stats", "status"]),
        ("oma wait one --for st", ["stuck"]),
        ("oma wait my", ["my api"]),
        ("oma replay da", ["day.jsonl"]),
    ],
)
def test_fish_completes_commands_agents_healths_and_files(complete, tmp_path, line, expected):
    (tmp_path / "oma.fish").write_text(completion_script("fish"))
    done = subprocess.run(
        ["fish", "--no-config", "-c", "source oma.fish; complete -C $argv[1]", line],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}/bin:/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert sorted(found.partition("\t")[0] for found in done.stdout.splitlines()) == expected


ZSH = """\
PS1='> '
autoload -Uz compinit && compinit -u -d ./dump
source ./script.zsh
keep() { print -r -- "$BUFFER" >>./completed; BUFFER= }
zle -N keep && bindkey '^X' keep
zle-line-init() { : >./ready }
zle -N zle-line-init
"""
ZSH_COMPLETES = [
    ("oma statu", "oma status "),
    ("oma wait work:fix\\ ", "oma wait work:fix\\ 2 "),
    ("oma wait my", "oma wait my\\ api "),
    ("oma wait one --for st", "oma wait one --for stuck "),
    ("oma replay da", "oma replay day.jsonl "),
    ("oma status --wat", "oma status --watch "),
]


@pytest.mark.slow
@pytest.mark.tmux
@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
async def test_zsh_completes_commands_agents_healths_files_and_options(
    complete, tmp_path, terminals
):
    (tmp_path / "script.zsh").write_text(completion_script("zsh"))
    (tmp_path / "setup.zsh").write_text(ZSH)
    path = f"PATH={tmp_path}/bin:/usr/bin:/bin"
    shell = ("env", path, f"HOME={tmp_path}", "zsh", "-f", "-i")
    terminals.run("new-session", "-d", "-s", "z", "-x", "100", "-c", str(tmp_path), *shell)
    terminals.run("send-keys", "-t", "=z:", "source ./setup.zsh", "Enter")
    assert await look_until((tmp_path / "ready").exists)

    kept = tmp_path / "completed"
    for number, (typed, _) in enumerate(ZSH_COMPLETES, 1):
        terminals.run("send-keys", "-t", "=z:", "-l", typed)
        terminals.run("send-keys", "-t", "=z:", "Tab", "C-x")
        done = await look_until(
            lambda number=number: kept.exists() and kept.read_text().count("\n") >= number
        )
        assert done, terminals.run("capture-pane", "-p", "-t", "=z:")

    assert kept.read_text().splitlines() == [completed for _, completed in ZSH_COMPLETES]


def test_zsh_may_read_its_script_in_any_way():
    assert "(eval|file)" in completion_script("zsh")


@pytest.mark.parametrize("shell", ["bash", "fish", "tcsh", "zsh"])
def test_each_shell_has_a_script(shell):
    assert "replay" in completion_script(shell)


def test_what_fish_reads_in_double_quotes_has_nothing_to_expand():
    lines = completion_script("fish").splitlines()

    assert not any(
        "$" in line.partition(' -ka "')[2] for line in lines if "oma status --names" in line
    )
