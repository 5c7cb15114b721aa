"""Who is watching, and who controls: told to everybody, so that nobody watches unseen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import attrs
import trio

from oma.model.ids import AgentId
from oma.model.state import AgentState
from oma.web.auth.login_sessions import LoginSession
from oma.web.request_error import RequestError


@attrs.define(eq=False)
class Subscription:
    """One open stream."""

    login: LoginSession
    agent: AgentState | None
    """The agent that it is about, as it was then; `None` for all of them."""
    since_s: float
    """In seconds since the epoch."""


@attrs.define
class Subscribers:
    """Everybody to whom a stream is open.

    Args:
        most: Streams that may be open at once.
        most_each: As `most`, of one login.
        now_s: Seconds since the epoch.
    """

    most: int
    most_each: int
    now_s: Callable[[], float]
    changed: Callable[[], None] = lambda: None
    """Called when an agent's viewers or controller are others than before."""
    open: list[Subscription] = attrs.Factory(list)
    closing: trio.Event = attrs.Factory(trio.Event)
    """Set when the server ends: every stream then ends itself."""
    _control: dict[AgentId, str] = attrs.Factory(dict)

    @contextmanager
    def subscribe(self, login: LoginSession, agent: AgentState | None) -> Iterator[Subscription]:
        """Count a stream while the block runs.

        Raises:
            RequestError: There are too many, or the server ends.
        """
        if self.closing.is_set():
            raise RequestError(503, "this server is ending")
        of_theirs = sum(each.login.grant.name == login.grant.name for each in self.open)
        if len(self.open) >= self.most or of_theirs >= self.most_each:
            most = self.most if len(self.open) >= self.most else self.most_each
            words = f"{most} streams are open, which is the limit: close one, or try later"
            raise RequestError(429, words)
        subscription = Subscription(login, agent, self.now_s())
        self.open.append(subscription)
        login.live += 1
        self.changed()
        try:
            yield subscription
        finally:
            self.open.remove(subscription)
            login.live -= 1
            login.seen_s = self.now_s()
            self.changed()

    def viewers(self, agent: AgentId) -> tuple[str, ...]:
        """Return the names of those who watch this agent, each once, the first to come first."""
        names = (
            each.login.grant.name for each in self.open if each.agent and each.agent.id == agent
        )
        return tuple(dict.fromkeys(names))

    def controller(self, agent: AgentId) -> str | None:
        """Return who types into this agent."""
        return self._control.get(agent)

    def control(self, agent: AgentId, name: str | None) -> None:
        """Take note of who types into this agent now; `None` for nobody."""
        if name is None:
            self._control.pop(agent, None)
        else:
            self._control[agent] = name
        self.changed()
