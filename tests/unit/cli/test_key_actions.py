"""What a key does, on a scripted tmux."""

import sys

import pytest

from oma.cli.cli_context import read_context
from oma.cli.key_actions import do_key, own_command
from oma.cli.option_values import GlobalOptions
from oma.errors import CommandError

CLIENT = "/dev/pts/1"


@pytest.fixture
def press(tmux):
    tmux.says("list-clients", f"0 $1 {CLIENT}\n1 $1 /dev/pts/9\n")

    async def press(action, client=CLIENT):
        await do_key(read_context(GlobalOptions(socket_path="/s")), action, client, "%5")
        return [words for words in tmux.asked if words[0].startswith("display-")]

    return press


async def test_the_dashboard_opens_in_a_popup_over_the_client(press):
    (popup,) = await press("dashboard")

    size = ["-w", "90%", "-h", "90%"]
    program = [sys.executable, "-P", "-m", "oma", "-S", "/s"]
    assert popup == ["display-popup", "-E", "-c", CLIENT, *size, "--", *program]


async def test_the_question_of_the_agent_of_the_pane_opens_in_a_popup(press):
    (popup,) = await press("answer")

    assert popup[-4:] == ["answer", "--ask", "--pane", "%5"]


async def test_what_keeps_a_key_from_its_work_is_shown_in_the_client(press, tmux):
    tmux.says("display-popup", status=1, complaint="no space #{pid}\n")

    shown = await press("dashboard")

    assert shown[-1][:4] == ["display-message", "-c", CLIENT, "--"]
    assert shown[-1][4] == "oma: tmux refused a popup: no space ##{pid}"


async def test_without_an_agent_in_need_that_is_shown(press):
    shown = await press("next")

    assert len(shown) == 1
    assert shown[0][0] == "display-message"


@pytest.mark.parametrize("client", ["/dev/pts/9", "/dev/pts/2", "client-7"])
async def test_no_popup_is_opened_over_a_client_that_is_none_of_a_terminal(press, client):
    with pytest.raises(CommandError, match="no client on a terminal"):
        await press("dashboard", client)


def test_our_own_command_is_found_from_anywhere():
    assert own_command(["status"]) == [sys.executable, "-P", "-m", "oma", "status"]
