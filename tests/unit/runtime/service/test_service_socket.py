import json
import os
import socket
import stat
import tempfile
import warnings
from contextlib import suppress
from pathlib import Path

import pytest
import trio

from oma.errors import OmaError
from oma.model.events import PaneOutput
from oma.runtime.service import service_socket
from oma.runtime.service.protocol import NOW, request
from oma.runtime.service.service_address import ServiceAddress
from oma.runtime.service.service_socket import SETTLES_WITHIN_S, ServiceSocket
from tests.support.fleet_play import PANE
from tests.support.patience import look_until
from tests.support.service_store import HEADER, KEY, a_store, served

NOBODY = 65534
"""A user who is not the one that tests run as."""


async def asked(service, *data, closes=False):
    """Send this and return what is answered, to the end."""
    connection = await connected(service)
    with connection:
        for part in data:
            await connection.send(part)
        if closes:
            connection.shutdown(trio.socket.SHUT_WR)
        answer = b""
        while part := await connection.recv(1 << 16):
            answer += part
        return answer


async def connected(service):
    connection = trio.socket.socket(trio.socket.AF_UNIX, trio.socket.SOCK_STREAM)
    await connection.connect(str(service.address.socket))
    return connection


async def test_a_question_is_answered_and_the_connection_closed(tmp_path):
    async with served(
        tmp_path, a_store(), answers={"status": lambda _asked: {"agents": 3}}
    ) as service:
        told = json.loads(await asked(service, request("status", KEY)))
        parts = json.loads(await asked(service, b'{"protocol":1,', b'"want":"status"}\n'))

    assert told == parts == {"protocol": 1, "oma": "0.2.0", "agents": 3}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (request("log", "another"), "another version of oma, or watches by other options"),
        (request("nothing", KEY), "expected 'want' to be one of log"),
        (b'{"protocol": 1, "want": [{}], "settled": {}}\n', "expected 'want' to be one of log"),
        (b'{"protocol":2,"want":"log"}\n', "speaks version 1"),
        (b"garbage\n", "expected one line"),
        (b"\xff\xfe\n", "expected one line"),
        (b"[" * 4000 + b"\n", "expected one line"),
        (b"[1]\n", "expected one line"),
    ],
)
async def test_what_is_no_request_is_refused_in_one_line(tmp_path, line, words):
    async with served(tmp_path, a_store()) as service:
        told = json.loads(await asked(service, line))

    assert words in told["refused"]


async def test_half_lines_and_huge_ones_harm_nobody(tmp_path):
    async with served(tmp_path, a_store()) as service:
        assert b"refused" in await asked(service, b"half", closes=True)
        connection = await connected(service)
        with connection, suppress(OSError):  # it may be closed while we write
            await connection.send(b"x" * 100_000)
            assert await connection.recv(10) == b""
        assert b"oma-recording" in await first_line(service)


async def first_line(service):
    connection = await connected(service)
    with connection:
        await connection.send(request("log", KEY))
        data = b""
        while b"\n" not in data:
            data += await connection.recv(1 << 16)
        return data.partition(b"\n")[0]


async def test_one_that_says_nothing_is_left(tmp_path, autojump_clock):
    async with served(tmp_path, a_store()) as service:
        assert await asked(service) == b""


async def test_only_its_user_is_heard_and_may_connect(tmp_path, monkeypatch):
    async with served(tmp_path, a_store()) as service:
        assert stat.S_IMODE(service.address.socket.stat().st_mode) == 0o600
        monkeypatch.setattr(service_socket, "peer_uid", lambda _: os.getuid() + 1)
        told = json.loads(await asked(service, request("log", KEY)))

    assert "another user's" in told["refused"]


def as_another_user(path, line):
    """Return what another user is answered on a socket; in words, where they cannot connect."""
    ours, theirs = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads: the child has none
        pid = os.fork()
    if pid == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.connect(path)
                connection.sendall(line)
                os.write(theirs, connection.recv(4096))
        except OSError as failure:
            os.write(theirs, type(failure).__name__.encode())
        finally:
            os._exit(0)
    os.close(theirs)
    with open(ours, "rb") as stream:
        told = stream.read()
    os.waitpid(pid, 0)
    return told


@pytest.mark.skipif(os.getuid() != 0, reason="to be another user takes root")
@pytest.mark.parametrize("is_open", [False, True])
async def test_another_user_cannot_connect_and_is_refused_where_somebody_opened_the_socket(
    is_open,
):
    with tempfile.TemporaryDirectory(prefix="oma-test-") as folder:
        os.chmod(folder, 0o755)  # what guards it is the socket itself
        async with served(Path(folder), a_store()) as service:
            if is_open:
                service.address.socket.chmod(0o666)
            told = await trio.to_thread.run_sync(
                as_another_user, str(service.address.socket), request("log", KEY)
            )

    assert told == b"PermissionError" or (is_open and b"another user's" in told)
    assert is_open == (told != b"PermissionError")


async def test_so_many_connections_are_served_and_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr(service_socket, "MOST_CONNECTIONS", 1)
    async with served(tmp_path, a_store()) as service:
        with await connected(service) as first:
            await first.send(request("log", KEY))
            await first.recv(10)
            assert b"which is the limit" in await asked(service, request("log", KEY))


async def test_a_reader_of_the_log_can_have_everything_asked_for_again(tmp_path):
    asked_for = []
    async with served(tmp_path, a_store(), resync=lambda: asked_for.append(1)) as service:
        with await connected(service) as connection:
            await connection.send(request("log", KEY) + b"nonsense\n" + request("resync"))
            assert await look_until(lambda: len(asked_for) == 1)
            await connection.send(request("resync"))
            assert await look_until(lambda: len(asked_for) == 2)


async def test_one_that_leaves_is_held_nothing_for(tmp_path):
    store = a_store()
    async with served(tmp_path, store) as service:
        await first_line(service)
        assert await look_until(lambda: not store._tails)
        store.append(PaneOutput(PANE, b"on"))


async def test_the_socket_of_one_that_was_killed_is_replaced_and_removed_at_the_end(tmp_path):
    (tmp_path / "s.sock").touch()
    async with served(tmp_path, a_store()) as service:
        assert await first_line(service)
    assert not (tmp_path / "s.sock").exists()


async def test_a_place_where_nothing_can_listen_is_said(tmp_path):
    service = ServiceSocket(ServiceAddress(tmp_path / "no" / "s.sock"), KEY, HEADER, a_store())
    with pytest.raises(OmaError, match="cannot listen at"):
        await service.run()


async def test_before_what_it_knows_has_settled_it_gives_a_log_and_no_answers(tmp_path):
    answers = {"status": lambda _asked: {}}
    soon_s = trio.current_time() + 60.0
    async with served(tmp_path, a_store(), answers=answers, settled_s=soon_s) as service:
        told = [
            await asked(service, request("status", KEY)),
            await asked(service, request("log", KEY, settled=True)),
        ]
        assert b"oma-recording" in await first_line(service)
        service.settled_s = trio.current_time()
        assert b"refused" not in await asked(service, request("status", KEY))

    assert all(json.loads(each)["refused"] == "it has only begun to watch" for each in told)


async def test_what_has_not_settled_on_a_slow_machine_is_waited_for_and_not_for_ever(
    tmp_path, autojump_clock
):
    settled = []
    async with served(tmp_path, a_store(), has_settled=lambda: bool(settled)) as service:
        service.settled_s = trio.current_time()
        young = await asked(service, request("log", KEY, settled=True))
        settled.append(True)
        assert b"only begun" in young
        assert b"oma-recording" in await first_line(service)
        settled.clear()
        service.settled_s -= SETTLES_WITHIN_S
        assert b"not settled" in await asked(service, request("log", KEY, settled=NOW))
        service.settled_s += SETTLES_WITHIN_S
        connection = await connected(service)
        with connection:
            await connection.send(request("changes", KEY))
            await connection.recv(10)
            assert trio.current_time() >= service.settled_s + SETTLES_WITHIN_S


async def test_the_first_changes_are_those_of_what_has_settled(tmp_path, autojump_clock):
    async with served(tmp_path, a_store(), settled_s=trio.current_time() + 60.0) as service:
        connection = await connected(service)
        with connection:
            await connection.send(request("changes", KEY))
            await connection.recv(10)
            assert trio.current_time() >= service.settled_s
