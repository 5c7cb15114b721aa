"""A user's tmux, locale, terminal, socket and clock are what they are: `oma` works all the same."""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from tests.support.counting_agents import replay_lines
from tests.support.dashboard_pane import start_dashboard
from tests.support.oma_process import oma, running_oma
from tests.support.private_tmux import PrivateTmux, keeps_dead_panes
from tests.support.recorded import printed, records, until

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

OPTIONS = {
    "base-index": "1",
    "pane-base-index": "1",
    "mouse": "on",
    "automatic-rename": "off",
    "renumber-windows": "on",
    "detach-on-destroy": "off",
    "history-limit": "0",
    "default-terminal": "dumb",
    "status-interval": "1",
    "status-right": "#(echo >> {file})",
    "window-status-format": "#(echo >> {file})",
    "pane-border-format": "#(echo >> {file})",
    "set-titles": "on",
    "set-titles-string": "#(echo >> {file})",
}

NO_UTF8 = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

ODD_PLACE = "a b 'c' \"d\" $HOME #{pid} ; é"

JUMPING = """
import datetime
import sys

import oma.runtime.clock
from oma.cli.main import main

asked = []


class Wall(datetime.datetime):
    @classmethod
    def now(cls, zone=None):
        asked.append(cls)
        return datetime.datetime(2001, 1, 1, tzinfo=zone) - datetime.timedelta(days=len(asked))


oma.runtime.clock.datetime = Wall
del sys.argv[1:4]  # the program that is wrapped
main()
"""


@pytest.fixture
def odd(tmux, tmp_path):
    """A server whose options are all but those that tmux has by itself."""
    tmux.run("new-session", "-d", "-s", "home", "cat")
    for name, value in OPTIONS.items():
        tmux.run("set-option", "-g", name, value.format(file=tmp_path / "ran"))
    return tmux


@pytest.fixture
def elsewhere():
    """A server whose socket has a name that a shell, or tmux, would take apart."""
    folder = Path(tempfile.mkdtemp(prefix="oma", dir="/tmp"))
    (folder / ODD_PLACE).mkdir()
    server = PrivateTmux(str(folder / ODD_PLACE / "s"))
    yield server
    server.end()
    shutil.rmtree(folder)


async def live(tmux, folder, **environment):
    """Start, speak to, restart and end an agent as a user does; `oma` shows all of it."""
    recording = folder / "f.jsonl"

    async def do(*words):
        done = await oma("-S", tmux.socket_path, *words, **environment)
        assert done.returncode == 0, done
        return done.stdout

    tmux.run("new-session", "-d", "-s", "oma-agent-é", "echo ✻ 漢字; exec cat")
    watch = ("watch", "--json", "--record", recording)
    async with running_oma("-S", tmux.socket_path, *watch, **environment) as running:
        await running.transition(agent="oma-agent-é", from_=None)
        await do("new", "b", "--", "cat")
        await running.transition(agent="oma-agent-b", to="ok")
        pane = tmux.run("list-panes", "-t", "=oma-agent-b:", "-F", "#{pane_id}").strip()
        await until(lambda: recording.read_bytes().count(b"pane-captured") >= 2)
        await do("send", "b", "error: it broke")
        await until(lambda: b"error: it broke" in printed(recording, pane))
        await running.transition(agent="oma-agent-b", to="stuck", reason="error-text")
        await do("restart", "b")
        await running.transition(agent="oma-agent-b", from_="stuck")
        assert b"oma-agent-b" in await do("status")
        await do("kill", "b")
        ended = await running.transition(agent="oma-agent-b", to="exited")
        assert ended["reason"] == "session-closed"
        assert await running.end() == 130
    assert running.errors == b""
    assert running.lines == await replay_lines(recording)


def options(tmux):
    return [tmux.run("show-options", flags) for flags in ("-g", "-s", "-gw")]


@pytest.mark.parametrize("stays", [pytest.param("on", marks=keeps_dead_panes), "off"])
async def test_options_that_a_user_may_have_set(odd, tmp_path, stays):
    odd.run("set-option", "-g", "remain-on-exit", stays)
    odd.run("new-session", "-d", "-s", "oma-agent-goes", "read go; exit 3")
    before = options(odd)
    async with running_oma("-S", odd.socket_path, "watch", "--json") as watch:
        await watch.transition(agent="oma-agent-goes")
        if stays == "on":
            await live(odd, tmp_path)
        odd.run("send-keys", "-t", "oma-agent-goes:", "Enter")
        gone = await watch.transition(agent="oma-agent-goes", to="exited")

    assert gone["reason"] == ("process-ended" if stays == "on" else "session-closed")
    assert options(odd) == before
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("locale", [NO_UTF8, {"PYTHONIOENCODING": "latin-1"}])
async def test_a_locale_that_is_not_utf_8(tmux, tmp_path, locale):
    recording = tmp_path / "f.jsonl"
    tmux.run("new-session", "-d", "-s", "oma-agent-é", "echo Error: ✻ 漢字; exec cat")
    watch = ("watch", "--json", "--record", recording)
    async with running_oma("-S", tmux.socket_path, *watch, **locale) as running:
        told = await running.transition(agent="oma-agent-é", reason="error-text")
    status = await oma("-S", tmux.socket_path, "status", **locale)
    again = await oma("replay", recording, **locale)
    why = await oma("why", "oma-agent-é", "--recording", recording, **locale)

    assert told["evidence"] == "Error: ✻ 漢字"
    assert b"oma-agent-" in status.stdout
    assert b"Error: ? ??" in again.stdout
    assert running.lines == await replay_lines(recording)
    for done in (status, again, why):
        assert b"Traceback" not in done.stderr


async def test_a_name_of_a_file_that_is_no_text(tmux, tmp_path):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    file = os.fsdecode(os.fsencode(tmp_path) + b"/f\xff.jsonl")

    async with running_oma("-S", tmux.socket_path, "watch", "--json", "--record", file) as watch:
        await watch.transition(agent="oma-agent-a")
    again = await oma("replay", file)

    assert again.returncode == 0
    assert b"oma-agent-a" in again.stdout
    assert b"Traceback" not in watch.errors + again.stderr


async def test_a_terminal_that_is_dumb_is_enough_for_lines(tmux):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")

    status = await oma("-S", tmux.socket_path, "status", TERM="dumb")
    waited = await oma("-S", tmux.socket_path, "wait", "a", "--for", "ok,idle", TERM="dumb")

    assert (status.returncode, waited.returncode) == (0, 0)
    assert b"oma-agent-a" in status.stdout


@pytest.mark.parametrize("term", ["dumb", ""])
async def test_a_terminal_that_cannot_be_painted_on_is_told_and_left_alone(tmux, tmp_path, term):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    dashboard = start_dashboard(tmux, tmp_path, TERM=term)

    code, _ = await dashboard.left()

    assert code == 1
    said = " ".join("\n".join(dashboard.lines()).split())
    assert f"oma: TERM='{term}': cannot paint on this terminal" in said
    assert "run TERM=xterm-256color oma" in said


@pytest.mark.parametrize("term", ["nonsense", "tmux-nonsense"])
async def test_a_terminal_that_is_not_described_is_taken_for_one_that_is(tmux, tmp_path, term):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    dashboard = start_dashboard(tmux, tmp_path, TERM=term)

    await dashboard.sees("Agents: ")
    dashboard.press("q")
    code, _ = await dashboard.left()

    assert code == 0
    assert f"oma: TERM='{term}' is not described here: taken for" in "\n".join(dashboard.lines())


async def test_a_dashboard_without_utf_8(tmux, tmp_path):
    tmux.run("new-session", "-d", "-s", "oma-agent-é", "echo ✻ 漢字; exec cat")
    dashboard = start_dashboard(tmux, tmp_path, **NO_UTF8)

    await dashboard.sees("Agents: 1/1 active", "oma")
    dashboard.press("q")
    code, _ = await dashboard.left()

    assert code == 0


async def test_a_socket_whose_path_a_shell_would_take_apart(elsewhere, tmp_path):
    await live(elsewhere, tmp_path)


async def test_agents_are_shown_on_such_a_socket(elsewhere, tmp_path):
    elsewhere.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    dashboard = start_dashboard(elsewhere, tmp_path, columns=160)
    await dashboard.sees("Agents: 1/1 active")
    dashboard.press("s")
    form = "#{session_name} #{client_control_mode}"
    await until(lambda: "oma-agent-a 0" in elsewhere.run("list-clients", "-F", form))
    dashboard.press("q")
    await dashboard.left()


async def test_a_wall_clock_that_jumps_changes_nothing(tmux, tmp_path):
    script = tmp_path / "jumping.py"
    script.write_text(JUMPING)
    config = tmp_path / "config.toml"
    config.write_text("[health]\nidle_warning = 0.3\nidle_critical = 0.6\n")
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    recording = tmp_path / "f.jsonl"
    async with running_oma(
        *("-S", tmux.socket_path, "--config", config, "watch", "--json", "--record", recording),
        wrapped_in=[sys.executable, str(script)],
    ) as watch:
        await watch.transition(agent="oma-agent-a", to="stuck")
        await until(lambda: b"pane-captured" in recording.read_bytes())
        tmux.run("send-keys", "-t", "oma-agent-a:", "hello", "Enter")
        for health in ("ok", "idle", "stuck"):
            await watch.transition(agent="oma-agent-a", to=health)
        await watch.end()

    header = json.loads(recording.read_bytes().splitlines()[0])
    assert header["started_at"].startswith("2000-12-31T")  # asked once
    times = [record.t for record in records(recording)]
    assert times == sorted(times)
    assert watch.lines == await replay_lines(recording)
