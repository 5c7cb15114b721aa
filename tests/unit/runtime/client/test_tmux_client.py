import pytest

from oma.errors import CommandError, NoAnswerError, OmaError
from oma.runtime.client.tmux_client import Answer, TmuxClient, refused
from oma.tmux.address import ServerAddress
from oma.tmux.commands.control import Print
from oma.tmux.commands.sessions import KillServer

SERVER = ServerAddress(socket_name="x")


async def test_a_command_is_run_on_the_server_and_its_output_is_returned(tmux):
    tmux.says("display-message", "hello\n")

    assert await TmuxClient(SERVER).run(Print("f")) == "hello\n"
    assert tmux.asked == [["display-message", "-p", "f"]]


async def test_what_tmux_refuses_is_told_in_its_words_and_ours(tmux):
    tmux.says("kill-server", status=1, complaint="no server running on /s\n")

    with pytest.raises(CommandError, match=r"^tmux refused: no server running on /s$"):
        await TmuxClient(SERVER).run(KillServer())
    with pytest.raises(CommandError, match=r"^tmux refused to end it: no server"):
        await TmuxClient(SERVER).run(KillServer(), doing="to end it")


async def test_who_can_go_on_gets_the_refusal_as_an_answer(tmux):
    tmux.says("kill-server", "said", status=3, complaint="why\n")

    assert await TmuxClient(SERVER).ask(KillServer()) == Answer(3, "said", "why")


async def test_a_server_that_hangs_is_not_waited_for_longer_than_is_said(tmux):
    with pytest.raises(NoAnswerError, match="seems to hang"):
        await TmuxClient(SERVER).ask(KillServer(), 0.0)


async def test_without_a_tmux_one_is_told_so(tmp_path, monkeypatch):
    monkeypatch.setenv("OMA_TMUX", str(tmp_path / "none"))

    with pytest.raises(OmaError, match="none"):
        await TmuxClient(SERVER).ask(KillServer())


def test_an_answer_is_its_output_where_tmux_did_not_refuse():
    assert Answer(0, "x", "a warning").check("to do it") == "x"
    assert str(refused("no")) == "tmux refused: no"
