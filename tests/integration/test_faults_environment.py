"""What a user's shell and tmux give to `oma` is wrong in some way: `oma` works, or says one line."""

import json
import os

import pytest

from tests.support.dashboard_pane import start_dashboard
from tests.support.oma_process import oma
from tests.support.private_tmux import keeps_dead_panes
from tests.support.recorded import until

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

MISSING_LOCALE = {"LC_ALL": "xx_YY.UTF-8"}


def in_a_removed_directory(folder):
    """What runs a program in a directory that is removed under it."""
    place = folder / "gone"
    place.mkdir()
    return ["sh", "-c", 'cd "$0" && rmdir "$0" && exec "$@"', str(place)]


async def diagnosis(tmux, **how):
    done = await oma("-S", tmux.socket_path, "doctor", "--json", **how)
    return {finding["about"]: finding for finding in json.loads(done.stdout)}


def sessions(tmux):
    return tmux.run("list-sessions", "-F", "#{session_name}").split()


@pytest.mark.parametrize("runtime", ["/run/user/99999", "", "relative", "/", "/etc/passwd"])
async def test_a_runtime_directory_that_is_not_the_users_is_replaced(tmux, runtime):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    done = await oma("-S", tmux.socket_path, "status", XDG_RUNTIME_DIR=runtime)
    found = await diagnosis(tmux, XDG_RUNTIME_DIR=runtime, LC_ALL="C.UTF-8")

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"oma-agent-a" in done.stdout
    if runtime != "/" or os.getuid() != 0:
        assert f"/tmp/oma-{os.getuid()}" in found["runtime"]["text"]
        assert found["runtime"]["warning"] == bool(runtime)


async def test_a_directory_that_was_removed_is_said_where_it_is_needed_alone(tmux, tmp_path):
    async def there(*words):
        gone = in_a_removed_directory(tmp_path)
        return await oma("-S", tmux.socket_path, *words, wrapped_in=gone)

    refused = await there("new", "a", "--", "cat")
    started = await there("new", "b", "--cwd", "/", "--", "cat")
    status = await there("status")

    assert refused.returncode == 1
    assert refused.stderr.startswith(b"oma: the directory that oma runs in has been removed")
    assert refused.stderr.count(b"\n") == 1
    assert (started.returncode, started.stdout) == (0, b"oma-agent-b\n")
    assert (status.returncode, status.stderr) == (0, b"")
    gone = in_a_removed_directory(tmp_path)
    found = await diagnosis(tmux, wrapped_in=gone, LC_ALL="C.UTF-8")
    assert "has been removed" in found["directory"]["text"]
    assert found["directory"]["warning"]


async def test_a_dashboard_works_in_a_directory_that_was_removed(tmux, tmp_path):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    place = tmp_path / "gone"
    place.mkdir()
    dashboard = start_dashboard(tmux, tmp_path, before=f'cd "{place}"; rmdir "{place}"')

    await dashboard.sees("Agents: 1/1 active")
    dashboard.press("q")
    code, _ = await dashboard.left()
    assert code == 0


async def test_a_locale_that_is_not_installed_is_replaced(tmux, tmp_path):
    tmux.run("new-session", "-d", "-s", "oma-agent-é", "echo ✻ 漢字; exec cat")
    dashboard = start_dashboard(tmux, tmp_path, columns=80, rows=24, **MISSING_LOCALE)
    await dashboard.sees("✻ 漢字", "Agents: 1/1 active")
    dashboard.press("q")
    code, _ = await dashboard.left()
    found = await diagnosis(tmux, **MISSING_LOCALE)

    assert code == 0
    assert found["locale"]["warning"]
    assert found["locale"]["text"].startswith("LC_ALL=xx_YY.UTF-8 is not installed")


async def test_the_doctor_knows_a_terminal_that_is_not_described(tmux):
    found = await diagnosis(tmux, TERM="xterm-nonsense", LC_ALL="C.UTF-8")

    assert found["terminal"]["warning"]
    assert "'xterm-nonsense' is not described on this machine" in found["terminal"]["text"]


@pytest.fixture
def keeping(tmux):
    """A server whose panes stay when their programs end."""
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    tmux.run("set-option", "-gw", "remain-on-exit", "on")
    return tmux


@keeps_dead_panes
async def test_a_dashboard_of_oma_up_goes_with_its_session_and_comes_back(
    keeping, terminals, tmp_path
):
    for session in ("first", "second"):
        dashboard = start_dashboard(
            terminals,
            tmp_path,
            *("-S", keeping.socket_path),
            command="up",
            session=session,
            inside=False,
        )
        await dashboard.sees("Agents: ")
        dashboard.press("q")
        await dashboard.left()
        await until(lambda: "oma-dashboard" not in sessions(keeping))
    found = await diagnosis(keeping, LC_ALL="C.UTF-8")
    assert "remain-on-exit is on" in found["options"]["text"]


@keeps_dead_panes
async def test_a_dashboard_whose_pane_stands_dead_is_started_again(keeping, terminals, tmp_path):
    keeping.run("new-session", "-d", "-s", "oma-dashboard", "false")
    keeping.run("split-window", "-d", "-t", "=oma-dashboard:", "cat")
    dead = ("list-panes", "-t", "=oma-dashboard:", "-F", "#{pane_dead}")
    await until(lambda: keeping.run(*dead).split() == ["1", "0"])

    dashboard = start_dashboard(
        terminals, tmp_path, *("-S", keeping.socket_path), command="up", inside=False
    )

    await dashboard.sees("Agents: ")
    assert keeping.run(*dead).split() == ["0", "0"]


async def test_a_new_agent_stays_though_sessions_end_that_nobody_looks_at(tmux):
    tmux.run(
        "new-session", "-d", "-s", "home", "cat", ";", "set-option", "destroy-unattached", "off"
    )
    tmux.run("set-option", "-g", "destroy-unattached", "on")
    started = await oma("-S", tmux.socket_path, "new", "a", "--", "cat")
    found = await diagnosis(tmux, LC_ALL="C.UTF-8")

    assert (started.returncode, started.stdout) == (0, b"oma-agent-a\n")
    assert sessions(tmux) == ["home", "oma-agent-a"]
    assert found["options"]["warning"]
    assert "destroy-unattached is on" in found["options"]["text"]


async def test_a_session_that_is_gone_at_once_is_no_success(tmux):
    tmux.run("new-session", "-d", "-s", "home", "cat")
    tmux.run("set-hook", "-g", "session-created", "kill-session")
    done = await oma("-S", tmux.socket_path, "new", "a", "--", "cat")

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"oma: ")
    assert done.stderr.count(b"\n") == 1
    assert "oma-agent-a" not in sessions(tmux)
