"""The composition of the web's face: its site, its socket, and the address it is opened with."""

import argparse
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import attrs
import trio

from oma import __version__
from oma.cli.context import CliContext
from oma.cli.controller import live_controller, proposals_of
from oma.cli.live import RunContext
from oma.cli.rules import read_rules
from oma.cli.web_links import login_address, session_file
from oma.cli.web_tokens import token_file
from oma.errors import ConfigError, OmaError
from oma.recording.format import Header
from oma.reducers.agent import Rules
from oma.runtime.agents.keyboard import PaneKeyboards
from oma.runtime.clock import epoch_s
from oma.runtime.display.session_view import view_flags
from oma.runtime.display.web_executor import WebExecutor
from oma.web.app import build_app
from oma.web.assets import read_assets
from oma.web.auth.address import Address, address_of, parse_origin
from oma.web.auth.audit import Audit
from oma.web.auth.login_throttle import LoginThrottle
from oma.web.auth.session_file import RunningServer
from oma.web.auth.sessions import Sessions
from oma.web.auth.tokens import TokenFile
from oma.web.context import WebContext
from oma.web.recordings import Recordings
from oma.web.send_filter import SendFilter
from oma.web.server import Certificate, Server, listen_tcp, listen_unix
from oma.web.streams.following import follow
from oma.web.streams.subscribers import Subscribers
from oma.web.terminal.terminals import Terminals

SWEEP_S = 1.0
"""How soon a token that another process took back is noticed."""


Told = Callable[[str], Awaitable[None]]


@attrs.define
class Serving:
    """The face of `oma web`.

    Args:
        context: What is watched.
        listening: Where people knock.
        place: Where it listens, as `oma web link` tells it from others.
        address: What they call it.
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
        """Serve until `ending` is set; `told` gets the address that logs the person in.

        Raises:
            OmaError: The tokens cannot be read.
        """
        site = self._site(live)
        site.restore_sessions()  # what is wrong with its file is said at the start
        site.save_sessions()
        server = Server(build_app(site, read_assets()), self.listening, self.certificate)
        closing = site.subscribers.closing
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_sweep, site)
                if site.terminals is not None:
                    nursery.start_soon(site.terminals.run)
                nursery.start_soon(site.feed.run)
                nursery.start_soon(follow, live.store, site.feed, site.logs)
                nursery.start_soon(told, self._invitation(site))
                nursery.start_soon(_set_after, ending, closing)
                await server.run(closing)
                nursery.cancel_scope.cancel()
        finally:
            with suppress(OmaError):  # what was kept last is at most a minute old
                site.save_sessions(runs=False)
            site.audit.close()

    async def show(self, live: RunContext, told: Told) -> None:
        """Serve until the run ends: the face of `oma web`."""
        ending = trio.Event()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_set_at_end, live, ending)
            try:
                await self.serve(live, told, ending)
            finally:
                live.scope.cancel()

    def _site(self, live: RunContext) -> WebContext:
        config, web = self.context.config, self.context.config.web
        desk = WebExecutor(
            live_controller(self.context, live),
            self.context.socket,
            view_flags(config.attach),
            web.terminal_command,
        )
        directory = Path(os.path.expanduser(web.recordings))
        return WebContext(
            store=live.store,
            began=datetime.fromisoformat(live.clock.started_at),
            now_s=epoch_s,
            address=self.address,
            sessions=Sessions(epoch_s, web.idle_seconds),
            tokens=self.tokens,
            session_file=session_file(),
            server=RunningServer(self.place, self.address.origins[0]),
            attempts=LoginThrottle(epoch_s),
            subscribers=Subscribers(web.max_streams, web.max_streams_each, epoch_s),
            audit=Audit(self.tokens.path.with_name("web-audit.jsonl"), epoch_s),
            desk=desk,
            recordings=Recordings(directory, _rules_of, epoch_s),
            prefix=config.dashboard.session_prefix,
            read_only=self.read_only,
            version=__version__,
            terminals=Terminals(
                live.store,
                PaneKeyboards(lambda: live.monitor.access),
                web.max_terminals,
                web.max_terminals_each,
            ),
            proposals=proposals_of(self.context, live),
            sending=self.sending,
            session_s=web.session_seconds,
            most_new=web.max_new_agents,
        )

    def _invitation(self, site: WebContext) -> str:
        return login_address(self.address.origins[0], site.sessions.invite(site.owner()))


def serving_for(context: CliContext, arguments: argparse.Namespace) -> Serving:
    """Return the face that the command line asks for; its socket listens already.

    Raises:
        ConfigError: An option is wrong, or nothing can listen there.
    """
    web = context.config.web
    tokens, sending = token_file(), SendFilter.of(web.send_allow, web.send_deny)
    certificate = _certificate(arguments)
    listening, address = _bound(arguments, certificate)
    return Serving(
        context=context,
        listening=listening,
        place=_place(arguments, listening),
        address=address,
        tokens=tokens,
        sending=sending,
        read_only=arguments.read_only,
        certificate=certificate,
    )


def _bound(
    arguments: argparse.Namespace, certificate: Certificate | None
) -> tuple[socket.socket, Address]:
    origins, proxied = tuple(arguments.origin), arguments.behind_proxy
    if arguments.unix is not None:
        known = tuple(map(parse_origin, origins)) or ("http://localhost",)
        return listen_unix(Path(arguments.unix)), Address(known, not proxied, proxied)
    host, tls = arguments.host, certificate is not None
    address_of(host, 1, origins, tls=tls, proxied=proxied)  # refused before anything listens
    listening = listen_tcp(host, arguments.port)
    port = listening.getsockname()[1]
    return listening, address_of(host, port, origins, tls=tls, proxied=proxied)


def _place(arguments: argparse.Namespace, listening: socket.socket) -> str:
    if arguments.unix is not None:
        return str(Path(arguments.unix).resolve())
    return f"{arguments.host.strip('[]')}:{listening.getsockname()[1]}"


def _certificate(arguments: argparse.Namespace) -> Certificate | None:
    if (arguments.certfile is None) != (arguments.keyfile is None):
        message = "--certfile and --keyfile go together; give both"
        raise ConfigError(message)
    if arguments.certfile is None:
        return None
    return Certificate(Path(arguments.certfile), Path(arguments.keyfile))


def _rules_of(header: Header, name: str) -> Rules:
    rules, _ = read_rules(header, argparse.Namespace(profile=None, profiles=None), name)
    return rules


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


async def _sweep(site: WebContext) -> None:
    """End what has expired or was revoked; nobody new is let in where that cannot be told."""
    while True:
        await trio.sleep(SWEEP_S)
        try:
            site.sweep()
        except OmaError:
            site.sessions.end(lambda login: login.grant.token is not None)
