"""Logins: codes that work once, sessions behind a cookie, and the secret of a page.

Nothing that could be used to log in is kept: codes, cookies and secrets are known by their SHA-256
alone. A browser sends a cookie to every server on the same host, whatever its port; so a cookie lets
its holder read and no more. To act takes the secret, which a page keeps to itself.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable

import attrs
import trio

from oma.web.auth.roles import Role

MOST = 1000
"""Sessions at once; one more ends the oldest."""


@attrs.frozen
class Grant:
    """What somebody who logs in is given."""

    name: str
    """Shown to others, and written to the audit log."""
    role: Role
    expires_s: float
    """In seconds since the epoch."""
    agent: str | None = None
    """The only agent it is about; `None` for all."""
    token: str | None = None
    """The name of the token it rests on."""
    token_sha256: str | None = attrs.field(default=None, repr=False)
    """Tells that token from a later one of the same name; in hexadecimal digits."""


@attrs.frozen
class KeptSession:
    """A session as it outlives its server: hashes in hexadecimal digits, nothing to log in with."""

    cookie_sha256: str = attrs.field(repr=False)
    secret_sha256: str | None = attrs.field(repr=False)
    grant: Grant
    since_s: float
    seen_s: float


@attrs.frozen
class KeptShare:
    """What was shared by a link."""

    grant: Grant
    code_sha256: str | None = attrs.field(repr=False)
    """Of the link, while nobody has used it."""


@attrs.frozen
class Kept:
    """What outlives a restart of the server."""

    sessions: tuple[KeptSession, ...] = ()
    shares: tuple[KeptShare, ...] = ()


@attrs.define(eq=False)
class LoginSession:
    """Somebody who has logged in."""

    grant: Grant
    since_s: float
    seen_s: float
    """When a request of theirs came last, in seconds since the epoch."""
    ended: trio.Event = attrs.Factory(trio.Event)
    """Set when the login is over; whoever serves a stream to it ends the stream then."""
    live: int = 0
    """Streams that are open to them now."""
    secret_digest: bytes | None = attrs.field(default=None, repr=False)
    has_cookie: bool = True
    """They came by a login, and not by a token with each request."""

    def new_secret(self) -> str:
        """Return a secret that takes the place of any other."""
        secret = secrets.token_urlsafe(32)
        self.secret_digest = digest(secret)
        return secret

    def knows(self, secret: str) -> bool:
        """Say whether this is the secret; takes as long for any other."""
        return self.secret_digest is not None and hmac.compare_digest(
            self.secret_digest, digest(secret)
        )


@attrs.define
class Sessions:
    """Everybody who is logged in.

    Args:
        now_s: Seconds since the epoch.
        idle_s: A session without a request or an open stream for so long is over.
    """

    now_s: Callable[[], float]
    idle_s: float = float("inf")
    _codes: dict[bytes, Grant] = attrs.Factory(dict)
    _logins: dict[bytes, LoginSession] = attrs.Factory(dict)
    _shares: dict[str, Grant] = attrs.Factory(dict)

    def invite(self, grant: Grant) -> str:
        """Return a code that lets somebody in, once, until the grant expires."""
        code = secrets.token_urlsafe(18)  # so that the address fits on a line
        self._codes[digest(code)] = grant
        return code

    def share(self, grant: Grant) -> str:
        """Return a code as `invite` does; what it gives can be taken back by its name."""
        self._shares[grant.name] = grant
        return self.invite(grant)

    def shares(self) -> tuple[Grant, ...]:
        """Return what was shared, and has not expired."""
        now_s = self.now_s()
        return tuple(grant for grant in self._shares.values() if grant.expires_s > now_s)

    def revoke_share(self, name: str) -> bool:
        """Take back what was shared under a name; say whether anything was."""
        shared = self._shares.pop(name, None)
        if shared is None:
            return False
        self._codes = {key: g for key, g in self._codes.items() if g != shared}
        self.end(lambda login: login.grant == shared)
        return True

    def redeem(self, code: str) -> str | None:
        """Use a code up and return the cookie of a new session; `None` for a code that is none."""
        grant = self._codes.pop(digest(code), None)
        if grant is None or grant.expires_s <= self.now_s():
            return None
        return self.enter(grant)

    def enter(self, grant: Grant) -> str:
        """Begin a session and return its cookie."""
        cookie = secrets.token_urlsafe(32)
        now_s = self.now_s()
        self._logins[digest(cookie)] = LoginSession(grant, now_s, now_s)
        if len(self._logins) > MOST:
            oldest = next(iter(self._logins.values()))
            self.end(lambda login: login is oldest)
        return cookie

    def kept(self) -> Kept:
        """Return what is to outlive this server; a session with an open stream is used now."""
        now_s = self.now_s()
        sessions = tuple(
            KeptSession(
                key.hex(),
                None if login.secret_digest is None else login.secret_digest.hex(),
                login.grant,
                login.since_s,
                now_s if login.live else login.seen_s,
            )
            for key, login in self._logins.items()
            if login.has_cookie and not self._is_over(login)
        )
        codes = {grant: key.hex() for key, grant in self._codes.items()}
        shares = tuple(KeptShare(grant, codes.get(grant)) for grant in self.shares())
        return Kept(sessions, shares)

    def restore(self, kept: Kept) -> None:
        """Take over what an earlier server kept."""
        for each in kept.sessions:
            secret = None if each.secret_sha256 is None else bytes.fromhex(each.secret_sha256)
            login = LoginSession(each.grant, each.since_s, each.seen_s, secret_digest=secret)
            self._logins[bytes.fromhex(each.cookie_sha256)] = login
        for share in kept.shares:
            self._shares[share.grant.name] = share.grant
            if share.code_sha256 is not None:
                self._codes[bytes.fromhex(share.code_sha256)] = share.grant

    def login(self, cookie: str) -> LoginSession | None:
        """Return who this cookie belongs to, and take note that they were here."""
        login = self._logins.get(digest(cookie))
        if login is None or self._is_over(login):
            return None
        login.seen_s = self.now_s()
        return login

    def bearer(self, grant: Grant) -> LoginSession:
        """Return who presents a token with the request itself, without a cookie."""
        key = digest(f"bearer {grant.token}")
        login = self._logins.get(key)
        now_s = self.now_s()
        if login is None or login.grant != grant:
            login = self._logins[key] = LoginSession(grant, now_s, now_s, has_cookie=False)
        login.seen_s = now_s
        return login

    def end(self, which: Callable[[LoginSession], bool]) -> None:
        """End the sessions of these, and what is open to them."""
        for key, login in list(self._logins.items()):
            if which(login):
                login.ended.set()
                del self._logins[key]

    def revoke(self, token: str) -> None:
        """Take back everything that rests on a token."""
        self._codes = {key: g for key, g in self._codes.items() if g.token != token}
        self.end(lambda login: login.grant.token == token)

    def sweep(self) -> None:
        """End what has expired."""
        now_s = self.now_s()
        self._codes = {key: g for key, g in self._codes.items() if g.expires_s > now_s}
        self._shares = {n: g for n, g in self._shares.items() if g.expires_s > now_s}
        self.end(self._is_over)

    def _is_over(self, login: LoginSession) -> bool:
        now_s = self.now_s()
        idle = not login.live and now_s >= login.seen_s + self.idle_s
        return login.ended.is_set() or idle or now_s >= login.grant.expires_s


def digest(text: str) -> bytes:
    """Return what is kept of a code, a cookie, a secret or a token."""
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()
