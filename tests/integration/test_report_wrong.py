"""`oma report-wrong` of an agent that runs: masked, and judged as it was."""

import json

import pytest

from tests.integration.test_why import AGENTS
from tests.support.oma_process import oma

pytestmark = pytest.mark.tmux


async def test_an_agent_that_runs_is_reported_and_replays_to_its_verdict(tmux, tmp_path):
    made = tmp_path / "wrong.jsonl"
    tmux.run("new-session", "-d", "-x", "80", "-y", "24", "-s", "oma-agent-asks", *AGENTS["asks"])

    written = await oma(
        "-S", tmux.socket_path, "report-wrong", "asks", "--was", "idle", "--output", made
    )

    assert written.returncode == 0, written.stderr
    assert b"WAITING (permission): the same as here" in written.stdout
    then = await oma("why", "reported", "--recording", made, "--json")
    assert json.loads(then.stdout)["rule"] == "claude/permission"
    assert b"oma-agent-asks" not in made.read_bytes()
