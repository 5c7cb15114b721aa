import os

import pytest

from oma.errors import CommandError, ConfigError, OmaError
from oma.runtime.agents.spawn import (
    COMPLETIONS,
    directories,
    directory_of,
    look_for,
    next_name,
    session_name,
    start_agent,
    variables_of,
)
from oma.tmux.address import ServerAddress

SERVER = ServerAddress(socket_name="x")


@pytest.mark.parametrize("name", ["a", "oma-a"])
def test_an_agent_is_named_with_or_without_the_prefix(name):
    assert session_name(name, "oma-", set()) == "oma-a"


@pytest.mark.parametrize("name", ["", "a b", "a:b", "#{pid}", "é"])
def test_a_name_that_tmux_would_change_is_refused(name):
    with pytest.raises(ConfigError, match="expected letters, digits"):
        session_name(name, "oma-", set())


def test_a_name_that_is_taken_is_refused_and_the_next_number_is_free():
    with pytest.raises(OmaError, match="there is an agent 'oma-1' already"):
        session_name("1", "oma-", {"oma-1"})

    assert next_name("oma-", {"oma-1", "oma-2", "oma-4"}) == "oma-3"


def test_a_directory_has_to_be_there(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").mkdir()

    assert directory_of("a") == directory_of("~/a") == tmp_path / "a"
    for name in ("b", "~nobody-of-this-name"):
        with pytest.raises(OmaError, match="no such directory"):
            directory_of(name)


def test_directories_are_offered_as_they_are_typed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("one", "other", ".hidden", "one/two"):
        (tmp_path / name).mkdir()
    (tmp_path / "ofile").touch()

    assert directories("o") == ("one/", "other/")
    assert directories("one/") == ("one/two/",)
    assert directories("") == ("one/", "other/")
    assert directories(".h") == (".hidden/",)
    assert directories("none/") == ()


def test_no_more_directories_are_offered_than_anybody_reads(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for number in range(COMPLETIONS + 5):
        (tmp_path / f"d{number}").mkdir()

    assert len(directories("d")) == COMPLETIONS


def test_a_variable_has_the_value_that_is_given_or_ours_and_the_last_counts():
    environ = {"KEY": "ours", "EMPTY": ""}

    assert variables_of(["KEY", "A=1", "A=2=3", "NONE", "EMPTY"], environ) == {
        "KEY": "ours",
        "A": "2=3",
        "EMPTY": "",
    }


def test_a_variable_that_is_none_is_refused_and_a_value_is_never_told():
    with pytest.raises(ConfigError, match="variable '1A': expected NAME"):
        variables_of(["1A=x"], {})
    with pytest.raises(OmaError, match="variable A: its value") as refusal:
        variables_of(["A=secret\0"], {})
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    "command", [["sh"], ["sh -c x"], ["cd /; x"], ["exit 3"], ["sh", "-c", "x"], ["./x"]]
)
async def test_a_program_that_may_be_there_is_not_refused(command):
    await look_for(command)


@pytest.mark.parametrize("command", [["no-such-program-of-any-kind"], ["exit", "3"]])
async def test_a_program_that_is_not_there_is_refused_before_anything_runs(command):
    with pytest.raises(OmaError, match="not found on PATH"):
        await look_for(command)


def sessions(*names):
    rows = ["\t".join([f"${n}", name, "0", "7", "3.3a"]) for n, name in enumerate(names)]
    return "".join(f"{row}\n" for row in rows)


async def test_an_agent_is_started_where_it_is_told(tmux, tmp_path):
    tmux.says("list-sessions", sessions("oma-a"))

    await start_agent(SERVER, "oma-a", tmp_path, ["cat"], {"A": "1"})

    start, _ = tmux.asked
    assert start[:4] == ["new-session", "-d", "-s", "oma-a"]
    assert start[start.index("-c") + 1] == str(tmp_path)
    assert start[start.index("-e") + 1] == "A=1"


async def test_an_agent_that_tmux_refuses_or_that_ends_at_once_is_told(tmux, tmp_path):
    tmux.says("list-sessions", sessions("other"))
    with pytest.raises(OmaError, match="its tmux session has ended at once"):
        await start_agent(SERVER, "oma-a", tmp_path, ["cat"], {})

    tmux.says("new-session", status=1, complaint="duplicate session")
    with pytest.raises(CommandError, match="tmux refused to start oma-a: duplicate session"):
        await start_agent(SERVER, "oma-a", tmp_path, ["cat"], {})


def test_what_is_no_text_is_not_offered(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.mkdir(b"bad\xff")
    (tmp_path / "bell\a").mkdir()

    assert directories("b") == ()
