import json
import subprocess
import sys
from pathlib import Path

import trio
import trio.testing

from oma.model.events import PaneOutput
from tests.support.fleet_play import PANE
from tests.support.patience import PATIENCE_S
from tests.support.service_store import a_store, served

EXAMPLE = Path(__file__).parents[4] / "docs" / "examples" / "changes.py"
DIALOG = b"\x1b[2J\x1b[H Do you want to proceed?\r\n \xe2\x9d\xaf 1. Yes\r\n   2. No\r\n"


async def test_how_agents_stand_and_every_change_is_a_line(tmp_path):
    store = a_store()
    async with served(tmp_path, store) as service:
        connection = trio.socket.socket(trio.socket.AF_UNIX)
        with connection:
            await connection.connect(str(service.address.socket))
            await connection.send(b'{"protocol":1,"want":"changes"}\n')
            first = json.loads(await connection.recv(1 << 16))
            store.append(PaneOutput(PANE, DIALOG))
            await trio.sleep(0.3)
            store.pass_time()
            data = b""
            while not data.strip():
                data += await connection.recv(1 << 16)

    second = json.loads(data)
    assert (first["agent"], first["from"], first["to"]) == ("oma-agent-1", None, "ok")
    assert (second["from"], second["to"]) == ("ok", "waiting")
    assert second["at"].startswith("2026-01-")


async def test_the_client_of_the_documentation_tells_who_waits(tmp_path):
    store = a_store()
    store.append(PaneOutput(PANE, DIALOG))
    await trio.sleep(0.3)
    store.pass_time()
    said = b""
    async with served(tmp_path, store) as service:
        with trio.fail_after(PATIENCE_S):
            while not said:  # on a starved machine the service takes longer than a client waits
                said = await _said_by_example(service.address.socket)

    assert said == b"'oma-agent-1' waiting ' Do you want to proceed?'\n".replace(b"' Do", b"'Do")
    assert len(EXAMPLE.read_text().splitlines()) <= 20


async def _said_by_example(socket):
    argv = [sys.executable, str(EXAMPLE), str(socket)]
    process = await trio.lowlevel.open_process(argv, stdout=subprocess.PIPE)
    try:
        said = b""
        while not said.endswith(b"\n") and (more := await process.stdout.receive_some(1000)):
            said += more
        return said
    finally:
        process.kill()
        with trio.CancelScope(shield=True):
            await process.wait()
            await process.stdout.aclose()
