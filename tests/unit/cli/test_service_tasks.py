import os
from functools import partial
from types import SimpleNamespace

import trio
import trio.testing

from oma.cli import service_tasks
from oma.cli.cli_context import read_context
from oma.cli.option_values import GlobalOptions
from oma.cli.service_tasks import serve_socket
from oma.cli.watching import connect_service, key_of
from oma.model.wall_time import log_calendar
from oma.runtime.service.service_address import service_address
from oma.runtime.service.service_query import ask_service
from tests.support.service_store import HEADER, a_store


async def test_the_log_and_what_is_known_now_are_served(tmp_path, monkeypatch):
    tmp_path.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(service_tasks, "SETTLE_S", 0.0)
    context = read_context(GlobalOptions(socket_path=str(tmp_path / "t")))
    calendar = log_calendar(HEADER.started_at)
    clock = SimpleNamespace(now_s=lambda: 9.0, wall_time=lambda: calendar)
    monitor = SimpleNamespace(resync=lambda: None, clients_changed=None)
    live = SimpleNamespace(store=a_store(), clock=clock, monitor=monitor, header=HEADER)
    address = service_address(context.socket, os.environ)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(serve_socket, context, live)
        await trio.testing.wait_all_tasks_blocked()
        answers = [
            await trio.to_thread.run_sync(ask_service, address, want, key_of(context))
            for want in ("status", "table")
        ]
        narrowed = [
            await trio.to_thread.run_sync(
                partial(ask_service, address, want, key_of(context), filter=text)
            )
            for want in ("status", "table")
            for text in ("health:ok", "health:stuck", "health:nonsense")
        ]
        feed = await connect_service(context)
        nursery.cancel_scope.cancel()

    assert [each["agent"] for each in answers[0]["agents"]] == ["oma-agent-1"]
    assert answers[1]["table"].splitlines()[1].startswith("oma-agent-1  OK")
    found = [None if each is None else len(each["agents"]) for each in narrowed[:3]]
    assert found == [1, 0, None]
    assert narrowed[3] == answers[1]
    assert narrowed[4]["table"] == "no agent fits 'health:stuck'"
    assert narrowed[5] is None
    assert feed.header.tmux == "3.3a"
    feed.connection.close()
    assert monitor.clients_changed is not None
