from pathlib import Path

import pytest

from oma.errors import OmaError
from oma.model.layout import Leaf
from oma.runtime.display.host_pane import find_host_pane
from oma.tmux.pane_mark import Mark
from tests.support.scripted_channel import window_row


@pytest.fixture
def inside(tmux, monkeypatch):
    monkeypatch.setenv("TMUX", "/s,7,0")
    monkeypatch.setenv("TMUX_PANE", "%0")
    tmux.says("-V", "tmux 3.3a\n")
    tmux.says("list-panes", window_row("%0") + window_row("%5", window="@1"))
    return tmux


async def test_it_is_the_pane_that_we_run_in(inside):
    host = await find_host_pane(Path("/s"), "tiling")

    assert (host.pane, host.same_server, host.server_pid) == ("%0", True, 7)
    assert (await find_host_pane(Path("/other"), "tiling")).same_server is False
    assert (await find_host_pane(Path("/s"), "tiling", "%5")).pane == "%5"


async def test_outside_of_tmux_there_is_none(inside, monkeypatch):
    monkeypatch.delenv("TMUX")

    with pytest.raises(OmaError, match="tiling works inside tmux"):
        await find_host_pane(Path("/s"), "tiling")


async def test_a_tmux_that_is_too_old_is_refused(inside):
    inside.says("-V", "tmux 3.1\n")

    with pytest.raises(OmaError, match=r"3\.1"):
        await find_host_pane(Path("/s"), "tiling")


async def test_a_window_that_nobody_tiles_is_free(inside):
    await (await find_host_pane(Path("/s"), "tiling")).check_free()


async def test_a_window_that_is_tiled_around_another_pane_is_not_free(inside):
    inside.says("list-panes", window_row("%0") + window_row("%1"))
    host = await find_host_pane(Path("/s"), "tiling")

    with host.tiling_lock("%1").taken(), pytest.raises(OmaError, match="tiled around %1 already"):
        await host.check_free()


async def test_from_a_pane_that_was_made_for_an_agent_nothing_is_tiled(inside):
    mark = Mark("%3", "$1", Leaf("%3", 200, 50)).word()
    inside.says("list-panes", window_row("%0", program=mark))

    with pytest.raises(OmaError, match="%0 was made by oma around %3: tile from there"):
        await (await find_host_pane(Path("/s"), "tiling")).check_free()


async def test_a_pane_that_is_gone_is_told(inside):
    inside.says("list-panes", window_row("%9"))

    with pytest.raises(OmaError, match="there is no pane %0"):
        await (await find_host_pane(Path("/s"), "tiling")).check_free()
