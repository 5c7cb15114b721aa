from pathlib import Path

import pytest
import trio

from oma.config.schema import AttachSection
from oma.errors import CommandError
from oma.runtime.display.popup import show_in_popup
from oma.runtime.display.session_view import OurPane
from oma.tmux.address import ServerAddress

US = OurPane(ServerAddress(socket_path="/home"), "%0")


@pytest.fixture
def shown(tmux):
    tmux.says("list-sessions", "$1 0\n")
    tmux.says("list-clients", "0 1 /dev/pts/1\n")
    return tmux


def popups(tmux):
    return [words for words in tmux.asked if words[0] == "display-popup"]


async def show(gone=trio.sleep_forever):
    await show_in_popup(US, Path("/agents"), "$1", AttachSection(), gone)


async def test_a_popup_opens_over_the_client_that_looks_at_us(shown):
    await show()

    (words,) = popups(shown)
    assert words[:4] == ["display-popup", "-E", "-c", "/dev/pts/1"]
    assert words[-1] == "$1"


async def test_what_tmux_refuses_is_told_and_the_status_of_the_program_is_not(shown):
    shown.says("display-popup", status=1)
    await show()

    shown.says("display-popup", status=1, complaint="size too big")
    with pytest.raises(CommandError, match="tmux refused a popup: size too big"):
        await show()


async def test_it_closes_when_the_agent_is_gone(shown):
    async def gone():
        return

    shown.says("display-popup", until="-C")
    await show(gone)

    assert any("-C" in words for words in popups(shown))


async def test_a_pane_that_nobody_looks_at_has_no_popup(shown):
    shown.says("list-clients", "")

    with pytest.raises(CommandError, match="no client of tmux shows the dashboard"):
        await show()
