"""One control client: a `tmux -C` process whose bytes are pumped, and nothing else.

The server writes to the pipe that we gave the client, so only our own reading keeps it moving:
the reader hands every batch on synchronously and never waits for anyone. A client is ended by the
end of its standard input, which it answers within milliseconds, and is reaped whatever happens.
"""

import os
import subprocess  # noqa: TID251  # for its PIPE constant only
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import attrs
import trio
from trio.lowlevel import FdStream

from oma.errors import CommandError, ProtocolError
from oma.runtime.client.fd_limits import server_has_room
from oma.runtime.client.read_turns import ReadTurns
from oma.runtime.client.relay import open_relay
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.client.tmux_binary import with_tmux_binary
from oma.tmux.address import ServerAddress
from oma.tmux.commands.clients import AttachSession, OpenPrompt
from oma.tmux.commands.command import AnyCommand, Safety, in_order
from oma.tmux.commands.render import control_argv, to_line
from oma.tmux.notifications import WireEvent
from oma.tmux.parser import ControlParser

READ_BYTES = 65536
"""One turn of one client: large enough to be cheap, small enough that others get their turn."""

LEAVE_S = 2.0
"""How long a client may take to leave after the end of its input; measured: 1 to 4 ms."""


@attrs.define
class Connection:
    """A running control client."""

    _process: trio.Process
    allowed: Safety
    """The most that its commands may do."""
    stdin: trio.abc.SendStream
    stdout: trio.abc.ReceiveStream
    stderr: trio.abc.ReceiveStream
    _descriptor: int
    _turns: ReadTurns | None = None
    _parser: ControlParser = attrs.Factory(ControlParser)
    _outbox: list[str] = attrs.Factory(list)
    _last: Sequence[str] = ()
    _greeting: bytes = b""
    _unwanted: bool = False
    _reading: trio.CancelScope = attrs.Factory(trio.CancelScope)
    _lot: trio.lowlevel.ParkingLot = attrs.Factory(trio.lowlevel.ParkingLot)

    @property
    def output_descriptor(self) -> int:
        """Where tmux writes what it says; for who reads it in place of `pump`."""
        return self._descriptor

    def write(self, commands: Sequence[AnyCommand]) -> None:
        """Send commands, in order, as soon as the pipe takes them. Never blocks.

        Raises:
            ValueError: One may do more than this client is for: nothing was sent.
        """
        if lines := self._lines(commands):
            self._outbox += lines
            self._lot.unpark_all()

    def write_last(self, commands: Sequence[AnyCommand]) -> None:
        """Have commands sent just before the client leaves; what was written and not sent by then is not sent.

        Raises:
            ValueError: As `write`.
        """
        self._last = self._lines(commands)

    def _lines(self, commands: Sequence[AnyCommand]) -> list[str]:
        for command in commands:
            if command.safety > self.allowed:
                raise ValueError(f"not a command for this client: {to_line(command)}")
        return [to_line(command) for command in commands]

    def hang_up(self) -> None:
        """Make `pump` return; what is still unread is not wanted."""
        self._unwanted = True
        self._reading.cancel()

    async def pump(self, receive: Callable[[list[WireEvent]], object]) -> str:
        """Hand every batch of what tmux says to `receive` until the client ends.

        Args:
            receive: Returns `True` where what comes next may wait for some milliseconds.

        Returns:
            tmux's own words on standard error, or an empty text.

        Raises:
            ProtocolError: What came is not the grammar of control mode.
        """
        broken: ProtocolError | None = None
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._send)
            try:
                with self._reading:  # a client that is hung up on may say nothing more
                    await self._read(receive)
            except ProtocolError as error:
                broken = error  # raised outside of the nursery, which would wrap it
            nursery.cancel_scope.cancel()
        if broken is not None:
            raise broken
        # A client that is not wanted has not left yet: it would keep us waiting for its words.
        return "" if self._unwanted else await self._last_words()

    async def greet(self) -> None:
        """Wait for the first word of tmux: the server has taken everything that it needs of us."""
        self._greeting = bytes(await self.stdout.receive_some(READ_BYTES))

    async def _read(self, receive: Callable[[list[WireEvent]], object]) -> None:
        def turn() -> bool:
            data = self._available()
            if not data:
                return data is None
            return receive(self._parser.feed(data)) is True and not self._unwanted

        data, self._greeting = self._greeting, b""
        while data or (data := await self._more()):
            may_wait = receive(self._parser.feed(data)) is True
            if self._unwanted:
                return
            data = b""
            if may_wait and self._turns is not None:
                await self._turns.take_part(self._descriptor, turn)
                if self._unwanted:
                    return
        self._parser.close()

    async def _more(self) -> bytes:
        # The stream would let others run, and try to read, before it waits: at a thousand reads a
        # second that is a third of what reading costs.
        while True:
            await trio.lowlevel.wait_readable(self._descriptor)
            if (data := self._available()) is not None:
                return data

    def _available(self) -> bytes | None:
        """Return what there is to read; empty at the end, and `None` where nothing has come."""
        try:
            return os.read(self._descriptor, READ_BYTES)
        except BlockingIOError:
            return None

    async def _send(self) -> None:
        while True:
            while not self._outbox:
                await self._lot.park()
            lines, self._outbox = self._outbox, []
            if not await self._send_lines(lines):
                return

    async def _send_lines(self, lines: Sequence[str]) -> bool:
        """Send lines; say whether there still is a client that takes them."""
        try:
            await self.stdin.send_all("".join(f"{line}\n" for line in lines).encode())
        except trio.BrokenResourceError:
            return False  # the client is gone: its end of file is on the way to the reader
        return True

    async def _last_words(self) -> str:
        words = b""
        with trio.move_on_after(LEAVE_S):
            while data := await self.stderr.receive_some(4096):
                words += bytes(data)
        return words.decode(errors="replace").strip()

    async def leave(self) -> None:
        """End the client and reap it, even while being cancelled."""
        process = self._process
        with trio.CancelScope(shield=True):
            if self._last:
                with trio.move_on_after(LEAVE_S):
                    await self._send_lines(self._last)
            await self.stdin.aclose()
            with trio.move_on_after(LEAVE_S) as patience:
                # The rest of its output is read away: a client with a full pipe cannot leave.
                await self._drain()
                await process.wait()
            if patience.cancelled_caught:
                process.kill()
                await process.wait()
            await self.stdout.aclose()
            await self.stderr.aclose()

    async def _drain(self) -> None:
        try:
            while await self.stdout.receive_some(READ_BYTES):
                pass
        except trio.BrokenResourceError:
            return


@asynccontextmanager
async def connect(
    access: ServerAccess, attach: AttachSession, allowed: Safety = Safety.READ_ONLY
) -> AsyncIterator[Connection]:
    """Run a control client; it has left and is reaped when the block ends, however it ends.

    Args:
        access: To the server.
        attach: How the client attaches.
        allowed: The most that its commands may do.

    Raises:
        FileNotFoundError: There is no such program.
        CommandError: The server has no room for another client.
    """
    async with AsyncExitStack() as leaving:
        async with access.starting:
            if not server_has_room(access.server_pid):
                message = "the tmux server has too few descriptors left for another client"
                raise CommandError(message)
            relay = await leaving.enter_async_context(open_relay())
            server = ServerAddress(socket_path=relay.path)
            begin = in_order(attach, OpenPrompt()) if access.takes_no_prompt else attach
            connection = await _start(control_argv(begin, server), allowed, access.turns)
            leaving.push_async_callback(connection.leave)
            greeted = False
            try:
                with trio.move_on_after(LEAVE_S):
                    async with trio.open_nursery() as nursery:
                        nursery.start_soon(relay.forward_handshake, access.socket)
                        await connection.greet()
                        # It may have ended, or lied, and will never come to be introduced.
                        greeted = True
                        nursery.cancel_scope.cancel()
            finally:
                if not greeted:
                    relay.close()  # nobody will answer the client: it need not wait
        yield connection


async def _start(argv: list[str], allowed: Safety, turns: ReadTurns | None) -> Connection:
    process = await trio.lowlevel.open_process(
        with_tmux_binary(argv, os.environ),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    output = process.stdout
    if process.stdin is None or process.stderr is None or not isinstance(output, FdStream):
        raise ValueError("the process was started without a pipe")
    pipes = process.stdin, output, process.stderr
    return Connection(process, allowed, *pipes, output.fileno(), turns)
