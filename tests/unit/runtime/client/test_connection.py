import os
from pathlib import Path

import attrs
import pytest
import trio
import trio.testing

from oma.errors import CommandError
from oma.runtime.client.connection import connect
from oma.runtime.client.read_turns import ReadTurns
from oma.runtime.client.server_access import ServerAccess
from oma.tmux.capabilities import parse_version
from oma.tmux.commands.clients import PausePane, agent_client
from oma.tmux.commands.command import Safety
from oma.tmux.commands.panes import KillPane
from oma.tmux.notifications import Exit, Output, Reply
from oma.tmux.repetition import Repetition

_CLIENT = """#!/bin/sh
echo "$@" > {directory}/argv
echo $$ > {directory}/pid
printf '%%begin 1 1 0\n%%end 1 1 0\n'
while read -r line; do
    echo "$line" >> {directory}/lines
    printf '%%begin 1 2 1\n%%end 1 2 1\n'
done
printf '%%exit\n'
"""


@pytest.fixture
def client(tmp_path, monkeypatch):
    """A program that answers each line as a control client does, until its input ends."""
    program = tmp_path / "tmux"
    program.write_text(_CLIENT.format(directory=tmp_path))
    program.chmod(0o755)
    monkeypatch.setenv("OMA_TMUX", str(program))
    return tmp_path


def access(version="3.3a"):
    return ServerAccess(Path("/none"), parse_version(version))


@pytest.mark.parametrize(("version", "prompt"), [("3.2a", False), ("3.3a", True)])
async def test_a_client_attaches_to_our_own_socket_and_keeps_a_prompt_where_one_harms(
    client, version, prompt
):
    async with connect(access(version), agent_client("$1")):
        words = (client / "argv").read_text().split()

    assert words[:2] == ["-N", "-u"]
    assert os.path.basename(words[words.index("-S") + 1]).startswith(f"client-{os.getpid()}-")
    assert words[words.index("-C") + 1 :][:2] == ["attach-session", "-E"]
    assert ("command-prompt" in words) is prompt


async def test_a_client_that_says_nothing_can_be_hung_up_on(client):
    async with connect(access(), agent_client("$1")) as connection, trio.open_nursery() as nursery:
        nursery.start_soon(connection.pump, lambda _: None)
        await trio.testing.wait_all_tasks_blocked(0.05)

        connection.hang_up()


async def test_what_is_to_be_sent_last_arrives_before_the_client_leaves(client):
    async with connect(access(), agent_client("$1")) as connection:
        connection.write_last([PausePane("%1")])
        with pytest.raises(ValueError, match="not a command for this client: kill-pane"):
            connection.write_last([KillPane("%1")])

    assert (client / "lines").read_text() == 'refresh-client -A "%1:pause"\n'


async def test_what_it_says_is_handed_on_and_what_it_is_told_arrives(client):
    heard = []

    def receive(batch):
        heard.extend(batch)
        if sum(isinstance(event, Reply) for event in heard) == 1:
            connection.write([PausePane("%1")])
        elif len(heard) > 1:
            connection.hang_up()

    async with connect(access(), agent_client("$1")) as connection:
        assert await connection.pump(receive) == ""

    assert [event.asked for event in heard] == [False, True]
    assert (client / "lines").read_text() == 'refresh-client -A "%1:pause"\n'


async def test_a_client_that_only_watches_sends_nothing_that_changes_anything(client):
    async with connect(access(), agent_client("$1")) as connection:
        with pytest.raises(ValueError, match="not a command for this client: kill-pane"):
            connection.write([PausePane("%1"), KillPane("%1")])

    async with connect(access(), agent_client("$1"), Safety.DESTRUCTIVE) as connection:
        connection.write([KillPane("%1")])
    assert not (client / "lines").exists()


async def test_a_client_has_left_and_is_reaped_when_the_block_ends(client):
    async with connect(access(), agent_client("$1")):
        pid = int((client / "pid").read_text())
        os.kill(pid, 0)

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_client_that_ends_by_itself_ends_the_pump_with_its_last_words(client, monkeypatch):
    (client / "tmux").write_text("#!/bin/sh\nprintf '%%exit gone\\n'; echo 'lost' >&2\n")
    heard = []

    async with connect(access(), agent_client("$1")) as connection:
        assert await connection.pump(heard.extend) == "lost"

    assert heard == [Exit("gone")]


async def test_a_server_without_descriptors_gets_no_client(client, monkeypatch):
    monkeypatch.setattr("oma.runtime.client.connection.server_has_room", lambda pid: False)

    with pytest.raises(CommandError, match="too few descriptors"):
        async with connect(access(), agent_client("$1")):
            pytest.fail("it was started")

    assert not (client / "argv").exists()


async def test_clients_come_in_one_at_a_time(client):
    one = access()
    started = []

    async def start(name):
        async with connect(one, agent_client("$1")):
            started.append((name, one.starting.locked()))

    async with trio.open_nursery() as nursery:
        for name in "abc":
            nursery.start_soon(start, name)

    assert sorted(name for name, _ in started) == ["a", "b", "c"]


_SPINNING = """#!/bin/sh
printf '%%begin 1 1 0\\n%%end 1 1 0\\n'
for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    printf '%%extended-output %%1 0 : Baking for a while, %ss\\n' $n
    sleep 0.005
done
printf '%%extended-output %%1 0 : Do you want to proceed?\\n%%exit\\n'
"""


async def test_what_may_wait_is_read_in_turns_and_nothing_of_it_is_lost(tmp_path, monkeypatch):
    program = tmp_path / "tmux"
    program.write_text(_SPINNING)
    program.chmod(0o755)
    monkeypatch.setenv("OMA_TMUX", str(program))
    turns, said, repetition = ReadTurns(), [], Repetition()

    def receive(batch):
        said.extend(batch)
        return repetition.take(batch)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(turns.run)
        reads = attrs.evolve(access(), turns=turns)
        async with connect(reads, agent_client("$1")) as connection:
            await connection.pump(receive)
        nursery.cancel_scope.cancel()

    frames = [f"Baking for a while, {n}s".encode() for n in range(1, 21)]
    printed = [event.data for event in said if isinstance(event, Output)]
    assert printed == [*frames, b"Do you want to proceed?"]
    assert isinstance(said[-1], Exit)
    assert turns._readers == {}
