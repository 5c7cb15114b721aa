import json
from contextlib import ExitStack

import pytest
import trio

from oma.model.events import CommandSent, SessionClosed
from oma.model.ids import SessionId
from oma.web.request_error import RequestError
from oma.web.terminal.viewer import SNAPSHOT, Viewer
from tests.unit.web.terminal.pages import terminals_of

SESSION = SessionId("$1")


async def _told(viewer):
    return [m if isinstance(m, bytes) else json.loads(m) for m in await viewer.take()]


async def test_what_a_pane_prints_is_told_on(web, autojump_clock):
    pane, terminals = web.agent(1, text=b"before\n"), terminals_of(web)
    viewer = Viewer("ann")
    async with trio.open_nursery() as nursery:
        nursery.start_soon(terminals.run)
        await trio.sleep(1)
        with terminals.watch(pane, SESSION, viewer):
            size, snapshot, screen = await viewer.take()
            assert (json.loads(size)["type"], snapshot) == ("size", SNAPSHOT)
            assert b"before" in screen
            web.prints(pane, b"after")
            web.prints(pane, b" that")
            assert await viewer.take() == [b"after that"]
            assert terminals.watched == (pane,)
        assert terminals.watched == ()
        web.store.close()


async def test_what_comes_too_fast_waits_for_the_next_frame(web, autojump_clock):
    pane, terminals = web.agent(1), terminals_of(web)
    viewer = Viewer("ann")
    async with trio.open_nursery() as nursery:
        nursery.start_soon(terminals.run)
        await trio.sleep(1)
        with terminals.watch(pane, SESSION, viewer):
            await viewer.take()
            web.prints(pane, b"first")
            assert await viewer.take() == [b"first"]
            began_s = trio.current_time()
            web.prints(pane, b"second")
            assert await viewer.take() == [b"second"]
            assert trio.current_time() > began_s
        web.store.close()


async def test_the_end_of_the_session_is_told(web, autojump_clock):
    pane, terminals = web.agent(1), terminals_of(web)
    viewer = Viewer("ann")
    async with trio.open_nursery() as nursery:
        nursery.start_soon(terminals.run)
        await trio.sleep(1)
        with terminals.watch(pane, SESSION, viewer):
            await viewer.take()
            web.store.append(SessionClosed(SESSION))
            assert [each["type"] for each in await _told(viewer)] == ["ended"]
        web.store.close()


async def test_a_reader_that_was_cut_off_shows_everything_anew(web, autojump_clock):
    pane, terminals = web.agent(1), terminals_of(web)
    viewer = Viewer("ann")
    async with trio.open_nursery() as nursery:
        nursery.start_soon(terminals.run)
        await trio.sleep(1)
        with terminals.watch(pane, SESSION, viewer):
            await viewer.take()
            for _ in range(17):
                web.prints(pane, b"x" * (1 << 20))
            web.prints(pane, b"\r\nend")
            await trio.sleep(1)
            web.prints(pane, b"!")
            await trio.sleep(1)
            snapshot, screen = await viewer.take()
            assert snapshot == SNAPSHOT
            assert b"end" in screen
            assert screen.endswith(b"!")
        web.store.close()


async def test_a_login_has_so_many_terminals_and_no_more(web):
    pane, terminals = web.agent(1), terminals_of(web)
    with ExitStack() as watches:

        def watch(name):
            watches.enter_context(terminals.watch(pane, SESSION, Viewer(name)))

        for _ in range(8):
            watch("ann")
        with pytest.raises(RequestError, match="you have 8"):
            watch("ann")
        for number in range(64 - 8):
            watch(f"{number}")
        with pytest.raises(RequestError, match="64 terminals"):
            watch("bob")
    assert terminals._open == {}


async def test_what_somebody_does_is_in_the_log(web):
    pane, terminals = web.agent(1), terminals_of(web)
    tail = web.store.tail()
    terminals.log("control", pane, "ann")

    assert [s.record.event for s in await tail.receive()] == [CommandSent("control", pane, "ann")]
