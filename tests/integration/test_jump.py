"""`oma jump` and `oma next` from a key: the user's client shows the agent's own pane."""

import sys

import pytest

from tests.support.user_terminal import attach_user, clients, until

pytestmark = pytest.mark.tmux

ASKS = r"printf 'Delete it all?\n\n\342\235\257 1. Yes\n  2. No\n\nEsc to cancel\n'; exec cat"


async def test_a_key_brings_the_user_to_who_asks_and_to_an_agent_by_name(tmux, terminals):
    tmux.run("new-session", "-d", "-s", "work", "sh")
    tmux.run("new-session", "-d", "-s", "oma-agent-calm", "cat")
    tmux.run("new-session", "-d", "-s", "oma-agent-asks", "cat")
    tmux.run("new-window", "-d", "-t", "oma-agent-asks:", "sh")
    tmux.run("respawn-window", "-k", "-t", "oma-agent-asks:0", ASKS)
    tmux.run("select-window", "-t", "oma-agent-asks:1")
    for key, words in {"F5": "next", "F6": "jump calm"}.items():
        oma = f"{sys.executable} -m oma -S #{{q:socket_path}} {words} --client #{{q:client_tty}}"
        tmux.run("bind-key", "-n", key, "run-shell", "-b", oma)
    user = await attach_user(terminals, tmux, "work")

    user.press("F5")
    await user.sees("Delete it all?")
    assert clients(tmux) == {user.terminal: "oma-agent-asks"}
    user.press("F6")
    assert await until(lambda: clients(tmux) == {user.terminal: "oma-agent-calm"})
