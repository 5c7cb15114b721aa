import pytest

from oma.errors import CommandError
from oma.runtime.agents.input_writer import PaneInput, check_open, new_buffer
from oma.runtime.client.tmux_client import TmuxClient
from oma.tmux.address import ServerAddress

CLIENT = TmuxClient(ServerAddress(socket_name="x"))


async def test_bytes_are_put_into_the_one_pane_whatever_they_are(tmux):
    await PaneInput(CLIENT, "%5", raw=False).put(b"Enter; $(x)\n\xc3\xa9")

    assert tmux.typed == [("%5", "Enter; $(x)\né")]
    assert [words[0] for words in tmux.asked] == ["load-buffer"]


@pytest.mark.parametrize(
    ("raw", "bracketed", "flags"),
    [
        (False, False, "-d "),
        (False, True, "-d -p "),
        (True, False, "-d -S "),
        (True, True, "-d -p -S "),
    ],
)
async def test_a_paste_is_one_and_controls_are_meant_where_that_has_to_be_said(
    tmux, raw, bracketed, flags
):
    await PaneInput(CLIENT, "%5", raw).put(b"x", bracketed=bracketed)

    assert f"paste-buffer {flags}-b" in tmux.asked[0][-1]


async def test_what_tmux_refuses_leaves_no_buffer(tmux):
    tmux.says("load-buffer", status=1, complaint="no such pane")

    with pytest.raises(CommandError, match=r"^tmux refused to type: no such pane$"):
        await PaneInput(CLIENT, "%5", raw=False).put(b"x")

    (load, delete) = tmux.asked
    assert delete == ["delete-buffer", "-b", load[load.index("-b") + 1]]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("dead", "its program has ended"),
        ("input-off", "its pane takes no input"),
        ("something else", "something else"),
    ],
)
async def test_a_pane_that_takes_no_input_says_why(tmux, said, why):
    tmux.says("load-buffer", f"{said}\n")

    with pytest.raises(CommandError, match=f"nothing was typed: {why}"):
        await PaneInput(CLIENT, "%5", raw=False).put(b"x")


def test_a_pane_that_said_nothing_took_the_input():
    check_open("")


def test_no_buffer_has_the_name_of_another():
    assert len({new_buffer() for _ in range(10)}) == 10
