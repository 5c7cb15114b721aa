import os
import socket as sockets
import struct

import pytest
import trio

from oma.runtime.client.relay import _sweep, open_relay

DONE = struct.pack("<IHHII", 106, 16, 0, 8, 0xFFFFFFFF)
"""The end of a client's handshake."""


@pytest.fixture
def runtime(tmp_path_factory, monkeypatch):
    """A directory of a short name, in which nothing is known yet."""
    place = tmp_path_factory.mktemp("r")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place))
    _sweep.cache_clear()
    yield place / "oma"
    _sweep.cache_clear()


async def listening(path):
    server = trio.socket.socket(sockets.AF_UNIX, sockets.SOCK_STREAM)
    await server.bind(str(path))
    server.listen(1)
    return server


async def connected_to(path):
    client = trio.socket.socket(sockets.AF_UNIX, sockets.SOCK_STREAM)
    await client.connect(path)
    return client


async def accepted(server):
    connection, _ = await server.accept()
    return connection


async def test_what_client_and_server_say_passes_both_ways(runtime, tmp_path, nursery):
    with await listening(tmp_path / "s") as listener:
        async with open_relay() as relay:
            nursery.start_soon(relay.forward_handshake, tmp_path / "s")
            client = await connected_to(relay.path)
            await client.send(DONE + b"more")
            server = await accepted(listener)
            assert await server.recv(100) == DONE + b"more"

            await server.send(b"hello")
            assert await client.recv(100) == b"hello"
            await client.send(b"bye")
            assert await server.recv(100) == b"bye"
        with client, server:
            assert await server.recv(100) == b""
            assert await client.recv(100) == b""


async def test_a_descriptor_goes_along(runtime, tmp_path, nursery):
    message = struct.pack("<IHHII", 104, 16, 1, 8, 0xFFFFFFFF)
    reader, writer = os.pipe()
    with await listening(tmp_path / "s") as listener:
        async with open_relay() as relay:
            nursery.start_soon(relay.forward_handshake, tmp_path / "s")
            with await connected_to(relay.path) as client:
                rights = struct.pack("i", writer)
                await client.sendmsg([message], [(sockets.SOL_SOCKET, sockets.SCM_RIGHTS, rights)])
                await client.send(DONE)
                with await accepted(listener) as server:
                    room = sockets.CMSG_SPACE(struct.calcsize("i"))
                    _, ((_, kind, content),), _, _ = await server.recvmsg(16, room)

    assert kind == sockets.SCM_RIGHTS
    (received,) = struct.unpack("i", content)
    os.write(received, b"x")
    assert os.read(reader, 1) == b"x"
    for descriptor in (reader, writer, received):
        os.close(descriptor)


async def test_nobody_else_can_come_once_the_client_has(runtime, tmp_path, nursery):
    with await listening(tmp_path / "s") as listener:
        async with open_relay() as relay:
            assert os.listdir(runtime) == [os.path.basename(relay.path)]
            nursery.start_soon(relay.forward_handshake, tmp_path / "s")
            with await connected_to(relay.path) as client:
                await client.send(DONE)
                with await accepted(listener):
                    assert os.listdir(runtime) == []


async def test_where_there_is_no_server_the_client_is_hung_up_on(runtime, tmp_path, nursery):
    async with open_relay() as relay:
        nursery.start_soon(relay.forward_handshake, tmp_path / "none")
        with await connected_to(relay.path) as client:
            assert await client.recv(100) == b""


async def test_no_socket_is_left_where_no_client_came(runtime):
    async with open_relay() as relay:
        assert os.listdir(runtime) == [os.path.basename(relay.path)]

    assert os.listdir(runtime) == []


async def test_sockets_of_a_process_that_was_killed_are_swept(runtime):
    runtime.mkdir(mode=0o700)
    dead = runtime / f"client-{2**22 + 1}-1"
    ours = runtime / f"client-{os.getppid()}-1"
    dead.touch()
    ours.touch()

    async with open_relay():
        assert not dead.exists()
        assert ours.exists()


async def test_a_directory_that_was_removed_meanwhile_is_made_again(runtime):
    async with open_relay():
        pass
    runtime.rmdir()
    async with open_relay() as relay:
        assert os.listdir(runtime) == [os.path.basename(relay.path)]
