"""`oma why` now, and on the recording of the same moment: one answer."""

import json

import pytest

from tests.support.oma_process import oma

pytestmark = pytest.mark.tmux

CLAUDE = (
    "printf '\\033]0;\\342\\234\\263 Task\\007\\033[2J\\033[H--------------------\\r\\n';"
    "printf '\\342\\224\\200%.0s' 1 2 3 4 5 6 7 8 9 10 11 12; echo;"
    "printf 'Do you want to proceed?\\r\\n\\342\\235\\257 1. Yes\\r\\n'; exec -a claude sleep 60"
)
AGENTS = {
    "asks": ["bash", "-c", CLAUDE],
    "fails": ["bash", "-c", "echo 'Error: it broke'; exec cat"],
    "quiet": ["cat"],
}


@pytest.mark.parametrize(
    ("agent", "health", "rule"),
    [
        ("asks", "waiting", "claude/permission"),
        ("fails", "stuck", "generic/error_patterns"),
        ("quiet", "ok", "generic/active"),
    ],
)
async def test_a_recorded_moment_is_explained_as_it_was_live(tmux, tmp_path, agent, health, rule):
    recording = tmp_path / "f.jsonl"
    tmux.run("new-session", "-d", "-x", "80", "-y", "24", "-s", "oma-agent-other", "cat")
    tmux.run(
        "new-session", "-d", "-x", "80", "-y", "24", "-s", f"oma-agent-{agent}", *AGENTS[agent]
    )

    live = await oma("-S", tmux.socket_path, "why", agent, "--json", "--record", recording)

    assert live.returncode == 0, live.stderr
    told = json.loads(live.stdout)
    assert (told["agent"], told["health"], told["rule"]) == (f"oma-agent-{agent}", health, rule)
    then = await oma("why", agent, "--recording", recording, "--at", told["t"], "--json")
    assert then.returncode == 0, then.stderr
    assert then.stdout == live.stdout


async def test_a_hostile_screen_reaches_no_terminal(tmux):
    tmux.run(
        "new-session",
        "-d",
        "-s",
        "oma-agent-evil",
        "printf 'error \\033[31m\\xe2\\x80\\xaex\\n'; cat",
    )

    done = await oma("-S", tmux.socket_path, "why", "evil")

    assert done.returncode == 0, done.stderr
    assert b"\x1b" not in done.stdout
    assert "\u202e" not in done.stdout.decode()
    assert b"oma-agent-evil is STUCK: error-text" in done.stdout


async def test_an_agent_that_is_not_there_is_told_with_those_that_are(tmux):
    tmux.run("new-session", "-d", "-s", "oma-agent-one", "cat")

    done = await oma("-S", tmux.socket_path, "why", "two")

    assert done.returncode == 1
    assert done.stderr == b"oma: no agent 'two'; there are: oma-agent-one\n"
