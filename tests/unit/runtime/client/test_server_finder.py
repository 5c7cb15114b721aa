import json
import time

import pytest
import trio
import trio.testing

from oma.runtime.client.server_finder import (
    ASK_ANYWAY_S,
    LOOK_EVERY_S,
    AttachTarget,
    choose_attach_target,
    find_sessions,
    tmux_version,
    wait_for_attach_target,
)
from oma.runtime.client.tmux_client import PATIENCE_S
from oma.tmux.address import ServerAddress
from oma.tmux.queries.session_rows import SessionRow

SERVER = ServerAddress(socket_name="x")


def row(session, name, *, destroy_unattached=False):
    return SessionRow(session, name, destroy_unattached, 7, "3.3a")


def line(session, name, unattached="0"):
    return "\t".join([session, name, unattached, "7", "3.3a"]) + "\n"


def is_agent(name):
    return name.startswith("oma-")


@pytest.mark.parametrize(
    ("rows", "chosen"),
    [
        ((), None),
        ((row("$1", "oma-a"), row("$2", "home")), "$2"),
        ((row("$10", "oma-a"), row("$9", "oma-b")), "$9"),
        ((row("$1", "home", destroy_unattached=True), row("$2", "oma-a")), "$2"),
        ((row("$1", "home", destroy_unattached=True),), None),
    ],
)
def test_the_hub_attaches_where_it_does_least(rows, chosen):
    assert choose_attach_target(rows, is_agent) == chosen


async def test_the_version_is_tmuxs_own_name_for_it(tmux):
    tmux.says("-V", "tmux next-3.8\n")

    assert await tmux_version() == "next-3.8"


async def test_the_version_is_waited_for_where_the_machine_is_overloaded(tmux, mock_clock):
    tmux.says("-V", "tmux 3.5\n", until="go")

    async def go():
        while ["-V"] not in tmux.asked:
            await trio.to_thread.run_sync(time.sleep, 0.01)
        mock_clock.jump(6 * PATIENCE_S)
        await trio.testing.wait_all_tasks_blocked()
        with (tmux.directory / "asked").open("a") as asked:
            asked.write(json.dumps([["go"], ""]) + "\n")

    async with trio.open_nursery() as nursery:
        nursery.start_soon(go)
        assert await tmux_version() == "3.5"


async def test_no_server_is_another_thing_than_no_session(tmux):
    tmux.says("list-sessions", status=1, complaint="no server running")
    assert await find_sessions(SERVER) is None

    tmux.says("list-sessions")
    assert await find_sessions(SERVER) == ()

    tmux.says("list-sessions", line("$1", "home"))
    assert await find_sessions(SERVER) == (row("$1", "home"),)


async def test_a_server_that_is_there_is_attached_to_at_once(tmux, tmp_path):
    tmux.says("list-sessions", line("$1", "home"))

    target = await wait_for_attach_target(SERVER, tmp_path / "s", is_agent, pytest.fail, None)

    assert target == AttachTarget("$1", 7, "3.3a")


async def test_where_there_is_none_tmux_is_asked_again_when_the_socket_changes(
    tmux, tmp_path, autojump_clock
):
    tmux.says("list-sessions", status=1, complaint="no server running")
    told = []

    def on_absent(why):
        told.append(why)
        if len(told) == 2:
            tmux.says("list-sessions", line("$1", "home"))
            (tmp_path / "s").touch()

    began_s = trio.current_time()
    target = await wait_for_attach_target(SERVER, tmp_path / "s", is_agent, on_absent, None)

    assert target.session == "$1"
    assert told == ["no tmux server", "no tmux server"]
    assert trio.current_time() - began_s == ASK_ANYWAY_S + LOOK_EVERY_S


async def test_a_session_that_would_end_with_the_hub_is_told_and_not_attached_to(
    tmux, tmp_path, autojump_clock
):
    tmux.says("list-sessions", line("$1", "home", "1"))
    told = []

    async def on_homeless(found):
        told.append(found.session)
        tmux.says("list-sessions", line("$1", "home", "1") + line("$2", "oma-a"))

    target = await wait_for_attach_target(
        SERVER, tmp_path / "s", is_agent, pytest.fail, on_homeless
    )

    assert (told, target.session) == (["$1"], "$2")
