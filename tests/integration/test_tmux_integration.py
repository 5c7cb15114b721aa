"""The user's own tmux: what its status line shows, what its keys do, and that it is all taken away again."""

import signal
from pathlib import Path

import pytest

from tests.support.oma_process import oma, running_oma
from tests.support.user_terminal import attach_user, clients, until

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
ASKS = (
    r"printf 'Bash(rm x)\n\nProceed?\n\342\235\257 1. Yes\n  2. No\n\nEsc to cancel\n'; exec cat"
)
HOSTILE = "#(touch stolen)#{pid}#[fg=red]"


@pytest.fixture
def server(tmux):
    """A user's session, an agent that works and one that asks, with hostile names."""
    new = ("new-session", "-d", "-x", "100", "-y", "30", "-c", "/", "-s")
    tmux.run(*new, "work", "cat")
    tmux.run("set-option", "-g", "status-right", "#{host} %H")
    tmux.run("bind-key", "A", "display-message", "mine")
    tmux.run(*new, "oma-agent-works", "while :; do date; sleep 0.2; done")
    tmux.run(*new, "oma-agent-asks", "exec cat")
    tmux.run("rename-window", "-t", "oma-agent-asks", HOSTILE.replace("#", "##"))
    return tmux


def settings(tmux):
    options = tmux.run("show-options", "-g") + tmux.run("show-options", "-gw")
    keys = tmux.run("list-keys", "-T", "prefix")
    windows = tmux.run("list-windows", "-a", "-F", "#{window_id} #{@oma_window}")
    return options, keys, windows


async def test_it_is_set_listed_and_taken_away_again(server):
    before = settings(server)
    to = ("-S", server.socket_path, "tmux")

    would = await oma(*to, "install", "--dry-run")
    assert settings(server) == before
    done = await oma(*to, "install")
    assert done.returncode == 0, done.stderr
    assert would.stdout.decode() == "".join(
        line if line.startswith("left") else f"would {line}"
        for line in done.stdout.decode().splitlines(keepends=True)
    )
    assert "left as it is: key A (dashboard): it is bound already" in done.stdout.decode()
    assert "@oma_installed = 1" in (await oma(*to)).stdout.decode()
    again = await oma(*to, "install")
    assert again.stdout.decode().splitlines()[-1] == "nothing to change"

    await oma(*to, "uninstall")
    assert settings(server) == before
    assert (await oma(*to)).stdout == b"nothing of oma is set\n"


async def test_the_service_shows_agents_while_it_runs_and_keys_act(server, terminals):
    to = ("-S", server.socket_path)
    await oma(*to, "tmux", "install", "--dashboard", "B")
    user = await attach_user(terminals, server, "work")
    async with running_oma(*to, "serve") as service:
        await user.sees(" 2 ok")
        server.run("respawn-window", "-k", "-t", "oma-agent-asks:0", ASKS)
        await user.sees(" 1 waiting  1 ok")
        asks = "oma-agent-asks #[fg=white,bg=blue,bold] ? #[default]\n"
        await until(lambda: asks in marks(server), lambda: marks(server))
        assert "work \n" in marks(server)

        user.press("C-b", "y")
        await user.sees("1 2: answers; any other key leaves")
        user.press("2")
        await until(
            lambda: "2" in server.run("capture-pane", "-p", "-t", "oma-agent-asks").split()
        )
        await user.loses("┌")  # the popup

        user.press("C-b", "B")
        await user.sees("Agents: ")
        user.press("q")
        await user.loses("┌")

        server.run("respawn-window", "-k", "-t", "oma-agent-asks:0", ASKS)
        await user.sees(" 1 waiting  1 ok")
        user.press("C-b", "a")
        await until(
            lambda: clients(server).get(user.terminal) == "oma-agent-asks",
            lambda: (clients(server), user.screen()),
        )
        assert await service.end(signal.SIGTERM) == 143

    assert server.run("show-options", "-gqv", "@oma_status") == ""
    assert "?" not in server.run("list-windows", "-a", "-F", "#{@oma_window}")


async def test_what_is_shown_goes_with_a_service_that_is_killed(server):
    to = ("-S", server.socket_path)
    await oma(*to, "tmux", "install")
    async with running_oma(*to, "serve") as service:

        def shown():
            return server.run("show-options", "-gqv", "@oma_status").strip()

        await until(lambda: shown() and "\N{BULLET}" in marks(server), lambda: marks(server))
        service.process.kill()
        await service.process.wait()
        await until(
            lambda: not shown() and "\N{BULLET}" not in marks(server), lambda: marks(server)
        )


def marks(server):
    return server.run("list-windows", "-a", "-F", "#{session_name} #{@oma_window}")


async def test_a_service_shows_nothing_where_it_is_not_installed(server):
    async with running_oma("-S", server.socket_path, "watch", "--json") as watch:
        await watch.transition(agent="oma-agent-works")
    before = settings(server)
    async with running_oma("-S", server.socket_path, "serve") as service:
        await service.said(b"until interrupted")
        server.run("respawn-window", "-k", "-t", "oma-agent-asks:0", ASKS)
        await oma("-S", server.socket_path, "wait", "asks", "--for", "waiting", "--timeout", "60")

        assert settings(server) == before


def test_the_plugin_runs_the_oma_on_the_path(tmux, tmp_path):
    fake, told = tmp_path / "oma", tmp_path / "told"
    fake.write_text(f"#!/bin/sh\necho $* >{told}\n")
    fake.chmod(0o755)
    tmux.run("new-session", "-d", "-s", "work", "cat")

    tmux.run("run-shell", f"PATH={tmp_path}:/usr/bin:/bin {ROOT / 'oma.tmux'}")

    assert told.read_text() == "tmux install\n"
