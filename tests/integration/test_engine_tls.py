"""An engine with TLS and ACLs, run as docs/fleet.md says: by the words of its compose file and its users."""

import re
import shutil
import socket
from pathlib import Path

import pytest
import yaml

from tests.support.engines import running_engine
from tests.support.free_port import free_port
from tests.support.oma_process import oma, running_oma
from tests.support.patience import look_until
from tests.support.tls_files import HAS_OPENSSL, make_certificate

DOCUMENT = (Path(__file__).parents[2] / "docs" / "fleet.md").read_text("utf-8")
PROGRAMS = ("valkey-server", "redis-server")


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


def refused(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.fixture(params=PROGRAMS)
async def port(request, tmp_path):
    """Run the engine of the compose file, with files in place of its volumes; give its port."""
    program = shutil.which(request.param)
    if program is None or not HAS_OPENSSL:
        pytest.skip(f"needs {request.param} and openssl: Debian has both")
    make_certificate(tmp_path)
    (tmp_path / "users.acl").write_text(USERS.replace("PASSWORD", "secret"))
    number = free_port()
    [service] = COMPOSE["services"].values()
    _, *words = (
        word.replace("/tls/", f"{tmp_path}/").replace("/etc/valkey", str(tmp_path))
        for word in service["command"].replace('""', "''").split()
    )
    words = [{"6379": str(number), "''": ""}.get(word, word) for word in words]
    with running_engine([program, *words, "--bind", "127.0.0.1", "--dir", str(tmp_path)]):
        assert await look_until(lambda: not refused(number))
        yield number


@pytest.mark.slow
@pytest.mark.tmux
async def test_hosts_and_viewers_reach_an_engine_with_tls_and_do_what_they_may(
    port, tmux, tmp_path
):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    known = {"SSL_CERT_FILE": str(tmp_path / "ca.pem"), "OMA_FLEET_PASSWORD": "secret"}
    known |= {"XDG_STATE_HOME": str(tmp_path / "state")}
    at = f"localhost:{port}"
    publish = ("-S", tmux.socket_path, "publish", "--name")
    async with (
        running_oma("watch", "--fleet", f"rediss://viewer@{at}", "--json", **known) as watch,
        running_oma(
            "fleet", "record", tmp_path / "logs", "--fleet", f"rediss://viewer@{at}", **known
        ) as archive,  # fmt: skip
    ):
        await watch.said(f"oma: rediss://{at} live\n".encode())
        async with running_oma(*publish, "box", "--log", f"rediss://box@{at}", **known):
            await watch.transition(agent="box/oma-agent-a")
            await archive.said(b"oma: box: recording box-")
            async with running_oma(*publish, "gpu1", f"rediss://box@{at}", **known) as other:
                await other.said(b"not published, trying again")
                assert b"permission" in other.errors.lower()
    for changes, words in (
        ({"SSL_CERT_FILE": "/dev/null"}, b"certificate"),
        ({"OMA_FLEET_PASSWORD": "wrong"}, b"password"),
    ):
        done = await oma("status", "--fleet", f"rediss://viewer@{at}", **{**known, **changes})
        assert done.returncode == 1
        assert words in done.stderr.lower(), done.stderr
        assert b"Traceback" not in done.stderr
