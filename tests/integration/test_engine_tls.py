"""An engine with TLS and ACLs, run as docs/fleet.md says: by the words of its compose file and its users."""

import re
import shutil
import signal
from pathlib import Path

import pytest
import yaml

from tests.support.engines import RealEngine, engine_of
from tests.support.free_port import free_port
from tests.support.oma_process import oma, running_oma
from tests.support.patience import look_until
from tests.support.tls_files import HAS_OPENSSL, make_certificate
from tests.support.told_lines import archived, replayed, seen_of

DOCUMENT = (Path(__file__).parents[2] / "docs" / "fleet.md").read_text("utf-8")
PROGRAMS = ("valkey-server", "redis-server")
ASKS = "read -p 'Go on? [y/N] ' x; exec cat"


def block(*beginnings):
    """Return what a fenced block of the document holds that begins so."""
    fenced = re.findall(r"^```\w*\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
    return next(text for text in fenced if text.startswith(beginnings))


USERS = block("user default off")
COMPOSE = yaml.safe_load(block("services:"))


def test_the_compose_file_says_what_the_document_tells_of():
    [service] = COMPOSE["services"].values()
    assert service["image"].startswith("valkey/valkey:")
    [port] = service["ports"]
    command = service["command"].split()
    assert command[command.index("--tls-port") + 1] == port.partition(":")[2]
    assert command[command.index("--port") + 1] == "0"  # nothing without TLS
    for volume in service["volumes"]:
        inside = volume.split(":")[1]
        assert any(word.startswith(inside) for word in command)


@pytest.fixture(params=PROGRAMS)
async def engine(request, tmp_path):
    """Run the engine of the compose file, with files in place of its volumes, for two machines and a viewer."""
    program = shutil.which(request.param)
    if program is None or not HAS_OPENSSL:
        pytest.skip(f"needs {request.param} and openssl: Debian has both")
    make_certificate(tmp_path)
    off, box, viewer = USERS.replace("PASSWORD", "secret").splitlines()
    users = "\n".join([off, box, box.replace("box", "gpu1"), viewer])
    (tmp_path / "users.acl").write_text(f"{users}\n")
    port = free_port()
    [service] = COMPOSE["services"].values()
    _, *words = (
        word.replace("/tls/", f"{tmp_path}/").replace("/etc/valkey", str(tmp_path))
        for word in service["command"].replace('""', "''").split()
    )
    words = [{"6379": str(port), "''": ""}.get(word, word) for word in words]
    argv = [program, *words, "--bind", "127.0.0.1", "--dir", str(tmp_path)]
    with engine_of(RealEngine(argv, port)) as made:
        await made.start()
        yield made


@pytest.fixture
def known(tmp_path):
    """What the environment of whoever reaches the engine says."""
    known = {"SSL_CERT_FILE": str(tmp_path / "ca.pem"), "OMA_FLEET_PASSWORD": "secret"}
    return known | {"XDG_STATE_HOME": str(tmp_path / "state")}


def as_user(engine, user):
    return engine.url.replace("//", f"//{user}@")


@pytest.mark.slow
@pytest.mark.tmux
async def test_who_is_not_let_in_is_told_why(engine, known):
    for changes, words in (
        ({"SSL_CERT_FILE": "/dev/null"}, b"certificate"),
        ({"OMA_FLEET_PASSWORD": "wrong"}, b"password"),
    ):
        done = await oma("status", "--fleet", as_user(engine, "viewer"), **{**known, **changes})
        assert done.returncode == 1
        assert words in done.stderr.lower(), done.stderr
        assert b"Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.tmux
async def test_what_is_told_is_what_each_host_recorded_whatever_happens_to_the_engine(
    engine, known, tmux, terminals, tmp_path
):
    """It is frozen, it is killed and comes back empty; another machine is refused, and a publisher is killed."""
    servers = {"box": tmux, "gpu1": terminals}
    records = {name: tmp_path / f"{name}.jsonl" for name in ("box", "gpu1", "again")}

    def publish(name, server, record, user):
        where = ("-S", server.socket_path, "publish", as_user(engine, user), "--name", name)
        return running_oma(*where, "--log", "--record", record, **known)

    for server in servers.values():
        server.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    viewer = ("--fleet", as_user(engine, "viewer"))
    async with (
        running_oma("watch", *viewer, "--json", **known) as watch,
        running_oma("fleet", "record", tmp_path / "logs", *viewer, **known) as archive,
    ):
        await watch.said(f"oma: {engine.url} live\n".encode())
        async with (
            publish("box", tmux, records["box"], "box") as box,
            publish("gpu1", terminals, records["gpu1"], "gpu1"),
            running_oma("-S", tmux.socket_path, "publish", as_user(engine, "gpu1"), "--name", "gpu2", **known) as other,
        ):  # fmt: skip
            for host in servers:
                await watch.transition(id=f"$0@{host}")
                await archive.said(f"oma: {host}: recording {host}-".encode())
            await other.said(b"not published, trying again")
            assert b"permission" in other.errors.lower()

            engine.send(signal.SIGSTOP)
            tmux.run("new-session", "-d", "-s", "oma-agent-b", ASKS)
            assert await look_until(lambda: b"Go on?" in records["box"].read_bytes())
            engine.send(signal.SIGCONT)
            await watch.transition(agent="box/oma-agent-b", to="waiting")

            engine.kill()
            await watch.said(f"oma: {engine.url} lost: ".encode())
            terminals.run("new-session", "-d", "-s", "oma-agent-b", ASKS)
            assert await look_until(lambda: b"Go on?" in records["gpu1"].read_bytes())
            await engine.start()
            await watch.transition(agent="gpu1/oma-agent-b", to="waiting")
            await watch.said(f"oma: {engine.url} live\n".encode())
            await box.end(signal.SIGKILL)
            before = len(seen_of(watch, "box"))
            async with publish("box", tmux, records["again"], "box"):
                assert await look_until(lambda: len(seen_of(watch, "box")) == before + 2)
                tmux.run("kill-session", "-t", "=oma-agent-b:")
                await watch.transition(agent="box/oma-agent-b", to="exited")
        log = records["gpu1"].read_bytes()
        assert await look_until(lambda: archived(tmp_path / "logs", "gpu1") == log)
    seen = seen_of(watch, "box")
    assert seen[:before] == await replayed(records["box"])
    assert seen[before:] == await replayed(records["again"])
    assert seen_of(watch, "gpu1") == await replayed(records["gpu1"])
    assert not any("gpu2" in line for line in watch.lines)
