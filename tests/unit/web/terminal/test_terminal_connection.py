import trio

from oma.errors import CommandError
from oma.model.events import CommandSent, SessionClosed
from oma.model.ids import SessionId
from oma.web.auth.roles import Role
from tests.unit.web.terminal.pages import page, terminals_of


async def test_who_controls_types_and_is_written_down_without_what_they_typed(web, autojump_clock):
    pane, terminals = web.agent(1), terminals_of(web)
    tail = web.store.tail()
    async with page(web, web.login()) as tab:
        await tab.told("hello")
        tab.asks("take")
        assert await tab.told("control") == {"type": "control", "by": "ann", "mine": True}
        assert web.subscribers.controller("$1") == "ann"
        tab.asks("keys", hex="1b5b41")
        tab.asks("paste", text="é")
        tab.asks("release")
        assert (await tab.told("control"))["by"] is None

    assert terminals.keyboards.typed == [b"\x1b[A", "é"]
    assert [(e["event"], e.get("bytes")) for e in web.audited] == [
        ("terminal", None),
        ("control", None),
        ("typed", 5),
    ]
    assert [s.record.event for s in await tail.receive()] == [
        CommandSent("control", pane, "ann"),
        CommandSent("release", pane, "ann"),
    ]


async def test_control_ends_with_the_page(web, autojump_clock):
    web.agent(1)
    terminals_of(web)
    async with page(web, web.login()) as tab, page(web, web.login()) as other:
        tab.asks("take")
        await other.told("control")
        tab.leaves()
        assert (await other.told("control"))["by"] is None
    assert web.subscribers.controller("$1") is None


async def test_who_may_not_is_refused_and_nothing_is_typed(web, autojump_clock):
    web.agent(1)
    terminals = terminals_of(web)
    async with page(web, web.login(Role.VIEWER)) as tab:
        tab.asks("take")
        assert "viewer" in (await tab.told("refused"))["words"]
        tab.asks("keys", hex="61")
        assert "take control" in (await tab.told("refused"))["words"]
        tab.asks("something")
        assert "understood" in (await tab.told("refused"))["words"]
    assert terminals.keyboards.typed == []


async def test_what_is_binary_is_refused_and_the_terminal_goes_on(web, autojump_clock):
    web.agent(1)
    terminals_of(web)
    async with page(web, web.login()) as tab:
        tab.sends_bytes(b"\xff\x00")
        assert "understood" in (await tab.told("refused"))["words"]
        tab.asks("take")
        assert (await tab.told("control"))["mine"] is True


async def test_nobody_types_after_it_was_taken_over(web, autojump_clock):
    web.agent(1)
    terminals = terminals_of(web)
    terminals.keyboards.leaving_s = 1.0
    operator, admin = web.login(Role.OPERATOR, name="bob"), web.login()
    async with page(web, operator) as bob, page(web, admin) as ann:
        bob.asks("take")
        await bob.told("control")
        ann.asks("take")
        assert (await bob.told("control"))["mine"] is False
        bob.asks("keys", hex="61")
        await bob.told("refused")
        bob.asks("take")
        assert "ann controls" in (await bob.told("refused"))["words"]
    assert terminals.keyboards.typed == []


async def test_what_tmux_refuses_is_told_and_ends_control(web, autojump_clock):
    web.agent(1)
    terminals_of(web).keyboards.fails = "no such pane"
    async with page(web, web.login()) as tab:
        tab.asks("take")
        tab.asks("keys", hex="61")
        assert (await tab.told("refused"))["words"] == "no such pane"
        assert (await tab.told("control"))["by"] is None


async def test_more_than_tmux_takes_is_refused(web, autojump_clock):
    web.agent(1)
    terminals_of(web).keyboards.stuck = True
    async with page(web, web.login()) as tab:
        tab.asks("take")
        for _ in range(3):
            tab.asks("paste", text="x" * 60_000)
        assert "too much" in (await tab.told("refused"))["words"]


async def test_it_ends_with_the_login_the_agent_and_the_server(web, autojump_clock):
    web.agent(1)
    terminals = terminals_of(web)
    for way, code in (("login", 4401), ("agent", 1000), ("server", 1001)):
        web.agent(1)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(terminals.run)
            async with page(web, web.login()) as tab:
                await tab.told("snapshot")
                if way == "login":
                    web.access.sessions.end(lambda _login: True)
                elif way == "agent":
                    web.store.append(SessionClosed(SessionId("$1")))
                else:
                    web.subscribers.closing.set()
                assert await tab.closed() == code
            nursery.cancel_scope.cancel()


async def test_who_was_behind_gets_the_screen_again_a_second_later(web, autojump_clock):
    pane, terminals = web.agent(1), terminals_of(web)
    async with page(web, web.login()) as tab:
        await tab.told("snapshot")
        (terminal,) = terminals._open.values()
        (viewer,) = terminal.stream.viewers
        web.prints(pane, b"missed")
        viewer.drop()
        began_s = trio.current_time()
        await tab.told("snapshot")
        assert 1.0 <= trio.current_time() - began_s < 1.5
        await trio.sleep(0.1)
        assert any(b"missed" in m.get("bytes", b"") for m in tab.sent)


async def test_what_has_scrolled_away_comes_above_the_screen_and_a_failure_is_told(
    web, autojump_clock
):
    web.agent(1, text=b"on the screen")
    terminals = terminals_of(web)
    async with page(web, web.login(Role.VIEWER)) as tab:
        await tab.told("snapshot")
        terminals.history.captured = "long ago\n" + "\n" * 200
        tab.asks("history")
        await tab.told("snapshot")
        await trio.sleep(0.1)
        (shown,) = [m["bytes"] for m in tab.sent if m.get("bytes")]
        assert shown.startswith(b"\x1bclong ago\x1b[0m\r\n")
        assert shown.index(b"long ago") < shown.index(b"on the screen")

        terminals.history.fails = CommandError("tmux refused")
        tab.asks("history")
        assert (await tab.told("refused"))["words"] == "tmux refused"
