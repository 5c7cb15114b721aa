"""Agents of two machines on a real engine: what is seen there is what each host's own recording says."""

import json
import os
import signal
import tempfile
from pathlib import Path

import pytest

from oma.runtime.fleet.engine_users import machine_rules, viewer_rules
from tests.support.dashboard_pane import start_dashboard
from tests.support.engines import real_engine
from tests.support.oma_process import oma, running_oma
from tests.support.patience import look_until
from tests.support.told_lines import archived, replayed, seen_of
from tests.support.web_client import running_web

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

ASKS = "read -p 'Go on? [y/N] ' x; exec cat"


@pytest.fixture
async def engine():
    with tempfile.TemporaryDirectory(prefix="oma-e-") as folder, real_engine(Path(folder)) as made:
        await made.start()
        yield made


def publish(server, engine, name, record, *options, **variables):
    where = ("-S", server.socket_path, "publish", engine.url, "--name", name, "--record", record)
    return running_oma(*where, *options, **variables)


async def test_what_is_seen_is_what_the_recording_of_each_host_says_also_after_an_outage(
    engine, tmux, terminals, tmp_path
):
    for server in (tmux, terminals):
        server.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    records = {"box": tmp_path / "box.jsonl", "gpu1": tmp_path / "gpu1.jsonl"}
    logs, state = tmp_path / "logs", {"XDG_STATE_HOME": str(tmp_path / "state")}
    async with (
        running_oma("watch", "--fleet", engine.url, "--json") as watch,
        running_oma("fleet", "record", logs, "--fleet", engine.url) as archive,
    ):
        await watch.said(f"oma: {engine.url} live\n".encode())
        async with (
            publish(tmux, engine, "box", records["box"], "--log", **state),
            publish(terminals, engine, "gpu1", records["gpu1"], "--log", **state),
        ):
            for host in records:
                await archive.said(f"oma: {host}: recording {host}-".encode())
            for host in records:
                told = await watch.transition(agent=f"{host}/oma-agent-a")
                assert (told["id"], told["to"]) == (f"$0@{host}", "ok")
            tmux.run("new-session", "-d", "-s", "oma-agent-b", ASKS)
            await watch.transition(agent="box/oma-agent-b", to="waiting")

            engine.kill()
            await watch.said(b"lost: ")
            tmux.run("kill-session", "-t", "=oma-agent-a:")
            terminals.run("new-session", "-d", "-s", "oma-agent-c", ASKS)
            await engine.start()
            await watch.transition(agent="box/oma-agent-a", to="exited")
            await watch.transition(agent="gpu1/oma-agent-c", to="waiting")

            done = await oma("status", "--fleet", engine.url, "--json")
            told = json.loads(done.stdout)
            alive = {
                each["agent"]: each["id"] for each in told["agents"] if each["health"] != "exited"
            }
            wanted = {"box/oma-agent-b": "$1", "gpu1/oma-agent-a": "$0", "gpu1/oma-agent-c": "$1"}
            assert alive == wanted
        for host in records:
            await watch.said(f"oma: {host} stopped\n".encode())
        # The last of a log is on the engine before its host says that it has stopped, or soon after.
        ended = {host: record.read_bytes()[-80:] for host, record in records.items()}
        assert await look_until(
            lambda: all(ended[host] in archived(logs, host) for host in records)
        )

    for host, record in records.items():
        assert seen_of(watch, host) == await replayed(record)
        assert archived(logs, host) == record.read_bytes()


async def test_an_engine_that_stood_still_and_a_publisher_and_a_viewer_that_were_killed_change_nothing(
    engine, tmux, tmp_path
):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    follow = ("watch", "--fleet", engine.url, "--json")
    async with running_oma(*follow) as watch, running_oma(*follow) as viewer:
        for each in (watch, viewer):
            await each.said(f"oma: {engine.url} live\n".encode())
        async with publish(tmux, engine, "box", first) as box:
            for each in (watch, viewer):
                await each.transition(agent="box/oma-agent-a")
            await viewer.end(signal.SIGKILL)
            engine.send(signal.SIGSTOP)
            tmux.run("new-session", "-d", "-s", "oma-agent-b", ASKS)
            assert await look_until(lambda: b"Go on?" in first.read_bytes())
            engine.send(signal.SIGCONT)
            told = await watch.transition(agent="box/oma-agent-b", to="waiting")
            assert await look_until(lambda: last_record(first) >= told["seq"])
            await box.end(signal.SIGKILL)
        seen_first = len(seen_of(watch, "box"))
        async with publish(tmux, engine, "box", second):
            assert await look_until(lambda: len(seen_of(watch, "box")) == seen_first + 2)
            tmux.run("kill-session", "-t", "=oma-agent-b:")
            await watch.transition(agent="box/oma-agent-b", to="exited")
        await watch.said(b"oma: box stopped\n")

    seen = seen_of(watch, "box")
    assert (seen[:seen_first], seen[seen_first:]) == (
        await replayed(first),
        await replayed(second),
    )
    news = seen_of(viewer, "box")
    assert news == seen[: len(news)]


def last_record(path):
    """The number of the last record that a recording holds as a whole."""
    *_, last, _ = path.read_bytes().split(b"\n")
    return json.loads(last).get("seq", 0)


async def test_a_host_that_may_write_its_own_keys_changes_nothing_of_others(tmux):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    users = ("--user", "box", "on", ">secret", *machine_rules("box").split())
    users += ("--user", "viewer", "on", ">secret", *viewer_rules().split())
    with (
        tempfile.TemporaryDirectory(prefix="oma-e-") as folder,
        real_engine(Path(folder), *users) as engine,
    ):
        await engine.start()
        url = engine.url.replace("unix://", "unix://box:secret@")
        arguments = ("-S", tmux.socket_path, "publish", url, "--name")
        viewer = engine.url.replace("unix://", "unix://viewer:secret@")
        async with running_oma("watch", "--fleet", viewer, "--json") as watch:
            await watch.said(f"oma: {engine.url} live\n".encode())
            async with running_oma(*arguments, "box"):
                await watch.transition(agent="box/oma-agent-a")
            async with running_oma(*arguments, "gpu1") as other:
                await other.said(b"not published, trying again")
                assert b"permission" in other.errors.lower()
            assert not any("gpu1" in line for line in watch.lines)


async def test_the_dashboard_shows_all_and_says_when_the_engine_is_gone(
    engine, tmux, terminals, tmp_path
):
    tmux.run("new-session", "-d", "-s", "oma-agent-asks", f"echo printed over there; {ASKS}")
    record = tmp_path / "box.jsonl"
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    async with publish(tmux, engine, "box", record, "--log", **state) as box:
        pane = start_dashboard(terminals, tmp_path, "--fleet", engine.url)
        await pane.sees("box/asks", "WAITING", "Go on?", "printed over there")
        await pane.sees(" last ", "now")  # how it was before anybody looked
        os.kill(box.process.pid, signal.SIGSTOP)
        engine.kill()
        await pane.sees("UNKNOWN", f"not reached: {engine.url}")
        os.kill(box.process.pid, signal.SIGCONT)
        await engine.start()
        await pane.sees("WAITING")
        await pane.loses("not reached")
        pane.press("q")
        assert (await pane.left())[0] == 0


async def test_the_page_shows_all_and_says_that_an_engine_carries_no_commands(
    engine, tmux, tmp_path
):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    async with (
        publish(tmux, engine, "box", tmp_path / "box.jsonl"),
        running_web("web", "--fleet", engine.url, home=tmp_path) as web,
    ):
        owner = await web.owner()
        assert "carries no commands" in (await owner.get("/api/session")).json["notice"]
        async with owner.events("/api/events") as next_event:
            agents = {}
            while "box/oma-agent-a" not in agents:
                _, told, _ = await next_event("snapshot", "agents")
                agents |= {each["agent"]: each["id"] for each in told["agents"]}
        assert agents == {"box/oma-agent-a": "$0@box"}
        done = await owner.post("/api/agents/$0@box/stop")
        assert done.status == 403
        assert tmux.run("list-sessions", "-F", "#S") == "oma-agent-a\n"
