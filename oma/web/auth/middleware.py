"""Checks every request, as plain ASGI around everything, so that no route can be forgotten.

Finds out who sends it, refuses what is not allowed, bounds the body, and adds the security headers
to every answer. Routes find `login` (`None` for a stranger) and `address` in the request's state.
"""

import json
import re
from http.cookies import CookieError, SimpleCookie

import attrs
import trio
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from oma.errors import OmaError
from oma.web.auth.access import Access
from oma.web.auth.login_sessions import LoginSession
from oma.web.auth.request_info import AuthMethod, RequestInfo, check_request
from oma.web.request_error import RequestError

BODY_BYTES = 64 * 1024
"""A longer body is refused."""

BODY_S = 10.0
"""How long a body may take to arrive."""

_FILES = re.compile(r"/api/agents/[^/]+/files")

SECRET_PROTOCOL = "secret."
"""A WebSocket brings the secret as a subprotocol: browsers let it set no header."""

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
"""Inline styles are xterm.js's way to place text; there is no inline script."""

HEADERS = (
    (b"content-security-policy", CONTENT_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
)

TLS_ONLY = (b"strict-transport-security", b"max-age=31536000")
"""Not on loopback, whose name is that of every other server of the machine."""


@attrs.frozen
class Credentials:
    """What a request shows of who sends it."""

    address: str
    method: AuthMethod
    login: LoginSession | None
    secret: str | None

    @property
    def knows_secret(self) -> bool:
        """They hold the secret of their session."""
        if self.login is None or self.secret is None:
            return False
        return self.login.knows(self.secret)


@attrs.define
class AuthMiddleware:
    """An ASGI application that hands the requests that it does not refuse on to another one."""

    inner: ASGIApp
    access: Access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or one connection of a WebSocket."""
        if scope["type"] == "lifespan":
            await self.inner(scope, receive, send)
            return
        headers = Headers(scope=scope)
        path = self._own_path(scope["path"])
        if not path:
            refused = RequestError(404, f"there is nothing here: see {self.access.address.root}")
            await self._refuse(scope, receive, send, refused)
            return
        scope = {**scope, "path": path}
        try:
            shown = self._credentials(scope, headers)
            self._check(scope, headers, shown)
            if scope["type"] == "http" and not _is_file(scope):
                receive = await _with_body(scope, headers, receive)
        except RequestError as refused:
            await self._refuse(scope, receive, send, refused)
            return
        except OmaError as error:
            await self._refuse(scope, receive, send, RequestError(503, str(error)))
            return
        scope.setdefault("state", {}).update(login=shown.login, address=shown.address)
        await self.inner(scope, receive, self._with_headers(scope, send))

    def _own_path(self, path: str) -> str | None:
        """Return a path as the routes know it, without the base path; `None` for one beside that."""
        base = self.access.address.base_path
        inner = path.removeprefix(base)
        if not path.startswith(base) or inner[:1] not in {"", "/"}:
            return None
        return inner

    def _check(self, scope: Scope, headers: Headers, shown: Credentials) -> None:
        if headers.getlist("transfer-encoding") and headers.getlist("content-length"):
            # Whoever stands before the server may take the other one, and see another request.
            raise RequestError(400, "give Content-Length or Transfer-Encoding, not both")
        websocket = scope["type"] == "websocket"
        request_info = RequestInfo(
            method="GET" if websocket else scope["method"],
            path=scope["path"],
            hosts=tuple(headers.getlist("host")),
            origins=tuple(headers.getlist("origin")),
            auth_method=shown.method,
            knows_secret=shown.knows_secret,
            websocket=websocket,
        )
        refused = check_request(request_info, self.access.address)
        if refused is None:
            return
        who = "" if shown.login is None else shown.login.grant.name
        what = f"{request_info.method} {request_info.path}"[:200]
        self.access.audit.note_refusal(who, shown.address, refused.status, what)
        raise refused

    def _credentials(self, scope: Scope, headers: Headers) -> Credentials:
        address = self._address(scope, headers)
        bearer = _one(headers, "authorization")
        if bearer is not None:
            return self._bearer(address, bearer)
        login = None
        name = self.access.cookie_name(_one(headers, "host") or "")
        cookie = _cookie(headers.getlist("cookie"), name)
        if cookie is not None:
            login = self.access.sessions.login(cookie)
        if scope["type"] == "websocket":
            offered = [p for p in scope["subprotocols"] if p.startswith(SECRET_PROTOCOL)]
            secret = offered[0].removeprefix(SECRET_PROTOCOL) if len(offered) == 1 else None
        else:
            secret = _one(headers, "x-oma-secret")
        method = AuthMethod.NONE if login is None else AuthMethod.COOKIE
        return Credentials(address, method, login, secret)

    def _bearer(self, address: str, header: str) -> Credentials:
        kind, _, secret = header.partition(" ")
        token = self.access.tokens.find(secret.strip()) if kind.lower() == "bearer" else None
        if token is None:
            if self.access.throttle.exhausted(address):
                self.access.audit.note_refusal("", address, 429, "a wrong token")
                raise RequestError(429, "too many wrong tokens: wait a minute")
            self.access.throttle.failed(address)
            self.access.audit.note_refusal("", address, 401, "a wrong token")
            raise RequestError(401, "this token is wrong, has expired or was revoked")
        login = self.access.sessions.bearer(token.grant())
        return Credentials(address, AuthMethod.BEARER, login, None)

    def _address(self, scope: Scope, headers: Headers) -> str:
        if self.access.address.proxied:
            # The last entry is the proxy's own; what stands before it anybody may have written.
            forwarded = ",".join(headers.getlist("x-forwarded-for"))
            if forwarded:
                return forwarded.rpartition(",")[2].strip()[:64]
        client = scope.get("client")
        return str(client[0]) if client else "unix"

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        if scope["type"] != "http":
            return send
        address = self.access.address
        more = (TLS_ONLY,) if address.secure and not address.local else ()

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                kept = any(name == b"cache-control" for name, _ in headers)
                cache = [] if kept else [(b"cache-control", b"no-store")]
                message = {**message, "headers": [*headers, *HEADERS, *more, *cache]}
            await send(message)

        return send_with_headers

    async def _refuse(
        self, scope: Scope, receive: Receive, send: Send, refused: RequestError
    ) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        # What is left of a body nobody read would be taken for the next request.
        headers = {"connection": "close"} if refused.status in {400, 408, 413} else None
        body = json.dumps({"error": str(refused)})
        reply = Response(body, refused.status, headers, "application/json")
        await reply(scope, receive, self._with_headers(scope, send))


def _one(headers: Headers, name: str) -> str | None:
    found = headers.getlist(name)
    return found[0] if len(found) == 1 else None


def _cookie(headers: list[str], name: str) -> str | None:
    try:
        jar = SimpleCookie("; ".join(headers))
    except CookieError:
        return None
    return jar[name].value if name in jar else None


def _is_file(scope: Scope) -> bool:
    """Whether the body is a file, which the route bounds and reads in pieces, and no one before it."""
    return scope["method"] == "POST" and _FILES.fullmatch(scope["path"]) is not None


async def _with_body(scope: Scope, headers: Headers, receive: Receive) -> Receive:
    """Read the body, which is small, and return what hands it on."""
    if scope["method"] in {"GET", "HEAD"}:
        return receive
    declared = _one(headers, "content-length")
    if declared is not None and declared.isdigit() and int(declared[:12]) > BODY_BYTES:
        raise RequestError(413, f"too much: at most {BODY_BYTES} bytes")
    body = b""
    with trio.move_on_after(BODY_S) as patience:
        body = await _read(receive)
    if patience.cancelled_caught:
        raise RequestError(408, "the request took too long")
    handed = False

    async def again() -> Message:
        nonlocal handed
        if handed:
            return await receive()
        handed = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _read(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise RequestError(400, "the request ended early")
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > BODY_BYTES:
            raise RequestError(413, f"too much: at most {BODY_BYTES} bytes")
    return body
