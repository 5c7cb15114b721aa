"""The API against its own schema: requests that a machine makes of it, right ones and wrong ones.

The server is the real one; the executor behind it only takes note, as the commands are made up.
"""

import sys

import pytest
import trio

from oma.web.api.upload_directory import UploadDirectory
from oma.web.auth.roles import Role
from oma.web.auth.web_address import Address
from oma.web.server import Server, listen_tcp
from oma.web.streams.store_follower import follow
from tests.support.fake_web import make_web
from tests.unit.web.presenter.test_recording_library import write

pytestmark = pytest.mark.slow

REFUSALS = """
[checks.negative_data_rejection]
expected-statuses = ["4xx"]
"""
"""A text that is too long may make a body that is too large: 413, which is none of the usual ones."""

CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_schema_conformance,negative_data_rejection"
)
ENDLESS = "/(events|logs)$"
LOGINS = "^/(login|api/login|api/logout|api/session/secret)$"


async def test_every_answer_is_as_the_schema_says(tmp_path):
    write(tmp_path / "a.jsonl")
    listening = listen_tcp("127.0.0.1", 0)
    origin = f"http://127.0.0.1:{listening.getsockname()[1]}"
    web = make_web(
        tmp_path,
        address=Address((origin,), local=True),
        most_new=10_000,
        uploads=UploadDirectory(tmp_path / "uploads", 1000, 1_000_000),
    )
    web.agent(1, text=b"hello\n")
    web.executor.done = lambda act: web.agent(9, getattr(act, "name", "1"))
    secret = web.access.tokens.add("machine", Role.ADMIN, None, 3600.0)
    closing = trio.Event()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(Server(web.app, listening).run, closing)
        nursery.start_soon(follow, web.store, web.view.feed, web.view.logs, web.view.history)
        (tmp_path / "schemathesis.toml").write_text(REFUSALS)
        done = await trio.run_process(
            [
                *(sys.executable, "-m", "schemathesis.cli", "run", f"{origin}/openapi.json"),
                *("--header", f"Authorization: Bearer {secret}", "--checks", CHECKS),
                *("--exclude-path-regex", f"{ENDLESS}|{LOGINS}", "--phases", "coverage,fuzzing"),
                *("--max-examples", "6", "--seed", "1", "--no-color", "--max-time", "8"),
            ],
            capture_stdout=True,
            capture_stderr=True,
            check=False,
            cwd=tmp_path,
        )
        closing.set()
        web.store.close()
    web.access.audit.close()

    assert done.returncode == 0, done.stdout.decode()[-6000:]
