"""`oma why --pane` tells what was decided by whoever tiles, and not what it would decide itself."""

import fcntl
import json
import os
import signal
import stat
from pathlib import Path

import pytest
import trio

from tests.support.tiled_window import Tiled

pytestmark = pytest.mark.tmux


@pytest.fixture
def runtime(tmux):
    """Give a runtime directory on a short path: a long one is not used."""
    return Path(tmux.socket_path).parent


@pytest.fixture
def tiled(tmux, runtime):
    window = Tiled(tmux, more={"XDG_RUNTIME_DIR": str(runtime)})
    window.open()
    return window


async def why(tiled, pane, *options):
    return (await tiled.oma("why", "--pane", pane, *options)).stdout.decode().splitlines()


async def test_a_pane_that_the_user_closed_is_told_of(tiled):
    a, b = tiled.start("a"), tiled.start("b")
    async with tiled.tiling() as tile:
        await tiled.shows(a, b)
        pane = tiled.shown()[a]
        await trio.sleep(0.6)  # who closes a pane has seen it first
        tiled.close_by_hand(a)
        await tiled.until(lambda: "the user closed its pane" in "\n".join(tile.lines))

        told = await why(tiled, pane)

    assert told[0] == f"{pane}: it is gone"
    assert [line.split()[2] for line in told[1:]] == ["spawn", "skip"]
    assert told[2].endswith(f"{pane}: the user closed its pane")


async def test_a_pane_that_the_user_moved_is_told_of(tiled):
    a = tiled.start("a")
    async with tiled.tiling() as tile:
        await tiled.shows(a)
        pane = tiled.shown()[a]
        tiled.tmux.run("break-pane", "-d", "-s", pane)
        moved = "the user moved its pane to another window"
        await tiled.until(lambda: moved in "\n".join(tile.lines))

        told = await why(tiled, pane)

    assert told[0].endswith("shows the agent oma-agent-a around %0")
    assert told[-1].endswith(moved)


async def test_it_is_told_by_the_options_of_whoever_tiles(tiled):
    # Asked anew, by the configuration alone, both panes would be refused or their agent another.
    tiled.resize(300, 23)
    agents = [tiled.start(name) for name in ("red-1", "red-2", "blue", "red-3")]
    async with tiled.tiling("--layout", "grid", "--filter", "red"):
        await tiled.shows(agents[0], agents[1], agents[3])
        for agent in (agents[0], agents[1], agents[3]):
            told = await why(tiled, tiled.shown()[agent])
            assert told[1].endswith("there is room for 4")


async def test_who_lost_its_pane_for_want_of_room_waits_and_that_is_told(tiled):
    a, b = tiled.start("a"), tiled.start("b")
    async with tiled.tiling() as tile:
        await tiled.shows(a, b)
        pane = tiled.shown()[b]
        tiled.resize(200, 15)
        await tiled.shows(a)
        await tiled.until(lambda: "defer" in "\n".join(tile.lines))

        told = json.loads("\n".join(await why(tiled, pane, "--json")))

    assert (told["reason"], told["agent"]) == ("it is gone", "oma-agent-b")
    assert told["decisions"][-1]["placement"] == "defer"
    assert told["decisions"][-1]["reason"] == "a window of 200x15 holds 1 agent pane"


async def test_a_pane_that_nobody_keeps_any_more_is_said_to_be_one(tiled, runtime):
    a = tiled.start("a")
    async with tiled.tiling() as tile:
        await tiled.shows(a)
        # A decision is noted once it is carried out.
        await tiled.until(lambda: list(Path(runtime, "oma").glob("*.jsonl")), lambda: "no journal")
        await tile.end(signal.SIGKILL)

    told = await why(tiled, tiled.shown()[a])

    assert told[0].endswith("shows the agent oma-agent-a around %0; nobody tiles around that now")
    assert told[1].endswith("there is room for 5")
    (kept,) = await trio.to_thread.run_sync(lambda: list(Path(runtime, "oma").glob("*.jsonl")))
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


async def test_what_is_kept_about_servers_that_ended_goes_with_the_next_tiling(tiled, runtime):
    ended = await trio.lowlevel.open_process(["true"])
    await ended.wait()
    place = runtime / "oma"
    place.mkdir(mode=0o700)
    gone = [place / f"tile-a-{ended.pid}-0{suffix}" for suffix in (".lock", ".jsonl", ".new")]
    kept = [
        place / name for name in (f"tile-a-{os.getpid()}-0.jsonl", f"tile-b-{ended.pid}-0.lock")
    ]
    for path in [*gone, *kept]:
        path.write_text("1")

    with kept[1].open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        async with tiled.tiling():
            await tiled.shows(tiled.start("a"))

    assert [path.exists() for path in gone] == [False] * 3
    assert [path.exists() for path in kept] == [True] * 2


async def test_a_pane_that_never_was_is_not_known(tiled):
    done = await tiled.oma("why", "--pane", "%77")

    assert done.returncode == 1
    assert b"nothing is known of a pane %77; a recording may tell" in done.stderr
