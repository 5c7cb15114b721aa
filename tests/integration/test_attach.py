"""`oma attach` in a user's own terminal: the agent has its size back whatever ends it."""

import os
import shlex
import signal
import sys

import pytest

from tests.support.user_terminal import attach_user, clients, sizes, until

pytestmark = pytest.mark.tmux

OLD = {"oma-agent-one": ("100x30", "")}
FITTED = "120x39"


@pytest.fixture
async def user(tmux, terminals):
    return await attached(tmux, terminals)


async def attached(tmux, terminals, *options):
    """Have a user run `oma attach` in a shell with job control that lives on after it."""
    tmux.run("new-session", "-d", "-x", "100", "-y", "30", "-s", "oma-agent-one", "cat")
    words = [sys.executable, "-m", "oma", "-S", tmux.socket_path, *options, "attach", "one"]
    oma = shlex.join(["env", f"PYTHONPATH={os.getcwd()}", "HOME=/nonexistent", *words])
    script = (
        f"{oma} & echo $! > {tmux.socket_path}.pid; fg >/dev/null; echo back $?; exec sleep 60"
    )
    line = shlex.join(["bash", "-mc", script])
    return await attach_user(terminals, tmux, "oma-agent-one", command=line)


def oma_pid(tmux):
    with open(f"{tmux.socket_path}.pid") as file:
        return int(file.read())


async def test_detaching_gives_the_size_back(tmux, user):
    assert sizes(tmux)["oma-agent-one"][0] == FITTED

    user.press("C-b", "d")

    await user.sees("back 0")
    assert sizes(tmux) == OLD


async def test_it_is_said_how_one_comes_back(tmux, terminals):
    tmux.run("start-server", ";", "set-option", "-g", "prefix", "C-a", ";", "new-session", "-d")
    await attached(tmux, terminals)

    await until(lambda: "C-a d comes back" in tmux.run("show-messages"))


async def test_a_terminal_that_is_closed_gives_the_size_back(tmux, user):
    user.leave()

    await until(lambda: sizes(tmux) == OLD, lambda: str(sizes(tmux)))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
async def test_a_signal_ends_the_view_and_gives_the_size_back(tmux, user, number):
    os.kill(oma_pid(tmux), number)

    await user.sees(f"back {128 + number}")
    assert sizes(tmux) == OLD
    assert not clients(tmux)


async def test_a_killed_oma_leaves_the_view_to_the_user(tmux, user):
    os.kill(oma_pid(tmux), signal.SIGKILL)
    await until(lambda: not os.path.exists(f"/proc/{oma_pid(tmux)}"))
    assert sizes(tmux)["oma-agent-one"][0] == FITTED
    user.leave()

    await until(lambda: sizes(tmux) == OLD, lambda: str(sizes(tmux)))


async def test_keep_changes_no_size_though_no_other_client_is_attached(tmux, terminals, tmp_path):
    file = tmp_path / "config.toml"
    file.write_text('[attach]\nsize = "keep"\n')

    user = await attached(tmux, terminals, "--config", str(file))
    assert sizes(tmux)["oma-agent-one"][0] == "100x30"
    user.press("C-b", "d")

    await user.sees("back 0")
    assert sizes(tmux) == OLD
