"""`oma` for shells and panes, without a new interpreter: a program that has the template fork, and a server for it.

As `forked_oma`, for whoever is not this process: `serve_oma` makes the program, which asks over a
socket, hands over its standard streams, waits for the end, and ends as that did. Signals go on.
"""

import json
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

import attrs
import trio

from tests.support.forked_oma import fork_with

PROGRAM = """\
#!{python} -IS
import _signal, _socket, os, sys
asks = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
asks.connect({address!r})
reads, told = os.pipe()
said = [os.getcwd(), str(len(sys.argv) - 1), *sys.argv[1:]]
said += [part for pair in os.environ.items() for part in pair]
said = os.fsencode("\\0".join(said))
streams = b"".join(number.to_bytes(4, sys.byteorder) for number in (0, 1, 2, told))
asks.sendmsg([len(said).to_bytes(4, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)])
asks.sendall(said)
pid = int.from_bytes(asks.recv(4), "big")
asks.close()
os.close(told)
for number in ({signals}):
    _signal.signal(number, lambda number, _: os.kill(pid, number))
code = int(os.read(reads, 16))
os._exit(code if code >= 0 else 128 - code)
"""

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGWINCH)


@attrs.define
class OmaRelay:
    """The program, and what was started by it.

    Args:
        folder: Stands first on the PATH of those who are to start it.
    """

    folder: Path
    pids: list[int] = attrs.Factory(list)

    @property
    def _address(self) -> str:
        return str(self.folder / "asked")

    def write_program(self) -> None:
        """Write the program; it works while `serve` runs."""
        text = PROGRAM.format(
            python=sys.executable,
            address=self._address,
            signals=", ".join(str(int(number)) for number in SIGNALS),
        )
        program = self.folder / "oma"
        program.write_text(text)
        program.chmod(0o755)

    async def serve(self) -> None:
        """Serve until cancelled."""
        with trio.socket.socket(socket.AF_UNIX) as listens:
            await listens.bind(self._address)
            listens.listen(16)
            async with trio.open_nursery() as nursery:
                while True:
                    nursery.start_soon(self._answer, (await listens.accept())[0])

    async def _answer(self, asker: trio.socket.SocketType) -> None:
        with asker:
            head, ancillary, _, _ = await asker.recvmsg(4, 256)
            descriptors = [
                int.from_bytes(data[at : at + 4], sys.byteorder)
                for _, _, data in ancillary
                for at in range(0, len(data), 4)
            ]
            length, said = int.from_bytes(head), b""
            while len(said) < length and (part := await asker.recv(length - len(said))):
                said += part
            if not said or len(said) < length:  # the asker was killed while it asked
                for descriptor in descriptors:
                    os.close(descriptor)
                return
            folder, count, *rest = os.fsdecode(said).split("\0")
            words, pairs = rest[: int(count)], rest[int(count) :]
            environment = dict(zip(pairs[::2], pairs[1::2], strict=True))
            asked = json.dumps([words, environment, folder]).encode()
            self.pids.append(fork_with(asked, descriptors))
            with suppress(BrokenPipeError, ConnectionResetError):  # it was killed since
                await asker.send(self.pids[-1].to_bytes(4))
