"""A program gets a pane of its own, or it is said why not."""

from pathlib import Path

import pytest

from oma.errors import CommandError, OmaError
from oma.model.layout import Leaf
from oma.placement.policy import Policy
from oma.runtime.display import program_pane as module
from oma.runtime.display.program_pane import open_program_pane
from oma.runtime.display.tiled_window import UserProgram
from oma.tmux.pane_mark import Mark
from tests.support.tmux_layout import Window
from tests.unit.runtime.display.one_window import Host, reached, row
from tests.unit.runtime.display.test_tiling_reconciler import MAIN, FakeWindow

TOP = UserProgram(("top",), "title", "/")


class ProgramWindow(FakeWindow):
    """It takes a program, and notes which pane has the keyboard."""

    selected = None

    async def carry_out(self, look, step, program):
        assert program is TOP
        return await super().carry_out(look, step)

    async def select(self, pane):
        ProgramWindow.selected = pane

    main = MAIN


async def open_pane(host, *, select=False):
    return await open_program_pane(host, Path("/s"), Policy(), TOP, select=select)


@pytest.mark.parametrize("select", [True, False])
async def test_the_new_pane_is_returned_and_selected_where_that_is_asked_for(monkeypatch, select):
    window = ProgramWindow()
    monkeypatch.setattr(ProgramWindow, "selected", None)
    reached(monkeypatch, module, window)

    pane = await open_pane(Host(None, (row(MAIN),)), select=select)
    assert list(window.tiles) == [pane]
    assert ProgramWindow.selected == (pane if select else None)


async def test_from_a_pane_of_ours_the_pane_that_it_was_made_around_is_divided(monkeypatch):
    asked = []
    window = ProgramWindow()
    reached(monkeypatch, module, window)
    monkeypatch.setattr(module, "TiledWindow", lambda main, *_: asked.append(main) or window)

    await open_pane(Host(None, (row(MAIN), row("%7", Mark(MAIN))), pane="%7"))
    await open_pane(Host(None, (row("%7", Mark("%6")),), pane="%7"))
    assert asked == [MAIN, "%7"]


async def test_without_room_it_is_said_why(monkeypatch):
    reached(monkeypatch, module, ProgramWindow(window=Window(Leaf(MAIN, 60, 10))))

    with pytest.raises(OmaError, match="no pane for it: "):
        await open_pane(Host(None, (row(MAIN),)))


@pytest.mark.parametrize(
    ("refusals", "error", "words"),
    [
        (["no space"], CommandError, "no space"),
        ([None] * 9, OmaError, "the window changes all the time: try again"),
    ],
)
async def test_a_window_that_refuses_or_never_rests_gets_none(monkeypatch, refusals, error, words):
    reached(monkeypatch, module, ProgramWindow(refusals=refusals))

    with pytest.raises(error, match=words):
        await open_pane(Host(None, (row(MAIN),)))


async def test_a_window_that_comes_to_rest_gets_one(monkeypatch):
    reached(monkeypatch, module, ProgramWindow(refusals=[None, None]))

    assert await open_pane(Host(None, (row(MAIN),)))


async def test_a_pane_that_is_gone_is_said(monkeypatch):
    reached(monkeypatch, module, ProgramWindow(is_gone=True))
    with pytest.raises(OmaError, match=f"there is no pane {MAIN}"):
        await open_pane(Host(None, (row(MAIN),)))

    reached(monkeypatch, module, None, client=None)
    with pytest.raises(OmaError, match=f"there is no pane {MAIN}"):
        await open_pane(Host(None, (row(MAIN),)))
