"""Half a minute without a real engine, between machines whose clocks are hours apart and others that lie."""

import json
import signal
import socket
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
import trio

from oma.recording.compression import pack
from oma.tmux.escape import argv_argument, quote_format
from tests.support import wrong_clock
from tests.support.engines import real_engine
from tests.support.oma_process import oma, running_oma
from tests.support.told_lines import replayed, seen_of

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

AWAY_S = 30.0
HOURS_S = {"box": "7200", "gpu1": "-10800"}
HOSTILE = "oma-agent-$(id) #{pid};\"'\u202e"
SAYS = "printf '\x1b]2;ti\\ttle \\302\\2331m\x07error: \x1b]0;x\x07 done\\n'; exec cat"
ASKS = "read -p 'Go on? [y/N] ' x; exec cat"
LIES = (b"\xff", b"[]", b'{"version":1,"boot":1e400}', pack(b"[]"), pack(b'{"boot":1,"n":-1}'))
LIARS = ("gpu2", "../x", "\x1b[2J", "box}:state{")


def write(engine, *commands):
    """Write into an engine what no `oma` writes."""
    said = b""
    for command in commands:
        words = [each.encode() if isinstance(each, str) else each for each in command]
        said += b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%b\r\n" % (len(w), w) for w in words)
    with socket.socket(socket.AF_UNIX) as link:
        link.connect(str(engine.at))
        link.sendall(said)
        answers = b""
        while answers.count(b"\r\n") < len(commands):
            answers += link.recv(1 << 16)
    assert b"-" not in answers, answers


def lie(engine, host):
    """Let machines that are none say anything, one in the name of `host`."""
    for data in LIES:
        for name in LIARS:
            write(
                engine,
                ("SET", f"oma:{{{name}}}:host", data),
                ("SET", f"oma:{{{name}}}:alive", data),
                ("HSET", f"oma:{{{name}}}:state", "$1", data),
                ("PUBLISH", f"oma:news:{name}", data),
            )
        write(engine, ("PUBLISH", f"oma:news:{host}", data))


async def killed(engine):
    engine.kill()
    await trio.sleep(AWAY_S)
    await engine.start()


async def frozen(engine):
    engine.send(signal.SIGSTOP)
    await trio.sleep(AWAY_S)
    engine.send(signal.SIGCONT)


async def played(fault, engine, host, server, record):
    """Let agents change before, while and after an engine is away, and see what is told of them."""
    skewed = {"wrapped_in": (sys.executable, wrong_clock.__file__, HOURS_S[host])}
    publish = ("-S", server.socket_path, "publish", engine.url, "--name", host, "--record", record)
    await engine.start()
    lie(engine, host)
    async with running_oma("watch", "--fleet", engine.url, "--json") as watch:
        await watch.said(f"oma: {engine.url} live\n".encode())
        await watch.said(b"oma: gpu2 lost: what it publishes cannot be read: ")
        async with running_oma(*publish, **skewed):
            told = await watch.transition(id=f"$0@{host}")
            assert told["agent"].startswith(f"{host}/oma-agent-$(id) #{{pid}}")
            lie(engine, host)
            async with trio.open_nursery() as nursery:
                nursery.start_soon(fault, engine)
                await watch.said(f"oma: {engine.url} lost: ".encode())
                server.run("new-session", "-d", "-s", "oma-agent-b", ASKS)
            lie(engine, host)
            await watch.transition(agent=f"{host}/oma-agent-b", to="waiting")
            server.run("kill-session", "-t", "=oma-agent-b:")
            await watch.transition(agent=f"{host}/oma-agent-b", to="exited")
            done = await oma("status", "--fleet", engine.url, "--json")
            agents = json.loads(done.stdout)["agents"]
            assert {each["id"] for each in agents} == {"$0", "$1"}
            assert all(0.0 <= each["idle_s"] < 1800 for each in agents), agents
        await watch.said(f"oma: {host} stopped\n".encode())
    assert seen_of(watch, host) == await replayed(record)
    assert {json.loads(line)["agent"].partition("/")[0] for line in watch.lines} == {host}


async def test_after_half_a_minute_without_its_engine_a_host_is_told_of_as_its_recording_says(
    tmux, terminals, tmp_path
):
    """One engine is killed and comes back empty, the other one stands still."""
    with ExitStack() as opened:
        async with trio.open_nursery() as nursery:
            for fault, host, server in ((killed, "box", tmux), (frozen, "gpu1", terminals)):
                said = argv_argument(quote_format(HOSTILE))
                server.run("new-session", "-d", "-s", said, SAYS)
                folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="oma-e-"))
                engine = opened.enter_context(real_engine(Path(folder)))
                record = tmp_path / f"{host}.jsonl"
                nursery.start_soon(played, fault, engine, host, server, record)
