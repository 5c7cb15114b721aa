"""`oma`, its clients, or the one who reads its lines stop or die: the agents go on, gaps are told."""

import fcntl
import os
import signal
import subprocess
import sys
from contextlib import suppress

import psutil
import pytest
import trio

from oma.cli.cli_context import read_context
from oma.cli.live import Run
from oma.cli.option_values import GlobalOptions
from oma.model.events import ConnectionLost, OutputLost, PaneCaptured
from tests.support.counting_agents import COUNTING, FLOODING, has_no_hole, replay_lines
from tests.support.oma_process import environment, running_oma
from tests.support.patience import PATIENCE_S
from tests.support.recorded import events, until

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

FLOODS = 8


def start(tmux, name, command):
    return tmux.run(
        *("new-session", "-d", "-x", "80", "-y", "24", "-P", "-F", "#{pane_id}"),
        *("-s", name, command),
    ).strip()


@pytest.fixture
def recording(tmp_path):
    return tmp_path / "f.jsonl"


@pytest.fixture
def watching(tmux, recording):
    """Watch, and record what happens."""
    return lambda: running_oma("-S", tmux.socket_path, "watch", "--json", "--record", recording)


async def test_eight_agents_flood_on_while_oma_is_stopped_and_each_gap_is_told(
    tmux, watching, recording, tmp_path
):
    start(tmux, "home", "cat")
    panes = []
    for n in range(FLOODS):
        counter = tmp_path / f"{n}"
        flood = (
            "read go; i=0; while :; do i=$((i + 1));"
            f' seq -f "line %.0f." $((i * 1000 - 999)) $((i * 1000)); echo >> {counter}; done'
        )
        panes.append(start(tmux, f"oma-agent-{n}", flood))
    async with watching() as watch:
        for n in range(FLOODS):
            await watch.transition(agent=f"oma-agent-{n}", to="ok")
        await until(lambda: recording.read_bytes().count(b"pane-captured") >= FLOODS)
        for pane in panes:
            tmux.run("send-keys", "-t", pane, "Enter")
        await until(lambda: all((tmp_path / f"{n}").exists() for n in range(FLOODS)))
        watch.process.send_signal(signal.SIGSTOP)
        try:
            before = [(tmp_path / f"{n}").stat().st_size for n in range(FLOODS)]
            # More than the pipes take, and than the second after which tmux gives up on us.
            await trio.sleep(1.5)
            await until(
                lambda: all(
                    (tmp_path / f"{n}").stat().st_size > before[n] + 5 for n in range(FLOODS)
                )
            )
        finally:
            watch.process.send_signal(signal.SIGCONT)
        await until(lambda: b"output-lost" in recording.read_bytes())
        for n in range(FLOODS):
            tmux.run("kill-session", "-t", f"oma-agent-{n}")
            await watch.transition(agent=f"oma-agent-{n}", to="exited")
        await watch.end()

    for pane in panes:
        assert has_no_hole(recording, pane), pane
    assert events(recording, OutputLost)
    assert events(recording, ConnectionLost) == []
    assert watch.lines == await replay_lines(recording)


async def test_what_was_flushed_before_a_kill_replays_as_it_was_told(tmux, watching, recording):
    panes = [start(tmux, f"oma-agent-{n}", FLOODING) for n in range(3)]
    late = start(tmux, "oma-agent-late", "read go; exit 3")
    async with watching() as watch:
        for n in range(3):
            await watch.transition(agent=f"oma-agent-{n}", to="ok")
        await watch.transition(agent="oma-agent-late", to="ok")
        await until(lambda: recording.stat().st_size > 300_000)
        tmux.run("send-keys", "-t", late, "Enter")
        await watch.transition(agent="oma-agent-late", to="exited")
        await watch.end(signal.SIGKILL)

    again = await replay_lines(recording)
    # Each transition is flushed, but it may have been told a moment before that.
    assert watch.lines[: len(again)] == again
    assert len(again) >= len(watch.lines) - 1
    for pane in panes:
        assert has_no_hole(recording, pane)


async def test_an_agent_whose_client_is_killed_in_a_flood_has_a_gap_and_no_hole(
    tmux, watching, recording
):
    pane = start(tmux, "oma-agent-a", FLOODING)
    start(tmux, "home", "cat")
    async with watching() as watch:
        await watch.transition(agent="oma-agent-a", to="ok")
        for times in range(1, 3):
            await until(lambda n=times: recording.read_bytes().count(b"pane-captured") == n)
            clients = psutil.Process(watch.process.pid).children()
            (client,) = [c for c in clients if "pause-after" in " ".join(c.cmdline())]
            client.kill()
        await until(lambda: recording.read_bytes().count(b"pane-captured") == 3)
        await watch.end()

    assert has_no_hole(recording, pane)
    assert len(events(recording, ConnectionLost)) == 2
    assert watch.lines == await replay_lines(recording)


async def test_a_client_that_is_killed_is_no_sign_of_life(tmux, recording, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text("[health]\nidle_warning = 0.5\nidle_critical = 300\n")
    start(tmux, "home", "cat")
    start(tmux, "oma-agent-a", "echo hello; exec cat")
    watching = ("watch", "--json", "--record", recording)
    async with running_oma("-S", tmux.socket_path, "--config", config, *watching) as watch:
        await watch.transition(agent="oma-agent-a", to="idle")
        await until(lambda: events(recording, PaneCaptured))
        clients = psutil.Process(watch.process.pid).children()
        (client,) = [c for c in clients if "pause-after" in " ".join(c.cmdline())]
        client.kill()
        await until(lambda: len(events(recording, PaneCaptured)) == 2)
        start(tmux, "oma-agent-b", "cat")
        await watch.transition(agent="oma-agent-b")
        await watch.end()

    told = [line for line in watch.lines if "oma-agent-a" in line]
    assert '"to": "idle"' in told[-1]
    assert len(told) <= 2  # it may have been at work as it was found


async def test_a_reader_that_takes_nothing_delays_no_recording(tmux, recording):
    read, write = os.pipe()
    with suppress(AttributeError):  # elsewhere than on Linux the pipe is not soon full
        fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, 4096)
    watch = await trio.lowlevel.open_process(
        [
            *(sys.executable, "-m", "oma", "-S", tmux.socket_path),
            *("watch", "--json", "--record", str(recording)),
        ],
        stdin=subprocess.DEVNULL,
        stdout=write,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    os.close(write)
    # Names that fill the pipe with a few lines.
    name = "oma-agent-" + "x" * 200
    pane = start(tmux, name, COUNTING)
    try:
        await until(lambda: events(recording, PaneCaptured))
        for _ in range(15):
            tmux.run(
                *("new-session", "-d", "-s", f"{name}-1", "cat", ";"),
                *("new-session", "-d", "-s", f"{name}-2", "cat"),
            )
            tmux.run("kill-session", "-t", f"={name}-1", ";", "kill-session", "-t", f"={name}-2")
        tmux.run("new-session", "-d", "-s", "oma-agent-last", "cat")
        await until(lambda: b"oma-agent-last" in recording.read_bytes())
        watch.send_signal(signal.SIGINT)
        with trio.fail_after(PATIENCE_S):
            live = await trio.to_thread.run_sync(_read_all, read)
            assert await watch.wait() == 130
    finally:
        watch.kill()
        await watch.wait()

    assert has_no_hole(recording, pane)
    assert live.decode().splitlines() == await replay_lines(recording)


async def test_a_reader_that_is_too_slow_for_too_long_is_told_that_its_output_ends(tmux, capsys):
    start(tmux, "oma-agent-a", COUNTING)
    setting = read_context(GlobalOptions(socket_path=tmux.socket_path))

    async def read_too_late(live):
        live.tail.capacity_steps = 3
        await until(lambda: live.tail.cut_off)
        while await live.tail.receive():
            pass

    assert await Run(setting, read_too_late).run() == 1
    assert capsys.readouterr().err == "oma: the output ends here: its reader was too slow\n"


def _read_all(descriptor):
    with open(descriptor, "rb") as stream:
        return stream.read()
