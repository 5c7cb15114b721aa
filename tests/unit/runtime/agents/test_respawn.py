import pytest

from oma.errors import CommandError
from oma.runtime.agents.respawn import MOST_NAMED, TRIES, respawn, resume_line, start_line
from oma.tmux.address import ServerAddress
from tests.support.scripted_tmux import ScriptedTmux

SERVER = ServerAddress(socket_name="x")


@pytest.fixture
def tmux(tmp_path, monkeypatch):
    tmux = ScriptedTmux(tmp_path)
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    return tmux


async def test_a_pane_is_paused_on_the_clients_that_know_of_pauses_before_it_runs_again(tmux):
    tmux.says("list-clients", "client-7\n\nclient-9\n")

    await respawn(SERVER, "%1", "x;")

    assert tmux.asked[1:] == [
        [
            *("refresh-client", "-t", "client-7", "-A", "%1:pause", ";"),
            *("refresh-client", "-t", "client-9", "-A", "%1:pause", ";"),
            *("respawn-pane", "-k", "-t", "%1", "--", "x\\;"),
        ]
    ]


async def test_beside_more_clients_than_tmux_takes_names_those_that_show_the_pane_are_paused(tmux):
    others = [f"client-{number}" for number in range(1000)]
    tmux.says("list-clients", "\n".join([*others, "+client-x"]))

    await respawn(SERVER, "%1", "x")

    (asked,) = tmux.asked[1:]
    assert asked[:5] == ["refresh-client", "-t", "client-x", "-A", "%1:pause"]
    assert asked[8] == "client-0"
    assert MOST_NAMED - 60 < len(" ".join(asked)) < MOST_NAMED + 60


async def test_a_pane_runs_again_what_it_ran_when_nothing_else_is_said(tmux):
    await respawn(SERVER, "%1", None)

    assert tmux.asked[1:] == [["respawn-pane", "-k", "-t", "%1"]]


async def test_the_clients_are_asked_for_again_where_one_of_them_may_have_left(tmux):
    tmux.says("respawn-pane", status=1, complaint="can't find client: client-7")

    with pytest.raises(CommandError, match="tmux refused to restart a: can't find client"):
        await respawn(SERVER, "%1", None, "to restart a")

    assert [words[0] for words in tmux.asked] == TRIES * ["list-clients", "respawn-pane"]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("oma-1", "claude --resume 1"),
        ("a b", "claude --resume 'a b'"),
        ("'", "claude --resume ''\"'\"''"),
    ],
)
def test_an_agent_is_continued_by_its_name_whatever_that_holds(name, line):
    assert resume_line("claude --resume {id}", name, "oma-") == line


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ('"codex"', "codex"),
        ("codex", "codex"),
        ('"sleep 10"', "sleep 10"),
        ('bash -c "exec -a x y"', 'bash -c "exec -a x y"'),
        ('"echo \\"a b\\""', 'echo "a b"'),
        ('"', '"'),
        ("", ""),
    ],
)
def test_a_line_that_tmux_quotes_is_the_line(told, line):
    assert start_line(told) == line
