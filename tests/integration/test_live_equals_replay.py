"""The promise of the recording: a replay prints the transitions of the live run, to the byte."""

import pytest

from tests.support.oma_process import oma, running_oma

pytestmark = pytest.mark.tmux

CONFIG = """
[health]
idle_warning = 0.8
idle_critical = 2.0
error_settle = 0.2
"""


async def test_a_replay_prints_what_the_live_run_printed(tmux, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text(CONFIG)
    recording = tmp_path / "f.jsonl"
    new = ("new-session", "-d", "-x", "80", "-y", "24", "-s")
    tmux.run(*new, "oma-agent-works", "while :; do date; sleep 0.1; done")
    tmux.run(*new, "oma-agent-quiet", "echo hello; cat")
    tmux.run(*new, "oma-agent-fails", "cat")

    async with running_oma(
        "-S", tmux.socket_path, "watch", "--json", "--record", recording, "--config", config
    ) as watch:
        for name in ("works", "quiet", "fails"):
            await watch.transition(agent=f"oma-agent-{name}")
        tmux.run("send-keys", "-t", "oma-agent-fails", "Error: it broke", "Enter")
        await watch.transition(agent="oma-agent-fails", reason="error-text")
        tmux.run(*new, "oma-agent-late", "echo hi; read go; exit 4")
        await watch.transition(agent="oma-agent-late")
        tmux.run("resize-window", "-t", "oma-agent-works", "-x", "100", "-y", "30")
        tmux.run("send-keys", "-t", "oma-agent-quiet", "a")  # it may have been silent for long
        tmux.run("rename-session", "-t", "oma-agent-quiet", "oma-agent-renamed")
        tmux.run("send-keys", "-t", "oma-agent-renamed", "speak", "Enter")
        tmux.run("send-keys", "-t", "oma-agent-renamed", "again", "Enter")
        await watch.transition(agent="oma-agent-renamed", to="stuck", reason="silent")
        tmux.run("send-keys", "-t", "oma-agent-fails", "all is well", "Enter")
        await watch.transition(agent="oma-agent-fails", to="ok")
        tmux.run("kill-session", "-t", "oma-agent-works")
        await watch.transition(agent="oma-agent-works", to="exited")
        tmux.run("send-keys", "-t", "oma-agent-late", "Enter")
        await watch.transition(agent="oma-agent-late", to="exited")
        assert await watch.end() == 130

    again = await oma("replay", recording, "--json")

    assert again.returncode == 0, again.stderr
    assert watch.lines == again.stdout.decode().splitlines()
    assert len(watch.lines) >= 10
