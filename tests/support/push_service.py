"""A push service on loopback, over TLS, and a browser that is subscribed there: only it can read what comes."""

import base64
import json
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import http_ece
import trio
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from oma.notify.push_subscription import PushSubscription
from tests.support.patience import PATIENCE_S

LONG_S = 4e9
"""Seconds since the epoch at which nothing of these tests has expired."""


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@attrs.frozen
class PushBrowser:
    """A browser, by its keys."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = attrs.Factory(
        lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = b"a secret of 16 B"

    def subscription(self, **fields: Any) -> PushSubscription:
        p256dh = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        given = {"holder": "owner", "expires_s": LONG_S, **fields}
        return PushSubscription(self.endpoint, base64url(p256dh), base64url(self.auth), **given)

    def read(self, body: bytes) -> Any:
        """Decrypt what a push service handed over."""
        plain = http_ece.decrypt(
            body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"
        )
        return json.loads(plain)


@attrs.define
class PushService:
    """What came, and how it is answered."""

    origin: str
    certificate: Path
    status: int = 201
    requests: list[tuple[str, Mapping[str, str], bytes]] = attrs.Factory(list)
    """Path, headers (their names in lower case) and body."""
    _news: trio.Event = attrs.Factory(trio.Event)

    async def take(self, stream: trio.abc.Stream) -> None:
        """Serve one connection."""
        data = b""
        while part := await stream.receive_some(65536):
            data += part
            head, end, body = data.partition(b"\r\n\r\n")
            first, *rest = head.decode().split("\r\n")
            headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in rest)}
            if not end or len(body) < int(headers["content-length"]):
                continue
            self.requests.append((first.split()[1], headers, body))
            self._news.set()
            self._news = trio.Event()
            answer = f"HTTP/1.1 {self.status} x\r\ncontent-length: 0\r\n\r\n"
            await stream.send_all(answer.encode())
            data = b""

    async def received(self, count: int) -> list[bytes]:
        """Wait for so many requests, and return the bodies of all there are."""
        with trio.fail_after(PATIENCE_S):
            while len(self.requests) < count:
                await self._news.wait()
        return [body for _, _, body in self.requests]


@asynccontextmanager
async def push_service(directory: Path) -> AsyncIterator[PushService]:
    """Listen on a port of the kernel's choice, with a certificate of its own, until the block ends."""
    files = directory / "push.pem"
    _write_certificate(files)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(files)
    listeners = await trio.open_ssl_over_tcp_listeners(0, context, host="127.0.0.1")
    plain = listeners[0].transport_listener
    assert isinstance(plain, trio.SocketListener)
    port = plain.socket.getsockname()[1]
    service = PushService(f"https://localhost:{port}", files)

    async def take(stream: trio.SSLStream[trio.SocketStream]) -> None:
        with suppress(trio.BrokenResourceError):  # it hung up as HTTP clients do
            await service.take(stream)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(trio.serve_listeners, take, listeners)
        yield service
        nursery.cancel_scope.cancel()


def _write_certificate(path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + pem)
