"""The server over real sockets: it answers, and it ends whoever is connected."""

import socket
import stat
from contextlib import suppress

import pytest
import trio
import trio.testing

from oma.errors import ConfigError
from oma.web.server import Certificate, Server, listen_tcp, listen_unix


async def ask(stream, path=b"/"):
    await stream.send_all(b"GET " + path + b" HTTP/1.1\r\nhost: x\r\n\r\n")


async def hello(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"hello"})


async def flood(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while True:
        await send({"type": "http.response.body", "body": b"x" * 65536, "more_body": True})


async def served(app, listening, nursery):
    closing = trio.Event()
    nursery.start_soon(Server(app, listening).run, closing)
    return closing


async def test_it_answers_and_ends_when_told_though_a_connection_is_kept_alive():
    listening = listen_tcp("127.0.0.1", 0)
    async with await trio.open_tcp_stream(*listening.getsockname()) as stream:
        async with trio.open_nursery() as nursery:
            closing = await served(hello, listening, nursery)
            await ask(stream)
            assert (await stream.receive_some()).startswith(b"HTTP/1.1 200")
            closing.set()

        assert await ends(stream)


async def test_http2_without_tls_is_not_offered():
    listening = listen_tcp("127.0.0.1", 0)
    async with trio.open_nursery() as nursery:
        closing = await served(hello, listening, nursery)
        async with await trio.open_tcp_stream(*listening.getsockname()) as stream:
            await stream.send_all(
                b"GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade, http2-settings\r\n"
                b"upgrade: h2c\r\nhttp2-settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n"
            )
            assert (await stream.receive_some()).startswith(b"HTTP/1.1 200 ")
        closing.set()


async def test_it_ends_though_somebody_does_not_read():
    listening = listen_tcp("127.0.0.1", 0)
    async with (
        await trio.open_tcp_stream(*listening.getsockname()) as stream,
        trio.open_nursery() as nursery,
    ):
        closing = await served(flood, listening, nursery)
        await ask(stream)
        await stream.receive_some(10)
        await trio.testing.wait_all_tasks_blocked(0.05)
        closing.set()


async def test_it_ends_when_it_is_cancelled_though_somebody_does_not_read():
    listening = listen_tcp("127.0.0.1", 0)
    async with (
        await trio.open_tcp_stream(*listening.getsockname()) as stream,
        trio.open_nursery() as nursery,
    ):
        await served(flood, listening, nursery)
        await ask(stream)
        await stream.receive_some(10)
        await trio.testing.wait_all_tasks_blocked(0.05)
        nursery.cancel_scope.cancel()


async def ends(stream):
    with suppress(trio.BrokenResourceError):
        while await stream.receive_some():
            pass
    return True


async def test_a_unix_socket_is_this_users_alone_and_a_dead_one_is_replaced(tmp_path):
    path = tmp_path / "s"
    first = listen_unix(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(ConfigError, match="somebody does already"):
        listen_unix(path)
    first.close()

    async with trio.open_nursery() as nursery:
        closing = await served(hello, listen_unix(path), nursery)
        async with await trio.open_unix_socket(path) as stream:
            await ask(stream)
            assert (await stream.receive_some()).startswith(b"HTTP/1.1 200")
        closing.set()


def test_a_file_that_is_no_socket_is_left_alone(tmp_path):
    (tmp_path / "s").write_text("mine")

    with pytest.raises(ConfigError, match="cannot listen"):
        listen_unix(tmp_path / "s")
    assert (tmp_path / "s").read_text() == "mine"


def test_a_port_that_is_taken_is_said():
    with (
        listen_tcp("127.0.0.1", 0) as taken,
        pytest.raises(
            ConfigError, match=r"already in use; choose another port, 0 takes any that is free$"
        ),
    ):
        listen_tcp("127.0.0.1", taken.getsockname()[1])
    assert taken.family is socket.AF_INET


def test_a_certificate_that_is_not_there_is_said_before_anything_is_served(tmp_path):
    missing = Certificate(tmp_path / "cert.pem", tmp_path / "key.pem")

    with socket.socket() as listening, pytest.raises(ConfigError, match="no such file"):
        Server(hello, listening, missing)
