"""Agents of two machines: two tmux servers, behind an `ssh` that runs what it is told here."""

import json
import os
import shlex
import signal
import sys
from contextlib import suppress

import pytest

from tests.support.dashboard_pane import start_dashboard
from tests.support.fake_ssh import make_ssh
from tests.support.oma_process import oma, running_oma
from tests.support.patience import look_until
from tests.support.web_client import running_web

pytestmark = pytest.mark.tmux


@pytest.fixture
def ssh(tmux, terminals, tmp_path):
    """Give an `ssh` by which `box` is one tmux server and `gpu1` another one."""
    made = make_ssh(tmp_path / "ssh")
    for host, server in (("box", tmux), ("gpu1", terminals)):
        program = shlex.join([sys.executable, "-m", "oma", "-S", server.socket_path])
        pids = tmp_path / f"{host}.pids"
        made.host(host, f'echo $$ >> {pids}; eval "exec {program} ${{1#exec oma }}"')
    return made


def pids(tmp_path, host):
    return [int(line) for line in (tmp_path / f"{host}.pids").read_text().split()]


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_the_changes_of_all_hosts_come_in_one_stream_and_nothing_is_left(
    ssh, tmux, terminals, tmp_path
):
    for server in (tmux, terminals):
        server.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    async with running_oma("watch", "--ssh", "box,gpu1", "--json", PATH=ssh.path) as watch:
        for host in ("box", "gpu1"):
            told = await watch.transition(agent=f"{host}/oma-agent-a")
            assert (told["to"], told["id"]) == ("ok", f"$0@{host}")
        asks = "read -p 'Do you want to go on? [y/N] ' x"
        terminals.run("new-session", "-d", "-s", "oma-agent-b", asks)
        await watch.transition(agent="gpu1/oma-agent-b", to="waiting")

        os.kill(pids(tmp_path, "box")[0], signal.SIGKILL)
        await watch.said(b"oma: box lost: it ended with 137\n")
        await watch.said(b"oma: box lost: it ended with 137\noma: box live\n")
        tmux.run("new-session", "-d", "-s", "oma-agent-c", "cat")
        await watch.transition(agent="box/oma-agent-c")
        tmux.run("kill-session", "-t", "=oma-agent-a:")
        await watch.transition(agent="box/oma-agent-a", to="exited")

    assert len([line for line in watch.lines if json.loads(line)["from"] is None]) == 4
    for host in ("box", "gpu1"):
        assert await look_until(lambda host=host: not any(map(alive, pids(tmp_path, host))))


async def test_what_is_told_of_a_host_is_what_its_log_says_but_for_the_clock(ssh, tmux, tmp_path):
    record = tmp_path / "box.jsonl"
    program = shlex.join([sys.executable, "-m", "oma", "-S", tmux.socket_path])
    ssh.host("box", f'eval "{program} ${{1#exec oma }}" | tee {record}')
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    async with running_oma("watch", "--ssh", "box", "--json", PATH=ssh.path) as watch:
        await watch.transition(agent="box/oma-agent-a")
        tmux.run("new-session", "-d", "-s", "oma-agent-b", "read -p 'Go on? [y/N] ' x")
        await watch.transition(agent="box/oma-agent-b", to="waiting")
        tmux.run("kill-session", "-t", "=oma-agent-a:")
        await watch.transition(agent="box/oma-agent-a", to="exited")

    own = [line.replace("box/", "").replace("@box", "") for line in watch.lines]
    told = list(map(json.loads, own))
    done = await oma("replay", record, "--json")
    replayed = [json.loads(line) for line in done.stdout.splitlines()][: len(told)]
    apart_s = {round(a.pop("t") - b.pop("t"), 6) for a, b in zip(told, replayed, strict=True)}
    assert told == replayed
    assert len(apart_s) == 1


async def test_one_look_asks_every_host(ssh, tmux):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")

    done = await oma("status", "--ssh", "box,gpu1,nowhere", "--json", PATH=ssh.path)

    told = json.loads(done.stdout)
    assert [agent["agent"] for agent in told["agents"]] == ["box/oma-agent-a"]
    assert (done.returncode, list(told["unreached"])) == (1, ["nowhere"])


@pytest.mark.slow
async def test_the_dashboard_lists_all_and_acts_where_the_agent_runs(
    ssh, tmux, terminals, tmp_path
):
    tmux.run("new-session", "-d", "-s", "oma-agent-login", "cat")
    tmux.run("new-session", "-d", "-s", "oma-agent-asks", "read -p 'Go on? [y/N] ' x; exec cat")
    pane = start_dashboard(terminals, tmp_path, "--ssh", "box,nowhere", PATH=ssh.path)
    await pane.sees("box/login", "box/asks", "WAITING", "not reached: nowhere")

    pane.press("1")
    await pane.sees("shows no option 1")
    pane.press("j", "m")
    pane.type("hello far away")
    pane.press("Enter")
    assert await look_until(
        lambda: "hello far away" in tmux.run("capture-pane", "-p", "-t", "=oma-agent-login:")
    )
    await pane.sees("box: sent to oma-agent-login")

    pane.press("Enter")
    assert await look_until(
        lambda: tmux.run("list-clients", "-F", "#{client_control_mode}").count("0")
    )
    pane.press("C-b", "d")
    await pane.sees("box/login", "not reached")

    os.kill(pids(tmp_path, "box")[0], signal.SIGKILL)
    await pane.sees("box lost")
    await pane.loses("UNKNOWN")
    pane.press("q")
    assert (await pane.left())[0] == 0
    assert await look_until(lambda: not any(map(alive, pids(tmp_path, "box"))))


@pytest.mark.slow
async def test_the_page_shows_all_and_acts_where_the_agent_runs_and_notifications_tell_of_all(
    ssh, tmux, terminals, tmp_path
):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    terminals.run("new-session", "-d", "-s", "oma-agent-asks", "read -p 'Go? [y/N] ' x; exec cat")
    out, config, run = tmp_path / "out.jsonl", tmp_path / "c.toml", tmp_path / "run"
    command = json.dumps(["sh", "-c", f"cat >> {out}"])
    config.write_text(f'[notify]\nsettle = 0.2\nchannels = ["command"]\ncommand = {command}\n')
    run.mkdir(mode=0o700)
    places = {"XDG_STATE_HOME": str(tmp_path / "state"), "XDG_RUNTIME_DIR": str(run)}
    hosts = ("--ssh", "box,gpu1,nowhere")
    async with (
        running_oma("--config", config, "notify", *hosts, PATH=ssh.path, **places),
        running_web("web", *hosts, home=tmp_path, PATH=ssh.path) as web,
    ):
        owner = await web.owner()
        async with owner.events("/api/events") as next_event:
            names, links, asks = {}, {}, None
            while asks is None or links.get("nowhere") != "not reached" or len(names) < 2:
                _, told, _ = await next_event("snapshot", "agents", "hosts")
                names |= {each["agent"]: each for each in told.get("agents", ())}
                links |= {each["host"]: each["state"] for each in told.get("hosts", ())}
                asks = names.get("gpu1/oma-agent-asks", {}).get("dialog")
            assert {each["host"] for each in names.values()} == {"box", "gpu1"}

            for agent, text, status in (("$0@box", "far away", 200), ("$9@box", "x", 404)):
                done = await owner.post(f"/api/agents/{agent}/send", {"text": text})
                assert done.status == status
            shown = ("capture-pane", "-p", "-t", "=oma-agent-a:")
            assert await look_until(lambda: "far away" in tmux.run(*shown))
            stale = {"text": "y", "fingerprint": "0" * 16}
            assert (await owner.post("/api/agents/$0@gpu1/answer", stale)).status == 409

            ssh.host("gpu1", "exit 255")  # and stays away
            for pid in pids(tmp_path, "gpu1"):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            while links["gpu1"] != "lost":
                _, told, _ = await next_event("hosts")
                links |= {each["host"]: each["state"] for each in told["hosts"]}
        assert await look_until(lambda: out.exists() and "gpu1/oma-agent-asks" in out.read_text())
