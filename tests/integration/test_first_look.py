"""One look is right: agents that have been silent for longer than silence takes to be an alarm."""

import json
import time

import pytest
import trio

from tests.support.oma_process import oma, running_oma

pytestmark = pytest.mark.tmux

RULE = "─" * 40
SCREENS = {
    "prompt": f"● Done.\n\n{RULE}\n❯ \n{RULE}\n  ? for shortcuts",
    "dialog": f"{RULE}\n Do you want to proceed?\n ❯ 1. Yes\n   2. No",
}
SCREENS |= {"clock": SCREENS["dialog"], "hidden": SCREENS["prompt"]}
EXPECTED = {"prompt": "idle", "dialog": "waiting", "clock": "waiting", "hidden": "idle"}
CRITICAL_S = 2
KEEPERS = {
    "prompt": "exec -a claude sleep 1000",
    "dialog": "exec -a claude sleep 1000",
    "clock": "exec -a claude bash -c 'while :; do sleep 0.2; printf \"\\e[12;1H$SECONDS\"; done'",
    # Known by its arguments alone, as agents are that a launcher runs.
    "hidden": "exec -a node tail -f lib/claude-code/cli.js",
}


@pytest.fixture
def silent_agents(tmux, tmp_path):
    """Agents at rest, one of which paints its status line all the while."""
    script = tmp_path / "lib" / "claude-code" / "cli.js"
    script.parent.mkdir(parents=True)
    script.touch()
    for name, keeper in KEEPERS.items():
        (tmp_path / name).write_text(SCREENS[name])
        command = ("bash", "-c", f"cat {name}; {keeper}")
        tmux.run("new-session", "-d", "-s", f"oma-agent-{name}", "-c", str(tmp_path), *command)
    config = tmp_path / "oma.toml"
    config.write_text(f"[health]\nidle_warning = 1\nidle_critical = {CRITICAL_S}\n")
    return tmux, ("-S", tmux.socket_path, "--config", str(config))


async def silence(tmux):
    """Wait until tmux says that they have been silent for longer than that."""
    asked = ("list-panes", "-a", "-F", "#{session_name} #{window_activity}")
    while True:
        last = dict(line.split() for line in tmux.run(*asked).splitlines())
        del last["oma-agent-clock"]
        if all(time.time() - int(activity) > CRITICAL_S + 2 for activity in last.values()):
            return
        await trio.sleep(0.1)


async def test_a_status_tells_what_agents_show_that_have_been_silent(silent_agents):
    tmux, options = silent_agents
    await silence(tmux)

    told = json.loads((await oma(*options, "status", "--json")).stdout)["agents"]

    healths = {agent["agent"].removeprefix("oma-agent-"): agent["health"] for agent in told}
    assert healths == EXPECTED


async def test_the_first_line_on_each_agent_is_what_it_shows(silent_agents):
    tmux, options = silent_agents
    await silence(tmux)

    async with running_oma(*options, "watch", "--json") as watch:
        for name, health in EXPECTED.items():
            first = await watch.transition(agent=f"oma-agent-{name}")
            assert (first["from"], first["to"]) == (None, health), name


@pytest.mark.slow
async def test_nobody_who_waits_for_an_alarm_is_told_of_one(silent_agents):
    tmux, options = silent_agents
    await silence(tmux)

    for name in EXPECTED:
        ended = await oma(*options, "wait", name, "--for", "stuck", "--timeout", "2")
        assert ended.returncode == 1, name
