"""Watching changes nothing: not when it ends, not when it is killed, not when it hangs."""

import re
import signal
import subprocess

import pytest

from tests.support.oma_process import oma, running_oma
from tests.support.patience import PATIENCE_S
from tests.support.recorded import until
from tests.support.user_terminal import attach_user

pytestmark = pytest.mark.tmux

LINE, MUCH = 1000, 5_000_000
"""Bytes of a line, and more bytes than the pipes and sockets to a client that reads nothing hold."""


def the_server(tmux):
    """Everything of a server that a user could have set."""
    return {
        "global": tmux.run("show-options", "-g"),
        "server": tmux.run("show-options", "-s"),
        "windows": tmux.run("show-options", "-gw"),
        "environment": tmux.run("show-environment", "-g"),
        "sessions": tmux.run("list-sessions", "-F", "#{session_id} #{session_name}"),
        "sizes": tmux.run(
            "list-panes", "-a", "-F", "#{pane_id} #{pane_width}x#{pane_height} #{window_name}"
        ),
        "of each": [
            tmux.run("show-options", "-t", name) + tmux.run("show-environment", "-t", name)
            for name in ("oma-agent-a", "oma-agent-b")
        ],
    }


@pytest.fixture
def two_agents(tmux):
    # One session has an environment and a size of its own: what an attach without -E, or with a
    # size, would change.
    new = ("new-session", "-d", "-x", "91", "-y", "27", "-n", "work", "-s")
    tmux.run(*new, "oma-agent-a", "-e", "DISPLAY=:77", "while :; do date; sleep 0.05; done")
    tmux.run(*new, "oma-agent-b", "cat")
    return tmux


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
async def test_nothing_differs_and_nothing_is_left_after_a_run(two_agents, number):
    before = the_server(two_agents)

    async with running_oma("-S", two_agents.socket_path, "watch", "--json", DISPLAY=":1") as watch:
        await watch.transition(agent="oma-agent-a", to="ok")
        await watch.transition(agent="oma-agent-b", to="ok")
        await watch.end(number)

    await until(lambda: not two_agents.run("list-clients"))
    assert the_server(two_agents) == before


async def test_a_stopped_monitor_does_not_stop_a_flooding_agent(tmux, tmp_path):
    counter = tmp_path / "counter"
    flood = f"while :; do echo {'x' * LINE}; echo >> {counter}; done"
    tmux.run("new-session", "-d", "-s", "oma-agent-flood", flood)
    async with running_oma("-S", tmux.socket_path, "watch", "--json") as watch:
        await watch.transition(agent="oma-agent-flood", to="ok")
        watch.process.send_signal(signal.SIGSTOP)
        try:
            before = counter.stat().st_size
            await until(lambda: counter.stat().st_size > before + MUCH // LINE)
        finally:
            watch.process.send_signal(signal.SIGCONT)
        tmux.run("new-session", "-d", "-s", "oma-agent-after", "cat")
        await watch.transition(agent="oma-agent-after", to="ok")


async def test_a_session_that_dies_with_its_last_client_is_not_attached_to(tmux):
    tmux.run("new-session", "-d", "-s", "home", "cat")
    tmux.run("new-session", "-d", "-s", "oma-agent-fragile", "cat")
    user = tmux.control("attach-session", "-t", "oma-agent-fragile")
    try:
        user.stdout.readline()
        tmux.run("set-option", "-t", "oma-agent-fragile", "destroy-unattached", "on")

        status = await oma("-S", tmux.socket_path, "status")
        async with running_oma("-S", tmux.socket_path, "watch", "--json") as watch:
            await watch.transition(agent="oma-agent-fragile")
            clients = tmux.run("list-clients", "-F", "#{session_name}").split()
    finally:
        user.communicate()

    assert b"oma-agent-fragile" in status.stdout
    assert sorted(clients) == ["home", "oma-agent-fragile"]


MODE = "#{pane_in_mode} #{scroll_position}"
KEYS = (("q",), ("Up",), ("-X", "cursor-up"), ("-X", "cancel"))
PROMPTING = (("f",), ("T",), ("5",), ("/",))
"""Keys that open a prompt in copy-mode (with the keys of vi), on the client that was used last."""


def sent(tmux, pane, all_keys=KEYS):
    """What becomes of the keys of others, each sent to a pane that is in copy-mode."""
    told = []
    for keys in all_keys:
        tmux.run("copy-mode", "-t", pane)
        done = subprocess.run(
            tmux.argv("send-keys", "-t", pane, *keys),
            env=tmux.environment,
            capture_output=True,
            timeout=PATIENCE_S,
        )
        mode = tmux.run("display-message", "-p", "-t", pane, MODE)
        told.append((keys, done.returncode, done.stderr, mode))
        tmux.run("copy-mode", "-q", "-t", pane)
    return told


@pytest.mark.parametrize("activity", ["nobody", "idle", "typing"])
async def test_the_keys_of_others_do_in_copy_mode_what_they_do_without_a_watch(
    tmux, terminals, activity
):
    # tmux takes the client that was used last for the one that asks: ours, unless the user types.
    tmux.run("new-session", "-d", "-x", "80", "-y", "24", "-s", "oma-agent-a", "seq 100; exec cat")
    pane = tmux.run("list-panes", "-t", "oma-agent-a", "-F", "#{pane_id}").strip()
    user = None if activity == "nobody" else await attach_user(terminals, tmux, "oma-agent-a")
    before = sent(tmux, pane)

    async with running_oma("-S", tmux.socket_path, "watch", "--json") as watch:
        await watch.transition(agent="oma-agent-a")
        if activity == "typing":
            user.press("x")
            await user.sees("x")
        during = sent(tmux, pane)

    assert during == before
    assert [(code, stderr) for _, code, stderr, _ in before] == [(0, b"")] * len(KEYS)


async def test_nobody_waits_for_a_prompt_that_was_opened_on_a_client_of_ours(tmux):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "seq 100; exec cat")
    tmux.run("set-option", "-g", "mode-keys", "vi")
    pane = tmux.run("list-panes", "-t", "oma-agent-a", "-F", "#{pane_id}").strip()

    async with running_oma("-S", tmux.socket_path, "watch", "--json") as watch:
        await watch.transition(agent="oma-agent-a")
        told = sent(tmux, pane, PROMPTING)

    assert [code for _, code, _, _ in told] == [0] * len(PROMPTING)


TELLING = re.compile(
    "list-(panes|clients|sessions) |capture-pane -.*p|display-message -.*p|show-options "
    r"|refresh-client -(A|B) |command-prompt -b |attach-session -E -f \S*ignore-size"
)
"""The commands of tmux that change nothing but what a client of ours is sent."""


async def test_a_watch_sends_no_command_that_changes_anything(tmux):
    # tmux logs who ran which command; every one of our control clients is among those who did.
    new = ("new-session", "-d", "-x", "80", "-y", "24", "-s")
    tmux.run(*new, "oma-agent-a", "exec cat")
    tmux.run("set-option", "-s", "message-limit", "5000")
    names = ("list-clients", "-F", "#{client_name}")
    async with running_oma("-S", tmux.socket_path, "watch", "--json") as watch:
        await watch.transition(agent="oma-agent-a")
        tmux.run(*new, "oma-agent-b", "while :; do date; sleep 0.05; done")
        await watch.transition(agent="oma-agent-b", to="ok")
        tmux.run("resize-window", "-t", "oma-agent-a", "-x", "90", "-y", "30")
        tmux.run("split-window", "-t", "oma-agent-a", "exec cat")
        tmux.run("kill-session", "-t", "oma-agent-b")
        await watch.transition(agent="oma-agent-b", to="exited")
        ours = set(tmux.run(*names).split())
        log = tmux.run("show-messages", "-t", min(ours))

    ran = re.findall(r"(client-\d+) command: (.*)", log)
    sent = [command for client, command in ran if client in ours]
    assert {client for client, _ in ran} >= ours
    assert [command for command in sent if not TELLING.match(command)] == []
    assert any(command.startswith("capture-pane") for command in sent)
    assert not any("-C" in command.split() for command in sent)
