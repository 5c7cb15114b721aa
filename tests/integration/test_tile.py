"""`oma tile` on a real tmux: panes come and go with agents, and nothing is left behind."""

import json
import os
import signal
from pathlib import Path

import pytest
import trio

from oma.runtime.display.key_access import make_writable
from oma.tmux.address import ServerAddress
from tests.support.oma_process import oma
from tests.support.tiled_window import MAIN, Life, Tiled

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

MOMENTS = 6


@pytest.fixture
def tiled(tmux):
    window = Tiled(tmux)
    window.open()
    return window


async def test_agents_are_panes_while_they_live(tiled):
    a, b = tiled.start("a"), tiled.start("b")
    found = tiled.geometry()

    async with tiled.tiling() as tile:
        await tiled.shows(a, b)
        c = tiled.start("c")
        await tiled.shows(a, b, c)
        tiled.end(b)
        await tiled.shows(a, c)
        await tiled.quiet()
        assert await tile.end() == 130

    assert tiled.geometry() == found
    await tiled.sized()


async def test_a_pane_shows_its_agent_and_takes_no_keys(tiled):
    a = tiled.start("a", "echo I am here; cat")

    async with tiled.tiling():
        await tiled.shows(a)
        pane = tiled.shown()[a]
        await tiled.until(lambda: a in tiled.views())
        await tiled.until(lambda: "I am here" in tiled.tmux.run("capture-pane", "-p", "-t", pane))
        tiled.tmux.run("send-keys", "-t", pane, "typed", "Enter")
        tiled.tmux.run("send-keys", "-t", f"{a}:", "sent", "Enter")
        await tiled.until(lambda: "sent" in tiled.tmux.run("capture-pane", "-p", "-t", pane))

    assert "typed" not in tiled.tmux.run("capture-pane", "-p", "-t", "oma-agent-a:")


@pytest.mark.parametrize("size", ["fit", "keep"])
async def test_a_pane_takes_keys_when_the_user_wants_that(tiled, tmp_path, size):
    config = tmp_path / "config.toml"
    config.write_text(f'[layout]\nsize = "{size}"\n')
    a = tiled.start("a")
    server = ServerAddress(socket_path=tiled.tmux.socket_path)
    socket = Path(tiled.tmux.socket_path)

    async with tiled.tiling("--config", config):
        await tiled.shows(a)
        await tiled.until(lambda: a in tiled.views())
        before = tiled.sizes()
        for _ in range(2):  # twice is once
            await make_writable(server, socket, a)
        tiled.tmux.run("send-keys", "-t", tiled.shown()[a], "typed", "Enter")
        await tiled.until(
            lambda: "typed" in tiled.tmux.run("capture-pane", "-p", "-t", "oma-agent-a:")
        )
        assert (tiled.sizes() == before) or size == "fit"


async def test_an_agent_has_the_size_of_its_pane_and_its_own_back_afterwards(tiled):
    a, b, c = (tiled.start(name) for name in "abc")

    async with tiled.tiling() as tile:
        await tiled.shows(a, b, c)
        await tiled.until(
            lambda: not any(size.startswith("120x40") for size in tiled.sizes().values()),
            tiled.sizes,
        )
        tiled.close_by_hand(a)
        await tiled.until(lambda: tiled.sizes()[a] == "120x40 ", tiled.sizes)
        tiled.end(b)
        await tiled.shows(c)
        await tile.end(signal.SIGKILL)

    await tiled.shows(c)
    assert not tiled.sizes()[c].startswith("120x40")
    untile = await tiled.oma("untile")
    assert untile.stdout == b"untiled\n"
    await tiled.shows()
    await tiled.sized()


async def test_a_row_of_titles_that_comes_takes_the_room_of_a_pane(tiled):
    a, b = tiled.start("a"), tiled.start("b")
    tiled.resize(300, 23)
    async with tiled.tiling():
        await tiled.shows(a, b)
        tiled.tmux.run("set-option", "-w", "-t", tiled.main, "pane-border-status", "top")
        await tiled.shows(a)
        tiled.tmux.run("set-option", "-w", "-t", tiled.main, "pane-border-status", "off")
        await tiled.shows(a, b)


async def test_with_keep_no_agent_is_ever_resized(tiled, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('[layout]\nsize = "keep"\n')
    # The size that it is born with is tmux's choice; the one that counts is given to it after that.
    born = 'until [ "$(stty size)" = "40 120" ]; do sleep 0.02; done; trap "echo RESIZED" WINCH'
    watch = f"{born}; stty size; while :; do sleep 0.1; done"
    agents = [tiled.start(name, watch) for name in "ab"]
    await tiled.until(
        lambda: all("40 120" in tiled.tmux.run("capture-pane", "-pt", f"{a}:") for a in agents)
    )

    async with tiled.tiling("--config", config):
        await tiled.shows(*agents)
        tiled.resize(200, 50)
        await tiled.quiet()
        screens = [tiled.tmux.run("capture-pane", "-p", "-t", f"{agent}:") for agent in agents]

    await tiled.sized()
    for screen in screens:
        assert "40 120" in screen
        assert "RESIZED" not in screen


async def test_what_the_user_closes_stays_closed_and_what_they_move_stays_moved(tiled):
    a, b, c = (tiled.start(name) for name in "abc")

    async with tiled.tiling() as tile:
        await tiled.shows(a, b, c)
        await trio.sleep(0.6)  # who closes a pane has seen it first
        tiled.close_by_hand(a)
        await tiled.shows(b, c)
        tiled.tmux.run("break-pane", "-d", "-s", tiled.shown()[b])
        await tiled.shows(c)
        d = tiled.start("d")
        await tiled.shows(c, d)
        for said in ("the user closed its pane", "the user moved its pane to another window"):
            await tiled.until(lambda: said in "\n".join(tile.lines))  # noqa: B023


async def test_who_finds_no_room_waits_until_a_pane_closes_or_the_window_grows(tiled):
    tiled.resize(200, 23)
    a, b, c, d = (tiled.start(name) for name in "abcd")

    async with tiled.tiling() as tile:
        await tiled.shows(a, b)
        tiled.end(a)
        await tiled.shows(b, c)
        tiled.resize(200, 60)
        await tiled.shows(b, c, d)
        waits = "a window of 200x23 holds 2 agent panes"
        await tiled.until(lambda: waits in "\n".join(tile.lines))


async def test_with_replace_a_new_agent_takes_the_oldest_pane_whose_agent_waits(tiled, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('[layout]\nmax_panes = 2\nwhen_full = "replace"\n')
    a, b = tiled.start("a"), tiled.start("b")

    async with tiled.tiling("--config", config) as tile:
        await tiled.shows(a, b)
        places = tiled.geometry().split("\n")[1:]
        c = tiled.start("c")
        await tiled.shows(b, c)
        assert [p.split()[1:] for p in tiled.geometry().split("\n")[1:]] == [
            p.split()[1:] for p in places
        ]
        tiled.end(c)
        await tiled.shows(a, b)
        for said in ("no room, and the pane is the oldest", "a new agent takes its place"):
            await tiled.until(lambda: said in "\n".join(tile.lines))  # noqa: B023


async def test_an_agent_waits_for_so_long_and_no_longer(tiled, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text("[layout]\nmax_panes = 1\ndefer_seconds = 0.3\n")
    a = tiled.start("a")
    tiled.start("b")

    async with tiled.tiling("--config", config) as tile:
        await tiled.shows(a)
        await tiled.until(lambda: any("drop" in line for line in tile.lines))
        tiled.end(a)
        await tiled.shows()

    assert any("it waited 0.3 s for room" in line for line in tile.lines)


async def test_the_pane_of_an_ended_agent_stays_for_as_long_as_the_user_wants(tiled, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text("[layout]\nlinger_seconds = 600\n")
    a = tiled.start("a")
    tiled.tmux.run("set-option", "-w", "-t", "oma-agent-a:", "remain-on-exit", "on")

    async with tiled.tiling("--config", config, "--record", tmp_path / "r.jsonl"):
        await tiled.shows(a)
        tiled.tmux.run("send-keys", "-t", "oma-agent-a:", "C-d")
        record = tmp_path / "r.jsonl"
        await tiled.until(lambda: '"dead":true' in record.read_text())
        b = tiled.start("b")
        await tiled.shows(a, b)
        tiled.resize(200, 11)
        await tiled.shows(b)


async def test_the_pane_of_an_ended_agent_goes_at_once_unless_asked_otherwise(tiled):
    a, b = tiled.start("a"), tiled.start("b")
    tiled.tmux.run("set-option", "-w", "-t", "oma-agent-a:", "remain-on-exit", "on")

    async with tiled.tiling():
        await tiled.shows(a, b)
        tiled.tmux.run("send-keys", "-t", "oma-agent-a:", "C-d")
        await tiled.shows(b)


async def test_decisions_are_told_live_and_by_a_replay_and_for_a_pane(tiled, tmp_path):
    record = tmp_path / "r.jsonl"
    a = tiled.start("a")

    async with tiled.tiling("--record", record) as tile:
        await tiled.shows(a)
        pane = tiled.shown()[a]
        now = await tiled.oma("why", "--pane", pane)
        main = await tiled.oma("why", "--pane", MAIN)
        tiled.end(a)
        await tiled.shows()
        await tiled.until(lambda: len(tile.lines) > 1)
    gone = await tiled.oma("why", "--pane", pane)
    then = await tiled.oma("why", "--pane", pane, "--recording", record)
    replay = await tiled.oma("replay", record)
    machine = await tiled.oma("replay", "--json", record)

    what, spawned = now.stdout.decode().splitlines()
    assert what == f"{pane} in @0: shows the agent oma-agent-a around %0"
    assert b"oma did not make it" in main.stdout
    told = then.stdout.decode().splitlines()
    assert ["spawn" in told[0], "close" in told[-1]] == [True, True]
    assert set(told) <= set(replay.stdout.decode().splitlines())
    assert told == tile.lines
    # The file beside the lock is written a moment after the record: the second may be the next one.
    untimed = [line[len("00:00:00") :] for line in told]
    what, *kept = gone.stdout.decode().splitlines()
    assert what == f"{pane}: it is gone"
    assert [line[len("00:00:00") :] for line in kept] == untimed
    assert spawned[len("00:00:00") :] == untimed[0]
    decided = [json.loads(line) for line in machine.stdout.splitlines() if b"placement" in line]
    assert [(d["placement"], d["agent"], d["pane"]) for d in decided] == [
        ("spawn", "oma-agent-a", pane),
        ("close", "oma-agent-a", pane),
    ]


async def test_several_windows_show_different_agents(tiled):
    a, b = tiled.start("red-1"), tiled.start("blue-1")
    other = tiled.tmux.run(
        *("new-window", "-d", "-t", "home", "-P", "-F", "#{pane_id}", "cat")
    ).strip()

    async with (
        tiled.tiling("--filter", "red"),
        tiled.tiling("--filter", "blue", "--pane", other),
    ):
        await tiled.shows(a)
        clients = lambda: tiled.tmux.run("list-panes", "-t", other, "-F", "#{pane_start_command}")  # noqa: E731
        await tiled.until(lambda: f'"{b}"' in clients() or f"${b[1:]}" in clients(), clients)
        c = tiled.start("red-2")
        await tiled.shows(a, c)


async def test_explain_changes_nothing_and_once_leaves_its_panes(tiled):
    a, b = tiled.start("a"), tiled.start("b")
    found = tiled.geometry()

    told = await tiled.oma("tile", "--explain")

    assert tiled.geometry() == found
    assert [line.split()[:2] for line in told.stdout.decode().splitlines()] == [
        ["oma-agent-a", "spawn"],
        ["oma-agent-b", "spawn"],
    ]
    once = await tiled.oma("tile", "--once", "--layout", "horizontal")
    assert once.returncode == 0
    await tiled.shows(a, b)
    assert [row.split()[2] for row in tiled.geometry().split("\n")[1:3]] == ["37", "37"]


async def test_tiling_in_the_background_ends_with_untile_or_with_its_main_pane(tiled):
    a = tiled.start("a")
    found = tiled.geometry()

    started = await tiled.oma("tile", "-d")
    await tiled.shows(a)
    again = await tiled.oma("tile")
    ended = await tiled.oma("untile")

    assert started.stdout.decode() == f"tiling around {MAIN}; 'oma untile' ends that\n"
    assert b"the window is tiled already" in again.stderr
    assert (ended.stdout, tiled.geometry()) == (b"untiled\n", found)
    assert (await tiled.oma("untile")).stdout == b"nothing is tiled here\n"

    await tiled.oma("tile", "-d")
    await tiled.shows(a)
    tiled.tmux.run("kill-pane", "-t", MAIN)
    await tiled.until(lambda: "home" not in tiled.tmux.run("list-sessions"))
    await tiled.sized()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_to_all_of_its_processes_leaves_the_window_as_it_was(tiled, number):
    a = tiled.start("a")
    found = tiled.geometry()
    async with tiled.tiling() as tile:
        await tiled.shows(a)
        for pid in children_of(tile.process.pid):
            os.kill(pid, number)
        await tile.end(number)

    assert tiled.geometry() == found
    await tiled.sized()


def children_of(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


async def test_a_tiling_that_was_killed_is_taken_over(tiled):
    a, b = tiled.start("a"), tiled.start("b")
    async with tiled.tiling() as tile:
        await tiled.shows(a, b)
        panes = tiled.shown()
        await tile.end(signal.SIGKILL)
    tiled.end(b)
    c = tiled.start("c")

    async with tiled.tiling():
        await tiled.shows(a, c)
        assert tiled.shown()[a] == panes[a]


async def test_a_zoomed_window_is_left_alone_until_the_user_unzooms_it(tiled):
    a = tiled.start("a")
    async with tiled.tiling() as tile:
        await tiled.shows(a)
        tiled.tmux.run("resize-pane", "-Z", "-t", MAIN)
        b = tiled.start("b")
        await tiled.until(lambda: "the window is zoomed" in "\n".join(tile.lines))
        assert set(tiled.shown()) == {a}
        tiled.tmux.run("resize-pane", "-Z", "-t", MAIN)
        await tiled.shows(a, b)


async def test_what_tmux_refuses_is_told_in_its_words_and_tried_again_when_something_happens(
    tiled,
):
    a = tiled.start("a")
    tiled.refuse()
    async with tiled.tiling() as tile:
        await tiled.until(lambda: "refused" in "\n".join(tile.lines), lambda: tile.lines)
        assert tiled.shown() == {}
        tiled.refuse(refuse=False)
        b = tiled.start("b")
        await tiled.shows(a, b)


@pytest.mark.slow
@pytest.mark.parametrize("refuses", [False, True])
async def test_agents_that_come_and_go_leave_a_window_as_decided(tiled, refuses):
    life = Life(tiled, seed=7, refuses=refuses)
    async with tiled.tiling() as tile:
        for _ in range(MOMENTS):
            await life.pass_moment()
        for session in life.living:
            tiled.end(session)
        await tiled.shows()
        errors = tile.errors

    assert errors == b""


async def test_a_program_has_a_pane_of_its_own_until_it_ends(tiled):
    a = tiled.start("a")
    async with tiled.tiling():
        await tiled.shows(a)
        opened = await tiled.oma(
            "pane", "--title", "notes", "--", "sh", "-c", "echo hello; exec cat"
        )
        pane = opened.stdout.decode().strip()
        await tiled.shows(a, None)
        where = ("-p", "-t", pane)
        assert tiled.tmux.run("display-message", *where, "#{pane_active}") == "1\n"
        await tiled.until(lambda: "hello" in tiled.tmux.run("capture-pane", *where))
        assert tiled.tmux.run("display-message", *where, "#{pane_title}") == "notes\n"
        tiled.tmux.run("send-keys", "-t", pane, "C-d")
        await tiled.shows(a)
        await tiled.quiet()


async def test_a_program_without_room_is_told_why(tiled):
    tiled.resize(120, 40)

    refused = await tiled.oma("pane", "--", "cat")

    assert refused.returncode == 1
    assert b"no pane for it: a window of 120x40 holds no agent pane" in refused.stderr


@pytest.mark.parametrize("command", [["tile"], ["untile"], ["pane", "--", "cat"]])
async def test_outside_of_tmux_it_says_what_is_missing(command):
    done = await oma(*command)

    assert done.returncode == 1
    assert b"works inside tmux" in done.stderr
