"""A browser's side of the real `oma web`: HTTP over real sockets, by h11."""

import json
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from ssl import SSLContext
from typing import Any

import attrs
import h11
import trio
from trio.abc import Stream

from tests.support.forked_oma import Forked, fork_oma
from tests.support.oma_process import ended, environment
from tests.support.patience import PATIENCE_S


@attrs.define
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes = b""

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@attrs.define
class Client:
    """Somebody at an address, with what their page keeps."""

    url: str
    open_stream: Callable[[], Awaitable[Stream]]
    """Opens a connection."""
    headers: dict[str, str] = attrs.Factory(dict)

    @property
    def host(self) -> str:
        return self.url.partition("//")[2]

    async def get(self, path: str, **headers: str) -> Reply:
        return await self.ask("GET", path, b"", **headers)

    async def post(self, path: str, body: object = None, **headers: str) -> Reply:
        data = b"" if body is None else json.dumps(body).encode()
        return await self.ask("POST", path, data, **headers)

    async def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Reply:
        with trio.fail_after(PATIENCE_S):
            async with self.asking(method, path, body, **headers) as (reply, read):
                while data := await read():
                    reply.body += data
                return reply

    @asynccontextmanager
    async def asking(
        self, method: str, path: str, body: bytes = b"", **headers: str
    ) -> AsyncIterator[tuple[Reply, Callable[[], Awaitable[bytes]]]]:
        """Send a request; give the head of the reply, and what reads its body."""
        given = {"host": self.host, "content-length": str(len(body))} | self.headers | headers
        if body:
            given["content-type"] = "application/json"
        given = {name.replace("_", "-"): value for name, value in given.items()}
        connection = h11.Connection(h11.CLIENT)
        async with await self.open_stream() as stream:
            request = h11.Request(method=method, target=path, headers=list(given.items()))
            data = connection.send(request) + connection.send(h11.Data(data=body))
            await stream.send_all(data + connection.send(h11.EndOfMessage()))

            async def event() -> h11.Event:
                while (found := connection.next_event()) is h11.NEED_DATA:
                    connection.receive_data(bytes(await stream.receive_some()))
                assert isinstance(found, h11.Event)
                return found

            async def read() -> bytes:
                found = await event()
                return bytes(found.data) if isinstance(found, h11.Data) else b""

            head = await event()
            assert isinstance(head, h11.Response)
            names = {name.decode(): value.decode() for name, value in head.headers}
            yield Reply(head.status_code, names), read

    @asynccontextmanager
    async def events(
        self, path: str, **headers: str
    ) -> AsyncIterator[Callable[..., Awaitable[Any]]]:
        """Open a stream of events; give what waits for the next."""
        async with self.asking("GET", path, b"", **headers) as (reply, read):
            assert reply.status == 200, reply
            rest = b""

            async def next_event(*names: str) -> tuple[str, Any, str] | None:
                nonlocal rest
                with trio.fail_after(PATIENCE_S):
                    while True:
                        while b"\n\n" not in rest:
                            data = await read()
                            if not data:
                                return None
                            rest += data
                        block, rest = rest.split(b"\n\n", 1)
                        fields = dict(
                            line.split(": ", 1)
                            for line in block.decode().split("\n")
                            if ": " in line
                        )
                        if "event" in fields and (not names or fields["event"] in names):
                            return fields["event"], json.loads(fields["data"]), fields["id"]

            yield next_event

    async def log_in(self, path: str) -> None:
        """Log in by a login address, as the page that it leads to does."""
        self.headers["origin"] = self.url
        reply = await self.post("/api/login", {"code": path.partition("code=")[2]})
        assert reply.status == 200, reply
        self.headers["cookie"] = reply.headers["set-cookie"].partition(";")[0]
        self.headers["x-oma-secret"] = reply.json["secret"]


@attrs.define
class WebProcess:
    """A running `oma web`."""

    process: Forked
    login: str
    """The address that it printed."""
    open_stream: Callable[[], Awaitable[Stream]]
    errors: bytes = b""

    @property
    def url(self) -> str:
        return self.login.partition("/login")[0]

    def stranger(self) -> Client:
        return Client(self.url, self.open_stream)

    async def owner(self) -> Client:
        """Return who opened the address that was printed."""
        client = self.stranger()
        await client.log_in(self.login.removeprefix(self.url))
        return client

    async def end(self, number: int = signal.SIGINT) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        with trio.fail_after(PATIENCE_S):
            return await self.process.wait()


@asynccontextmanager
async def running_web(
    *arguments: object,
    home: Path,
    unix: Path | None = None,
    ssl: SSLContext | None = None,
    **variables: str,
) -> AsyncIterator[WebProcess]:
    """Run `oma web` until the block ends; it is gone then, whatever happened.

    Args:
        arguments: Of `oma`, to the name of the subcommand at least.
        home: The user's.
        unix: The path of a socket to listen on, in place of a port.
        ssl: By which it is reached, where it has a certificate.
        variables: Of the environment.
    """
    place = ("--port", "0") if unix is None else ("--unix", str(unix))
    process = fork_oma((*arguments, *place), environment(HOME=str(home), **variables), home)
    try:
        with trio.fail_after(PATIENCE_S):
            line = await process.stdout.receive_some()
        login = line.decode().removeprefix("open ").strip()
        host, _, port = login.partition("//")[2].partition("/")[0].rpartition(":")

        async def open_stream() -> Stream:
            if unix is not None:
                return await trio.open_unix_socket(str(unix))
            plain = await trio.open_tcp_stream(host, int(port))
            return plain if ssl is None else trio.SSLStream(plain, ssl, server_hostname=host)

        running = WebProcess(process, login, open_stream)
        yield running
        if process.returncode is None:
            assert await running.end() == 130
    except BaseException as error:
        if process.returncode is None:
            process.kill()
        with trio.CancelScope(shield=True):
            error.add_note(f"it said {await process.stderr.receive_some()!r}")
        raise
    finally:
        await ended(process)
