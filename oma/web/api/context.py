"""What the routes are given: who asks (access), what there is to show (view), what acts (control)."""

from collections.abc import Callable
from typing import Protocol

import attrs

from oma.model.ids import AgentId
from oma.model.intents import Act, NewAgent, Proposals, Refusal
from oma.model.state import AgentState
from oma.notify.push_subscription import PushSubscription
from oma.web.api.upload_directory import UploadDirectory
from oma.web.auth.access import Access, Caller
from oma.web.auth.roles import Permission
from oma.web.auth.send_filter import SendFilter
from oma.web.presenter.agent_history import AgentHistory
from oma.web.presenter.agent_presenter import AgentPresenter
from oma.web.presenter.recording_library import RecordingLibrary
from oma.web.presenter.statistics import Statistics
from oma.web.request_error import RequestError
from oma.web.streams.feed import Feed
from oma.web.streams.logs import Logs
from oma.web.terminal.terminals import Terminals


class ActExecutor(Protocol):
    """Carries out what somebody asked for."""

    async def carry_out(self, act: Act, by: str) -> str:
        """Do what somebody of this name asks for; return one line that says how it went.

        Raises:
            OmaError: It could not be done.
        """

    async def refusal(self, new: NewAgent) -> Refusal | None:
        """Say what keeps an agent from being started."""

    async def open_terminal(self, agent: AgentId, by: str) -> str:
        """Open the terminal program on the agent for somebody of this name; return one line that says so.

        Raises:
            OmaError: It could not be done.
        """


class Push(Protocol):
    """The browsers that take notifications; each method may raise an `OmaError` for its file."""

    @property
    def key(self) -> str:
        """What a browser that subscribes has to know, base64url."""

    def endpoint_problem(self, endpoint: str) -> str:
        """Return why nothing is sent to an endpoint; empty where it may be."""

    def subscriptions(self) -> tuple[PushSubscription, ...]:
        """Return those that are good still."""

    def add(self, subscription: PushSubscription) -> None:
        """Add a browser.

        Raises:
            NotifyError: Its keys are none.
        """

    def remove(self, which: Callable[[PushSubscription], bool]) -> bool:
        """Remove these; say whether there were any."""


@attrs.frozen
class WebView:
    """What there is to show.

    Args:
        presenter: Agents as they are now.
        recordings: What can be played.
        version: Of `oma`.
        statistics: What was in the last days; `None` where no history can be had.
    """

    presenter: AgentPresenter
    recordings: RecordingLibrary
    version: str
    statistics: Statistics | None = None
    feed: Feed = attrs.field(init=False)
    """What changes, for everybody who watches."""
    logs: Logs = attrs.field(init=False, factory=Logs)
    """What agents print, while somebody reads it."""

    history: AgentHistory = attrs.field(init=False)
    """What happened to each agent lately."""

    @history.default
    def _history(self) -> AgentHistory:
        return AgentHistory(self.presenter.store)

    @feed.default
    def _feed(self) -> Feed:
        feed = Feed(self.presenter)
        self.presenter.subscribers.changed = feed.touch
        return feed


@attrs.define
class WebControl:
    """What acts on agents.

    Args:
        executor: Carries out acts.
        proposals: For a new agent.
        send_filter: Which texts may be sent.
        most_new: Agents that may be started here while the server runs.
        terminals: Where agents' terminals can be had; `None` where they cannot.
        quick_replies: Messages that the page sends by one press.
        uploads: Where files for agents are stored; `None` where none is taken.
        notice: What users are to know of this server.
        push: The browsers that take notifications; `None` where they are told in no such way.
    """

    executor: ActExecutor
    proposals: Proposals = attrs.Factory(Proposals)
    send_filter: SendFilter = attrs.Factory(lambda: SendFilter.of((), ()))
    most_new: int = 20
    terminals: Terminals | None = None
    quick_replies: tuple[str, ...] = ()
    uploads: UploadDirectory | None = None
    notice: str = ""
    push: Push | None = None
    _started: int = 0

    def count_new(self) -> None:
        """Count an agent that is about to be started.

        Raises:
            RequestError: There were enough.
        """
        if self._started >= self.most_new:
            words = f"{self.most_new} agents were started here, which is the limit: see [web]"
            raise RequestError(429, words)
        self._started += 1


@attrs.frozen
class WebContext:
    """One server's parts."""

    access: Access
    view: WebView
    control: WebControl


@attrs.frozen
class RequestContext(Caller):
    """One request, as a route sees it: its caller, and what they are served."""

    view: WebView
    control: WebControl

    def agent(self, reference: str, permission: Permission = Permission.READ) -> AgentState:
        """Return the agent of this id or name, with or without the prefix, if they may do this.

        Raises:
            RequestError: There is none, or it is not for them.
        """
        found = self.view.presenter.known(reference)
        if found is None or not self.sees(found.lasting_name):
            raise RequestError(404, f"no agent {reference!r}: GET /api/agents lists them")
        self.require(permission, found.lasting_name)
        return found
