import socket

import pytest
import trio
import trio.testing

from oma.web.timeout_stream import TimeoutListener, TimeoutStream


async def pair():
    """Return both ends of a connection that our listener accepted."""
    listening = trio.socket.from_stdlib_socket(socket.create_server(("127.0.0.1", 0)))
    async with TimeoutListener(trio.SocketListener(listening)) as listener:
        theirs = await trio.open_tcp_stream(*listening.getsockname())
        return await listener.accept(), theirs


async def test_it_is_the_stream_of_its_socket():
    ours, theirs = await pair()
    async with ours, theirs:
        await ours.wait_send_all_might_not_block()
        await ours.send_all(b"hi")
        await ours.send_eof()
        assert await theirs.receive_some() == b"hi"
        assert await theirs.receive_some() == b""
        await theirs.send_all(b"yo")
        assert await ours.receive_some() == b"yo"
        assert ours.socket.getpeername() == theirs.socket.getsockname()


async def test_a_peer_that_does_not_read_is_given_up(autojump_clock):
    ours, theirs = await pair()
    async with ours, theirs:
        with pytest.raises(trio.BrokenResourceError, match="does not read"):
            await ours.send_all(b"x" * (64 << 20))
    assert type(ours) is TimeoutStream


async def test_a_peer_that_reads_late_gets_every_byte_in_order():
    ours, theirs = await pair()
    data = bytes(range(256)) * (1 << 14)
    async with ours, theirs, trio.open_nursery() as nursery:
        nursery.start_soon(ours.send_all, data)
        await trio.testing.wait_all_tasks_blocked()
        got = bytearray()
        while len(got) < len(data):
            got += await theirs.receive_some()
    assert got == data


async def _send_for_ever(stream):
    while True:
        await stream.send_all(b"x" * 1000)


async def test_a_connection_that_is_closed_at_either_end_says_so():
    ours, theirs = await pair()
    await theirs.aclose()
    with pytest.raises(trio.BrokenResourceError):
        await _send_for_ever(ours)
    await ours.aclose()
    with pytest.raises(trio.ClosedResourceError):
        await ours.send_all(b"x")
