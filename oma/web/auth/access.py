"""Who may log in, who is logged in, and what they did: one server's access control."""

from collections.abc import Callable
from contextlib import suppress

import attrs

from oma.errors import OmaError
from oma.web.auth.audit import Audit
from oma.web.auth.login_sessions import Grant, LoginSession, Sessions
from oma.web.auth.login_throttle import LoginThrottle
from oma.web.auth.roles import Permission, Principal, Role, denial_reason
from oma.web.auth.session_file import RunningServer, SessionFile
from oma.web.auth.tokens import TokenFile
from oma.web.auth.web_address import Address, is_loopback
from oma.web.request_error import RequestError

OWNER = "owner"
"""The name of whoever logs in by an address that `oma web` printed."""

SAVE_S = 60.0
"""How often it is written down when each session was used last."""


@attrs.define
class Access:
    """The access control of one server.

    Args:
        now_s: Seconds since the epoch.
        address: Where the server is reached.
        sessions: Who is logged in.
        tokens: Who may log in.
        session_file: What lets logins outlive a restart.
        server: This one, as that file knows it.
        throttle: Which addresses failed to log in.
        audit: Where it is written down who did what.
        read_only: Nobody may change anything.
        session_s: How long a login lasts, unless its token ends before.
    """

    now_s: Callable[[], float]
    address: Address
    sessions: Sessions
    tokens: TokenFile
    session_file: SessionFile
    server: RunningServer
    throttle: LoginThrottle
    audit: Audit
    read_only: bool
    session_s: float = 43_200.0
    _saved_s: float = 0.0

    def cookie_name(self, host: str) -> str:
        """Return the name of the session's cookie for a host as browsers name it.

        Ports share cookies, so the port is in it: that of the browser's end of a tunnel.
        """
        port = host.rpartition(":")[2]
        return f"oma_session_{port}" if port.isascii() and port.isdigit() else "oma_session"

    def owner(self, role: Role = Role.ADMIN) -> Grant:
        """Return what whoever opens an address is given that `oma web` printed for a role."""
        role = Role.VIEWER if self.read_only else role
        return Grant(OWNER, role, self.now_s() + self.session_s)

    def enter(self, grant: Grant) -> str:
        """Begin a session by a token and return its cookie."""
        expires_s = min(grant.expires_s, self.now_s() + self.session_s)
        return self.sessions.enter(attrs.evolve(grant, expires_s=expires_s))

    def redeem(self, code: str) -> str | None:
        """Use a code up and return the cookie of a new session; `None` for a code that is none.

        Raises:
            OmaError: The file of sessions cannot be read or written.
        """
        cookie = self.sessions.redeem(code)
        role = None if cookie else self.session_file.take_link(self.server.place, code)
        if role is not None:
            cookie = self.sessions.enter(self.owner(role))
        return cookie

    def save_sessions(self, *, runs: bool = True) -> None:
        """Write down who is logged in; called after each login and each end of one.

        Raises:
            OmaError: It cannot be written, and would not outlive a restart.
        """
        self.session_file.save(self.server, self.sessions.kept(), runs=runs)
        self._saved_s = self.now_s()

    def restore_sessions(self) -> None:
        """Take over who was logged in; those whose token was revoked meanwhile are left out.

        Raises:
            OmaError: The file of sessions or of tokens cannot be read.
        """
        self.sessions.restore(self.session_file.load(self.server.place))
        self.sweep()

    def sweep(self) -> None:
        """End what has expired, and what rests on a token that was revoked.

        Raises:
            OmaError: The tokens cannot be read.
        """
        self.sessions.sweep()
        with suppress(OmaError):  # a file that cannot be read is said to whoever logs in or out
            self._revoke_shares()
        valid = frozenset(token.sha256 for token in self.tokens.tokens())
        self.sessions.end(
            lambda v: v.grant.token is not None and v.grant.token_sha256 not in valid,
        )
        if self.now_s() >= self._saved_s + SAVE_S:
            self._saved_s = self.now_s()
            with suppress(OmaError):  # tried again, and said to whoever logs in or out
                self.save_sessions()

    def _revoke_shares(self) -> None:
        """End what the command line took back."""
        for name in self.session_file.revoked(self.server.place):
            if self.sessions.revoke_share(name):
                self.audit.note("token-revoked", OWNER, "command line", name=name)
                self.save_sessions()


@attrs.frozen
class Caller:
    """Who sent a request, once they are known; everything that they do is checked here."""

    access: Access
    login: LoginSession
    address: str
    """Where the request came from."""

    @property
    def grant(self) -> Grant:
        """What they were given with their login."""
        return self.login.grant

    @property
    def is_local(self) -> bool:
        """They sit at this machine, as far as can be told."""
        return self.access.address.local and (self.address == "unix" or is_loopback(self.address))

    def denial_reason(self, permission: Permission, agent: str | None = None) -> str:
        """Return why they may not do this, on one line; empty where they may."""
        principal = Principal(self.grant.role, self.grant.agent, self.access.read_only)
        return denial_reason(principal, permission, agent)

    def require(self, permission: Permission, agent: str | None = None) -> None:
        """Go on only if they may do this.

        Raises:
            RequestError: They may not.
        """
        reason = self.denial_reason(permission, agent)
        if reason:
            raise RequestError(403, reason)

    def sees(self, name: str) -> bool:
        """Say whether the agent of this lasting name is shown to them; an empty one is none."""
        return self.grant.agent in {None, name}

    def note(self, event: str, agent: str | None = None, **facts: str | float | None) -> None:
        """Write down what they do, before it is done.

        Raises:
            OmaError: It cannot be written, and so must not be done.
        """
        if agent is not None:
            facts = {"agent": agent, **facts}
        self.access.audit.note(event, self.grant.name, self.address, role=self.grant.role, **facts)
