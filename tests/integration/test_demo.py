"""`oma demo`: what a newcomer runs first shows every health and leaves nothing behind."""

import json
import os
import signal
from pathlib import Path

import psutil
import pytest

from tests.support.oma_process import oma, running_oma
from tests.support.private_tmux import keeps_dead_panes
from tests.support.recorded import records, until

pytestmark = [pytest.mark.tmux, pytest.mark.slow]


def servers(directory):
    """The sockets of demo servers, alive or left behind."""
    return list(Path(directory).glob(f"tmux-{os.getuid()}/oma-demo-*"))


def alive(pid):
    """The command lines of the demo's server and agents."""
    lines = [process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"])]
    return [line for line in lines if f"oma-demo-{pid}" in line]


@pytest.fixture
def place(tmux):
    """A short directory for tmux's sockets that goes with the test."""
    return str(Path(tmux.socket_path).parent)


@keeps_dead_panes
async def test_the_demo_shows_every_health_and_replays_to_the_same(place, tmp_path):
    recording = tmp_path / "demo.jsonl"

    done = await oma(
        *("demo", "--duration", "8", "--json", "--record", recording), TMUX_TMPDIR=place
    )

    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done
    assert {
        ("oma-agent-builder", "ok", "active"),
        ("oma-agent-quiet", "idle", "silent"),
        ("oma-agent-asks", "waiting", "permission"),
        ("oma-agent-limited", "stuck", "retry"),
        ("oma-agent-fails", "stuck", "error-text"),
        ("oma-agent-leaves", "exited", "process-ended"),
    } <= {(found["agent"], found["to"], found["reason"]) for found in told}
    assert servers(place) == []
    again = await oma("replay", recording, "--json")
    assert again.stdout == done.stdout
    assert records(recording)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_a_demo_that_is_ended_while_it_starts_takes_its_server_along(place, number):
    async with running_oma("demo", "--json", TMUX_TMPDIR=place) as demo:
        await until(lambda: servers(place))
        assert await demo.end(number) == 128 + number

    # A server tells whoever kills it so before it has ended itself.
    await until(lambda: not alive(demo.process.pid))
    assert servers(place) == []
    assert b"Traceback" not in demo.errors
