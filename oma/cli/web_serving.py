"""The composition of `oma web`: its parts, its socket, and the address that logs the user in."""

import math
import os
import socket
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

import attrs
import trio

from oma import __version__
from oma.cli.agent_control import live_controller, proposals_of
from oma.cli.browser_push import browser_push
from oma.cli.cli_context import CliContext
from oma.cli.live import RunContext
from oma.cli.option_values import RuleOptions, ServeOptions
from oma.cli.recording_rules import read_rules
from oma.cli.summary_logs import recent_days
from oma.cli.web_links import login_address
from oma.cli.web_place import bound, certificate_of, place_of
from oma.cli.web_tokens import session_file, token_file
from oma.config.length_kind import length_s
from oma.config.web_section import WebSection
from oma.errors import OmaError
from oma.model.hosts import Link
from oma.model.wall_time import WallTime
from oma.recording.recording_format import Header
from oma.reducers.fleet import Fleet
from oma.runtime.agents.keyboard import PaneKeyboards
from oma.runtime.agents.pane_history import PaneHistory
from oma.runtime.clock import LogClock, epoch_s
from oma.runtime.display.session_view import view_flags
from oma.runtime.display.web_executor import WebExecutor
from oma.runtime.monitor.settling import LOOK_S, wait_settled
from oma.store.agent_log import AgentLog
from oma.store.history import History
from oma.web.api.context import WebContext, WebControl, WebView
from oma.web.api.upload_directory import UploadDirectory
from oma.web.app import build_app
from oma.web.assets import read_assets
from oma.web.auth.access import Access
from oma.web.auth.audit import Audit
from oma.web.auth.login_sessions import Sessions
from oma.web.auth.login_throttle import LoginThrottle
from oma.web.auth.send_filter import SendFilter
from oma.web.auth.session_file import RunningServer
from oma.web.auth.tokens import TokenFile
from oma.web.auth.web_address import Address
from oma.web.presenter.agent_presenter import AgentPresenter
from oma.web.presenter.recording_library import RecordingLibrary
from oma.web.presenter.statistics import Statistics
from oma.web.presenter.subscribers import Subscribers
from oma.web.server import Certificate, Server
from oma.web.streams.store_follower import follow
from oma.web.terminal.terminals import Terminals

SWEEP_S = 1.0
"""How soon a token that another process took back is noticed."""

BEGINS_WITHIN_S = 10.0
"""So long after the start a page is told of agents at the latest: an agent whose screen does not come holds up nobody."""

Told = Callable[[str], Awaitable[None]]


@attrs.define
class OmaWeb:
    """What `oma web` runs.

    Args:
        context: What is watched.
        listening: The socket that it accepts connections on.
        place: Where it listens, as `oma web link` tells it from others.
        address: How users reach it.
        tokens: Who may log in; the audit log stands beside them.
        sending: Which texts may be sent.
        read_only: Nobody may change anything.
        certificate: For TLS.
    """

    context: CliContext
    listening: socket.socket
    place: str
    address: Address
    tokens: TokenFile
    sending: SendFilter
    read_only: bool
    certificate: Certificate | None

    async def serve(self, live: RunContext, told: Told, ending: trio.Event) -> None:
        """Serve until `ending` is set; `told` gets the address that logs the user in.

        Raises:
            OmaError: The tokens cannot be read.
        """
        web = self._web(live)
        web.view.feed.begun = trio.Event()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_begin, live, web.view.feed.begun)
            await self.serve_page(web, told, ending)
            nursery.cancel_scope.cancel()

    async def serve_page(self, web: WebContext, told: Told, ending: trio.Event) -> None:
        """Serve agents, from wherever they are, until `ending` is set.

        Args:
            web: What is shown, and what acts.
            told: Gets the address that logs the user in.
            ending: Set when it is to end.

        Raises:
            OmaError: The tokens cannot be read.
        """
        access, view, terminals = web.access, web.view, web.control.terminals
        access.restore_sessions()  # what is wrong with its file is said at the start
        access.save_sessions()
        server = Server(build_app(web, read_assets()), self.listening, self.certificate)
        closing = view.presenter.subscribers.closing
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_sweep, access)
                if terminals is not None:
                    nursery.start_soon(terminals.run)
                nursery.start_soon(view.feed.run)
                nursery.start_soon(
                    follow, view.presenter.store, view.feed, view.logs, view.history
                )
                code = access.sessions.invite(access.owner())
                nursery.start_soon(told, login_address(self.address.url, code))
                nursery.start_soon(_set_after, ending, closing)
                await server.run(closing)
                nursery.cancel_scope.cancel()
        finally:
            with suppress(OmaError):  # what was kept last is at most a minute old
                access.save_sessions(runs=False)
            access.audit.close()

    async def show(self, live: RunContext, told: Told) -> None:
        """Serve until the run ends: what `oma web` does."""
        ending = trio.Event()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_set_at_end, live, ending)
            try:
                await self.serve(live, told, ending)
            finally:
                live.scope.cancel()

    def _web(self, live: RunContext) -> WebContext:
        statistics = Statistics(partial(recent_days, self.context), epoch_s)
        view = self.view(live.store, live.clock, statistics=statistics)
        return WebContext(self.access(), view, self._control(live, view.presenter.subscribers))

    def view(
        self,
        log: AgentLog,
        clock: LogClock,
        links: Callable[[], Mapping[str, Link]] = dict,
        statistics: Statistics | None = None,
    ) -> WebView:
        """Return what there is to show.

        Args:
            log: What is known of agents.
            clock: Of that log.
            links: How machines are reached.
            statistics: What was in the last days.
        """
        web = self.context.config.web
        began = datetime.fromisoformat(clock.started_at)
        presenter = AgentPresenter(
            log,
            lambda: WallTime(began, clock.sleeps),
            Subscribers(web.max_streams, web.max_streams_each, epoch_s),
            self.context.config.dashboard.session_prefix,
            links,
        )
        directory = Path(os.path.expanduser(web.recordings))
        recordings = RecordingLibrary(directory, _new_history, epoch_s)
        return WebView(presenter, recordings, __version__, statistics)

    def access(self) -> Access:
        """Return who may do what."""
        web = self.context.config.web
        return Access(
            now_s=epoch_s,
            address=self.address,
            sessions=Sessions(epoch_s, web.idle_seconds),
            tokens=self.tokens,
            session_file=session_file(),
            server=RunningServer(self.place, self.address.url),
            throttle=LoginThrottle(epoch_s),
            audit=Audit(self.tokens.path.with_name("web-audit.jsonl"), epoch_s),
            read_only=self.read_only,
            session_s=web.session_seconds,
        )

    def _control(self, live: RunContext, subscribers: Subscribers) -> WebControl:
        config, web = self.context.config, self.context.config.web
        terminals = Terminals(
            live.store,
            subscribers,
            PaneKeyboards(lambda: live.monitor.access),
            PaneHistory(self.context.server),
            web.max_terminals,
            web.max_terminals_each,
        )
        live.monitor.looked_at.append(lambda: terminals.watched)
        return WebControl(
            executor=WebExecutor(
                live_controller(self.context, live),
                self.context.socket,
                view_flags(config.attach),
                web.terminal_command,
            ),
            proposals=proposals_of(self.context, live),
            send_filter=self.sending,
            most_new=web.max_new_agents,
            quick_replies=web.quick_replies,
            uploads=_uploads(web),
            push=browser_push(self.context),
            terminals=terminals,
        )


def serving_for(context: CliContext, options: ServeOptions) -> OmaWeb:
    """Return what the command line asks for; its socket listens already.

    Raises:
        ConfigError: An option is wrong, or nothing can listen there.
    """
    web = context.config.web
    tokens, sending = token_file(), SendFilter.of(web.send_allow, web.send_deny)
    certificate = certificate_of(options)
    listening, address = bound(options, certificate)
    return OmaWeb(
        context=context,
        listening=listening,
        place=place_of(options, listening),
        address=address,
        tokens=tokens,
        sending=sending,
        read_only=options.read_only,
        certificate=certificate,
    )


def _uploads(web: WebSection) -> UploadDirectory | None:
    if web.uploads == "-":
        return None
    path = Path(os.path.expanduser(web.uploads)).absolute()
    keep_s = length_s(web.keep_uploads) or math.inf
    uploads = UploadDirectory(path, web.max_upload_bytes, web.max_uploads_bytes, keep_s)
    uploads.remove_old(epoch_s())
    return uploads


def _new_history(header: Header, name: str) -> History:
    rules, _ = read_rules(header, RuleOptions(), name)
    return History(Fleet(rules))


async def _begin(live: RunContext, begun: trio.Event) -> None:
    """Set the event when a page would not see agents come, and how they are change, in a moment."""
    with trio.move_on_after(BEGINS_WITHIN_S):
        await live.monitor.begun()
        await wait_settled(live.store, LOOK_S)
    begun.set()


async def _set_after(first: trio.Event, then: trio.Event) -> None:
    await first.wait()
    then.set()


async def _set_at_end(live: RunContext, ending: trio.Event) -> None:
    """Set the event at the first sign that the run ends; read the tail to its end."""
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_set_after, live.ending, ending)
        while await live.tail.receive():
            pass
        ending.set()
        nursery.cancel_scope.cancel()


async def _sweep(access: Access) -> None:
    """End what has expired or was revoked, and every token's login where that cannot be told."""
    while True:
        await trio.sleep(SWEEP_S)
        try:
            access.sweep()
        except OmaError:
            access.sessions.end(lambda login: login.grant.token is not None)
