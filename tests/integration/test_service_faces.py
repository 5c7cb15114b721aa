"""The service and its faces on a real tmux: whose clients there are, and what happens to the service."""

import json
import signal
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import trio

from oma.runtime.service.service_address import service_address
from tests.support.dashboard_pane import SANE, start_dashboard
from tests.support.oma_process import environment, oma, running_oma
from tests.support.patience import look_until

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

AGENTS = ("a", "b", "c")
GONE, BACK = b"watching by itself", b"the service is there again"


@pytest.fixture
def agents(tmux):
    for name in AGENTS:
        tmux.run("new-session", "-d", "-s", f"oma-agent-{name}", "cat")
    return tmux


def clients(tmux):
    return len(tmux.run("list-clients", "-F", "#{client_pid}").split())


async def serving(stack, tmux):
    service = await stack.enter_async_context(running_oma("-S", tmux.socket_path, "serve"))
    await service.said(b"until interrupted")
    return service


async def face(stack, tmux, *words):
    return await stack.enter_async_context(running_oma("-S", tmux.socket_path, *words))


async def is_served(tmux):
    """Wait until whoever comes now is fed by the service."""
    while True:
        told = (await oma("-S", tmux.socket_path, "events", "--json")).stdout.splitlines()
        if any(json.loads(line).get("type") == "agents-stand" for line in told):
            return
        await trio.sleep(0.1)


async def test_the_service_and_five_faces_have_the_clients_of_one(agents):
    async with AsyncExitStack() as stack:
        await serving(stack, agents)
        address = service_address(Path(agents.socket_path), environment())
        assert await look_until(address.socket.exists)
        faces = [await face(stack, agents, "watch", "--json") for _ in range(5)]
        for each in faces:
            for name in AGENTS:
                await each.transition(agent=f"oma-agent-{name}")
        assert clients(agents) == 1 + len(AGENTS)

        agents.run("send-keys", "-t", "=oma-agent-a:", "error: it broke", "Enter")
        for each in faces:
            await each.transition(agent="oma-agent-a", to="stuck")
        told = [[json.loads(line)["to"] for line in each.lines] for each in faces]
        assert told == [told[0]] * 5


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM])
async def test_a_service_that_is_lost_is_done_without_and_nothing_is_told_twice(agents, number):
    async with AsyncExitStack() as stack:
        service = await serving(stack, agents)
        await is_served(agents)
        watch = await face(stack, agents, "watch", "--json")
        for name in AGENTS:
            await watch.transition(agent=f"oma-agent-{name}")

        service.process.send_signal(number)
        await watch.said(GONE)
        agents.run("send-keys", "-t", "=oma-agent-b:", "error: it broke", "Enter")
        await watch.transition(agent="oma-agent-b", to="stuck")
        if number == signal.SIGSTOP:
            service.process.send_signal(signal.SIGCONT)
        else:
            await service.process.wait()
            await serving(stack, agents)
        await watch.said(BACK)
        await is_served(agents)
        agents.run("send-keys", "-t", "=oma-agent-c:", "error: it broke", "Enter")
        await watch.transition(agent="oma-agent-c", to="stuck")

        assert await look_until(lambda: clients(agents) == 1 + len(AGENTS))
        told = [json.loads(line) for line in watch.lines]
        changes = [(each["agent"], each["from"], each["to"]) for each in told]
        assert len(set(changes)) == len(changes), changes
    assert clients(agents) == 0


async def test_what_a_face_records_replays_to_what_it_printed(agents, tmp_path):
    file = tmp_path / "f.jsonl"
    async with AsyncExitStack() as stack:
        await serving(stack, agents)
        await is_served(agents)
        watch = await face(stack, agents, "watch", "--json", "--record", file)
        await watch.transition(agent="oma-agent-a")
        agents.run("send-keys", "-t", "=oma-agent-a:", "error: it broke", "Enter")
        await watch.transition(agent="oma-agent-a", to="stuck")
        await watch.end()

    again = await oma("replay", file, "--json")
    assert again.stdout.decode().splitlines() == watch.lines


async def test_wait_and_why_ask_the_service(agents):
    async with AsyncExitStack() as stack:
        await serving(stack, agents)
        await is_served(agents)
        served = ("-S", agents.socket_path)
        waited = await oma(*served, "wait", "b", "--for", "ok")
        told = await oma(*served, "why", "b", "--json")
        table = await oma(*served, "status")

    assert waited.stdout == b"oma-agent-b ok\n"
    assert json.loads(told.stdout)["agent"] == "oma-agent-b"
    assert table.stdout.splitlines()[1].startswith(b"oma-agent-a  OK")


HELD = """
import pathlib, sys, time

class Held:
    def find_spec(self, name, path, target=None):
        while name == "oma.cli.live_dashboard" and not pathlib.Path({flag!r}).exists():
            time.sleep(0.01)

sys.meta_path.insert(0, Held())
"""
"""What keeps a dashboard from getting further than its first frame."""


def starting(tmux, folder, name):
    own = folder / name
    own.mkdir()
    return start_dashboard(tmux, own, session=name, PYTHONPATH=str(folder))


async def test_the_first_frame_of_a_dashboard_stands_before_the_rest_is_there(agents, tmp_path):
    flag = tmp_path / "go on"
    (tmp_path / "sitecustomize.py").write_text(HELD.format(flag=str(flag)))
    async with AsyncExitStack() as stack:
        await serving(stack, agents)
        await is_served(agents)
        ends, goes_on = (starting(agents, tmp_path, name) for name in ("ends", "goes-on"))
        for each in (ends, goes_on):
            await each.sees(*(f" {name} " for name in AGENTS), "OK", "help")
        goes_on.press("?")
        agents.run("send-keys", "-t", "=ends:", "x")
        ends.send_signal(signal.SIGTERM)
        code, words = await ends.left()
        flag.touch()
        await goes_on.sees("any other key goes back")

    assert (code, ends.modes()) == (143, SANE), words
    assert " -echo " not in words
