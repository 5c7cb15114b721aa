"""What a server is made of: all that its routes are given of the world."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Protocol

import attrs

from oma.errors import OmaError
from oma.model.ids import SessionId
from oma.model.intents import Act, NewAgent, Proposals, Refusal
from oma.model.state import AgentState
from oma.store.store import Store
from oma.web.auth.address import Address, is_loopback
from oma.web.auth.audit import Audit
from oma.web.auth.login_throttle import LoginThrottle
from oma.web.auth.roles import Permission, Principal, Role, denial_reason
from oma.web.auth.session_file import RunningServer, SessionFile
from oma.web.auth.sessions import Grant, LoginSession, Sessions
from oma.web.auth.tokens import TokenFile
from oma.web.presenter import Presenter
from oma.web.recordings import Recordings
from oma.web.request_error import RequestError
from oma.web.send_filter import SendFilter
from oma.web.streams.feed import Feed
from oma.web.streams.logs import Logs
from oma.web.streams.subscribers import Subscribers
from oma.web.terminal.terminals import Terminals

OWNER = "owner"
"""The name of whoever logs in by an address that `oma web` printed."""

SAVE_S = 60.0
"""How often it is written down when each session was used last."""

REFUSALS_A_MINUTE = 60
"""So many are written down; the others are counted. A stranger must not fill the disk."""


class Executor(Protocol):
    """Where acts go."""

    async def carry_out(self, act: Act) -> str:
        """Do what is asked; return one line that says how it went.

        Raises:
            OmaError: It could not be done.
        """

    async def refusal(self, new: NewAgent) -> Refusal | None:
        """Say what keeps an agent from being started."""

    async def open_terminal(self, session: SessionId) -> str:
        """Open the person's terminal program on the agent; return one line that says so.

        Raises:
            OmaError: It could not be done.
        """


@attrs.define
class WebContext:
    """One server and what it serves.

    Args:
        store: What there is to show.
        began: Wall time of the log's beginning.
        now_s: Seconds since the epoch.
        address: Where it is reached.
        sessions: Who is logged in.
        tokens: Who may log in.
        session_file: What lets logins outlive a restart.
        server: This one, as that file knows it.
        attempts: Who failed to.
        subscribers: Who watches.
        audit: Where it is written down who did what.
        desk: Where acts go.
        recordings: What can be played.
        prefix: Of the names of agents.
        read_only: Nobody may change anything.
        version: Of `oma`.
    """

    store: Store
    began: datetime
    now_s: Callable[[], float]
    address: Address
    sessions: Sessions
    tokens: TokenFile
    session_file: SessionFile
    server: RunningServer
    attempts: LoginThrottle
    subscribers: Subscribers
    audit: Audit
    desk: Executor
    recordings: Recordings
    prefix: str
    read_only: bool
    version: str
    proposals: Proposals = attrs.Factory(Proposals)
    """For a new agent."""
    sending: SendFilter = attrs.Factory(lambda: SendFilter.of((), ()))
    """Which texts may be sent."""
    session_s: float = 43_200.0
    """How long a login lasts, unless its token ends before."""
    most_new: int = 20
    """Agents that may be started here while the server runs."""
    terminals: Terminals | None = None
    """What agents' terminals can be had from."""
    views: Presenter = attrs.field(init=False)
    feed: Feed = attrs.field(init=False)
    logs: Logs = attrs.field(init=False, factory=Logs)
    _saved_s: float = 0.0
    _started: int = 0
    _minute: int = 0
    _refusals: int = 0
    _unwritten: int = 0

    @property
    def terminal(self) -> bool:
        """An agent's terminal can be had."""
        return self.terminals is not None

    @views.default
    def _views(self) -> Presenter:
        return Presenter(self.store, self.began, self.subscribers)

    @feed.default
    def _feed(self) -> Feed:
        feed = Feed(self.views)
        self.subscribers.changed = feed.touch
        return feed

    def known(self, name: str) -> AgentState | None:
        """Return the agent of that name, given with or without the prefix."""
        agents = {agent.name: agent for agent in self.store.state.agents}
        return agents.get(name) or agents.get(f"{self.prefix}{name}")

    def count_new(self) -> None:
        """Count an agent that is about to be started.

        Raises:
            RequestError: There were enough.
        """
        if self._started >= self.most_new:
            words = f"{self.most_new} agents were started here, which is the limit: see [web]"
            raise RequestError(429, words)
        self._started += 1

    def of_session(self, session: SessionId) -> AgentState | None:
        """Return the agent of that session."""
        return next((a for a in self.store.state.agents if a.session == session), None)

    def owner(self) -> Grant:
        """Return what whoever opens an address is given that `oma web` printed."""
        role = Role.VIEWER if self.read_only else Role.ADMIN
        return Grant(OWNER, role, self.now_s() + self.session_s)

    def redeem(self, code: str) -> str | None:
        """Use a code up and return the cookie of a new session; `None` for a code that is none.

        Raises:
            OmaError: The file of sessions cannot be read or written.
        """
        cookie = self.sessions.redeem(code)
        if cookie is None and self.session_file.take_link(self.server.place, code):
            cookie = self.sessions.enter(self.owner())
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
        """End what has expired, and what rests on a token that was taken back.

        Raises:
            OmaError: The tokens cannot be read.
        """
        self.sessions.sweep()
        valid = frozenset(token.sha256 for token in self.tokens.tokens())
        self.sessions.end(
            lambda v: v.grant.token is not None and v.grant.token_sha256 not in valid,
        )
        if self.now_s() >= self._saved_s + SAVE_S:
            self._saved_s = self.now_s()
            with suppress(OmaError):  # tried again, and said to whoever logs in or out
                self.save_sessions()

    def note_refusal(self, who: str, address: str, status: int, what: str) -> None:
        """Write down that somebody was not let, unless that has been done too often."""
        minute = int(self.now_s() // 60)
        if minute != self._minute:
            self._minute, self._refusals = minute, 0
        self._refusals += 1
        if self._refusals > REFUSALS_A_MINUTE:
            self._unwritten += 1
            return
        facts: dict[str, str | float | None] = {"status": status, "what": what}
        if self._unwritten:
            facts["unwritten"] = self._unwritten
            self._unwritten = 0
        self.audit.note("refused", who, address, **facts)


@attrs.frozen
class RequestContext:
    """Somebody who asks for something, as a route sees them."""

    site: WebContext
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
        return self.site.address.local and (self.address == "unix" or is_loopback(self.address))

    def require(self, permission: Permission, agent: str | None = None) -> None:
        """Go on only if they may do this.

        Raises:
            RequestError: They may not.
        """
        principal = Principal(self.grant.role, self.grant.agent, self.site.read_only)
        words = denial_reason(principal, permission, agent)
        if words:
            raise RequestError(403, words)

    def sees(self, name: str) -> bool:
        """Say whether the agent of this name is shown to them."""
        return self.grant.agent in {None, name}

    def agent(self, name: str, permission: Permission = Permission.READ) -> AgentState:
        """Return the agent of this name, given with or without the prefix, if they may do this.

        Raises:
            RequestError: There is none, or it is not for them.
        """
        found = self.site.known(name)
        if found is None or not self.sees(found.name):
            raise RequestError(404, f"no agent {name!r}: GET /api/agents lists them")
        self.require(permission, found.name)
        return found

    def note(self, event: str, agent: str | None = None, **facts: str | float | None) -> None:
        """Write down what they do, before it is done.

        Raises:
            OmaError: It cannot be written, and so must not be done.
        """
        if agent is not None:
            facts = {"agent": agent, **facts}
        self.site.audit.note(event, self.grant.name, self.address, role=self.grant.role, **facts)
