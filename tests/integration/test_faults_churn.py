"""Sessions, windows and panes by the hundred, and those that change their agent as they print."""

import json

import psutil
import pytest

from oma.model.events import PaneCaptured, PaneClosed
from tests.support.counting_agents import (
    COUNTING,
    has_no_hole,
    parts,
    replay_lines,
    sessions_counted_in,
)
from tests.support.oma_process import running_oma
from tests.support.recorded import events, until

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

SESSIONS, AT_A_TIME = 200, 25


@pytest.fixture
def recording(tmp_path):
    return tmp_path / "f.jsonl"


@pytest.fixture
def watching(tmux, recording, tmp_path):
    """Watch, and record what happens; agents keep their clients also where tmux is slow."""
    config = tmp_path / "config.toml"
    config.write_text("[limits]\ntmux_latency_ms = 10000\n")
    words = ("--config", config, "-S", tmux.socket_path, "watch", "--json", "--record", recording)
    return lambda: running_oma(*words)


def held(oma, server):
    """What `oma` and the server hold of the system."""
    return oma.num_fds(), len(oma.children(recursive=True)), server.num_fds()


def told_of_others(watch):
    """What is told of all agents but the one that stays, which is silent at last."""
    return [line for line in watch.lines if '"oma-agent-stays"' not in line]


async def test_of_two_hundred_sessions_none_is_missed_and_none_is_left(tmux, watching, recording):
    tmux.run("new-session", "-d", "-s", "oma-agent-stays", "cat")
    server = psutil.Process(int(tmux.run("list-sessions", "-F", "#{pid}")))
    async with watching() as watch:
        await watch.transition(agent="oma-agent-stays")
        oma = psutil.Process(watch.process.pid)
        await until(lambda: len(tmux.run("list-clients").splitlines()) == 2)
        before = held(oma, server)
        for first in range(0, SESSIONS, AT_A_TIME):
            names = [f"oma-agent-{n}" for n in range(first, first + AT_A_TIME)]
            commands = [("new-session", "-d", "-s", name, "cat", ";") for name in names]
            tmux.run(*(word for command in commands for word in command))
            # One that ends before it was looked at has that end as its only transition.
            told = 2 * first + AT_A_TIME
            await until(lambda told=told: len(told_of_others(watch)) == told)
            commands = [("kill-session", "-t", f"={name}", ";") for name in names]
            tmux.run(*(word for command in commands for word in command))
        await until(lambda: len(told_of_others(watch)) == 2 * SESSIONS)
        await until(lambda: len(tmux.run("list-clients").splitlines()) == 2)
        await until(lambda: held(oma, server) == before)
        await watch.end()

    told = [json.loads(line) for line in told_of_others(watch)]
    for n in range(SESSIONS):
        ours = [line for line in told if line["agent"] == f"oma-agent-{n}"]
        assert [line["from"] for line in ours] == [None, ours[0]["to"]]
        assert ours[1]["reason"] == "session-closed"
    assert watch.lines == await replay_lines(recording)


async def test_a_window_that_moves_as_it_prints_has_a_gap_and_no_hole(tmux, watching, recording):
    a, b, _ = (
        tmux.run("new-session", "-d", "-s", name, "-P", "-F", "#{session_id}", "cat").strip()
        for name in ("oma-agent-a", "oma-agent-b", "somebody")
    )
    pane, window = tmux.run(
        *("new-window", "-d", "-t", "oma-agent-a:", "-P", "-F", "#{pane_id} #{window_id}"),
        COUNTING,
    ).split()
    async with watching() as watch:
        await until(lambda: sessions_counted_in(recording, pane) == [a])
        tmux.run("move-window", "-d", "-s", window, "-t", "oma-agent-b:")
        await until(lambda: sessions_counted_in(recording, pane) == [a, b])
        tmux.run("move-window", "-d", "-s", window, "-t", "somebody:")
        await until(lambda: len(events(recording, PaneClosed)) == 2)
        tmux.run("move-window", "-d", "-s", window, "-t", "oma-agent-a:")
        await until(lambda: sessions_counted_in(recording, pane) == [a, b, a])
        await watch.end()

    whole = parts(recording, pane)
    assert has_no_hole(recording, pane)
    assert [part[0] for part in whole] == sorted(part[0] for part in whole)
    assert watch.lines == await replay_lines(recording)


async def test_panes_that_change_places_speak_for_the_agents_that_they_came_to(
    tmux, watching, recording
):
    panes = [
        tmux.run("new-session", "-d", "-s", f"oma-agent-{n}", "-P", "-F", "#{pane_id}", "cat")
        for n in "ab"
    ]
    first, second = (pane.strip() for pane in panes)
    async with watching() as watch:
        for name in ("oma-agent-a", "oma-agent-b"):
            await watch.transition(agent=name)
        await until(lambda: len(events(recording, PaneCaptured)) == 2)
        tmux.run("swap-pane", "-d", "-s", first, "-t", second)
        await until(lambda: len(events(recording, PaneCaptured)) == 4)
        tmux.run("send-keys", "-t", first, "error: it broke", "Enter")
        await watch.transition(agent="oma-agent-b", to="stuck", reason="error-text")
        await watch.end()

    assert watch.lines == await replay_lines(recording)
