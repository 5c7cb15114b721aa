"""A window is untiled by the process that tiles it, or in place of one that is gone."""

from pathlib import Path

import pytest
import trio

from oma.errors import CommandError, OmaError
from oma.placement.policy import Policy
from oma.runtime.display import untile as module
from oma.runtime.display.decision_log import DecisionLog
from oma.runtime.display.untile import untile
from oma.tmux.pane_mark import Mark, PaneRole
from tests.unit.runtime.display.one_window import BOB, Host, Lock, reached, row, tiled
from tests.unit.runtime.display.test_tiling_reconciler import MAIN

AGENT_PANE = row("%101", Mark(MAIN, BOB))


@pytest.fixture
def lock(tmp_path):
    return Lock(DecisionLog(tmp_path / "decisions.jsonl"))


async def end(host):
    return await untile(host, Path("/s"), Policy())


async def test_where_nothing_is_tiled_nothing_is_done(lock):
    right_pane = row("%7", Mark(MAIN, BOB, role=PaneRole.RIGHT))
    elsewhere = row("%8", Mark("%9", BOB))

    assert not await end(Host(lock, (row(MAIN), right_pane)))
    assert not await end(Host(lock, (elsewhere,)))


async def test_the_process_that_tiles_is_asked_and_waited_for(lock):
    lock.held = True

    assert await end(Host(lock, (row(MAIN),)))
    assert not lock.held


async def test_one_that_does_not_leave_is_said(lock, autojump_clock, monkeypatch):
    lock.held = True

    async def never(*_, **__):
        await trio.sleep_forever()

    monkeypatch.setattr(module.trio.to_thread, "run_sync", never)
    with pytest.raises(OmaError, match="does not leave it"):
        await end(Host(lock, (row(MAIN),)))


async def test_what_a_process_left_is_closed_and_noted(lock, monkeypatch):
    window = await tiled()
    reached(monkeypatch, module, window)

    assert await end(Host(lock, (row(MAIN), AGENT_PANE)))
    assert window.tiles == {}
    (note,) = lock.journal.notes()
    assert (note.event.action, note.event.session, note.event.reason) == (
        "close",
        BOB,
        "tiling is off",
    )


async def test_a_change_that_tmux_refuses_is_said_and_one_that_came_too_late_is_tried_again(
    lock, monkeypatch
):
    window = await tiled()
    reached(monkeypatch, module, window)
    host = Host(lock, (row(MAIN), AGENT_PANE))

    window.refusals = [None]
    assert await end(host)
    assert window.tiles == {}

    window = await tiled()
    reached(monkeypatch, module, window)
    window.refusals = ["no space"]
    with pytest.raises(CommandError, match="no space"):
        await end(host)


@pytest.mark.parametrize("client", [None, "a client"])
async def test_a_main_pane_that_is_gone_leaves_nothing_to_do(lock, monkeypatch, client):
    window = await tiled()
    window.is_gone = True
    reached(monkeypatch, module, window, client)

    assert await end(Host(lock, (row(MAIN), AGENT_PANE)))
    assert lock.journal.notes() == ()
