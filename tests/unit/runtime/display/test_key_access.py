from pathlib import Path

import pytest

from oma.errors import CommandError
from oma.model.layout import Leaf
from oma.runtime.display.key_access import make_writable
from oma.tmux.address import ServerAddress
from oma.tmux.pane_mark import Mark
from tests.support.scripted_channel import window_row

SERVER = ServerAddress(socket_path="/s")
MARK = Mark("%0", "$1", Leaf("%0", 200, 50)).word()


async def test_every_pane_that_shows_the_agent_takes_keys_and_no_other(tmux):
    tmux.says("list-clients", "0 $1 /dev/pts/7\n0 $1 /dev/pts/8\n0 $2 /dev/pts/9\n")
    tmux.says(
        "list-panes",
        window_row("%7", terminal="/dev/pts/7", program=MARK)
        + window_row("%8", terminal="/dev/pts/8")
        + window_row("%9", terminal="/dev/pts/9", program=MARK),
    )

    await make_writable(SERVER, Path("/s"), "$1")

    assert [words for words in tmux.asked if words[0] == "select-pane"] == [
        ["select-pane", "-e", "-t", "%7"]
    ]


async def test_the_view_of_a_pane_counts_where_it_is_of_the_same_server(tmux):
    mark = Mark("%0", "%5").word()
    tmux.says(
        "list-panes",
        window_row("%7", program=f"oma -S /s pane-view %5 --mark {mark}")
        + window_row("%8", program=f"oma -S /other pane-view %5 --mark {mark}"),
    )

    await make_writable(SERVER, Path("/s"), "%5")

    assert [words for words in tmux.asked if words[0] == "select-pane"] == [
        ["select-pane", "-e", "-t", "%7"]
    ]


async def test_an_agent_without_a_pane_is_told(tmux):
    with pytest.raises(CommandError, match="no pane shows this agent"):
        await make_writable(SERVER, Path("/s"), "$1")
