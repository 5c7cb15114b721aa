"""The composition of the web's face: its site, its socket, and the address it is opened with."""

import argparse
import os
import socket
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import attrs
import trio

from oma import __version__
from oma.cli.acting import actor_for
from oma.cli.live import Live
from oma.cli.setting import Setting
from oma.config.load import state_directory
from oma.errors import ConfigError
from oma.runtime.clock import epoch_s
from oma.runtime.keyboard import PaneKeyboards
from oma.runtime.view import view_flags
from oma.runtime.web_desk import WebDesk
from oma.web.address import Address, address_of, parse_origin
from oma.web.app import build_app
from oma.web.attempts import Attempts
from oma.web.audience import Audience
from oma.web.audit import Audit
from oma.web.following import follow
from oma.web.roles import Role
from oma.web.server import Certificate, Server, listen_tcp, listen_unix
from oma.web.sessions import SESSION_S, Grant, Sessions
from oma.web.site import Site
from oma.web.terminal.terminals import Terminals
from oma.web.tokens import TokenFile

OWNER = "owner"
"""The name of whoever opens the address that is printed at the start."""

SWEEP_S = 1.0
"""How soon a token that another process took back is noticed."""


@attrs.define
class Serving:
    """The face of `oma web`.

    Args:
        setting: What is watched.
        listening: Where people knock.
        address: What they call it.
        state: The directory of tokens and audit log.
        read_only: Nobody may change anything.
        certificate: For TLS.
        told: Tells the person a line.
    """

    setting: Setting
    listening: socket.socket
    address: Address
    state: Path
    read_only: bool
    certificate: Certificate | None
    told: Callable[[str], None]

    async def show(self, live: Live) -> None:
        """Serve until the run ends."""
        site = self.site(live)
        closing = trio.Event()
        server = Server(build_app(site), self.listening, self.certificate)
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_end, live, site.audience, closing)
                nursery.start_soon(_sweep, site)
                if site.terminals is not None:
                    nursery.start_soon(site.terminals.run)
                nursery.start_soon(site.feed.run)
                nursery.start_soon(follow, live.store, site.feed, site.logs)
                self.told(f"open {self._invitation(site)}")
                await server.run(closing)
                nursery.cancel_scope.cancel()
        finally:
            site.audit.close()
            live.scope.cancel()

    def site(self, live: Live) -> Site:
        """Return what is served."""
        config = self.setting.config
        return Site(
            store=live.store,
            began=datetime.fromisoformat(live.clock.started_at),
            now_s=epoch_s,
            address=self.address,
            sessions=Sessions(epoch_s),
            tokens=TokenFile(self.state / "web-tokens.json", epoch_s),
            attempts=Attempts(epoch_s),
            audience=Audience(64, epoch_s),
            audit=Audit(self.state / "web-audit.jsonl", epoch_s),
            desk=WebDesk(
                actor_for(self.setting, live),
                self.setting.socket,
                view_flags(config.attach),
                ("x-terminal-emulator", "-e"),
            ),
            prefix=config.dashboard.session_prefix,
            read_only=self.read_only,
            version=__version__,
            terminals=Terminals(live.store, PaneKeyboards(lambda: live.monitor.access)),
        )

    def _invitation(self, site: Site) -> str:
        role = Role.VIEWER if self.read_only else Role.ADMIN
        code = site.sessions.invite(Grant(OWNER, role, epoch_s() + SESSION_S))
        return f"{self.address.origins[0]}/login?code={code}"


def serving_for(setting: Setting, arguments: argparse.Namespace) -> Serving:
    """Return the face that the command line asks for; its socket listens already.

    Raises:
        ConfigError: An option is wrong, or nothing can listen there.
    """
    state = state_directory(os.environ)
    if state is None:
        message = "HOME is not set: set it, or XDG_STATE_HOME, to keep tokens and the audit log"
        raise ConfigError(message)
    certificate = _certificate(arguments)
    listening, address = _bound(arguments, certificate)
    return Serving(
        setting=setting,
        listening=listening,
        address=address,
        state=state,
        read_only=arguments.read_only,
        certificate=certificate,
        told=lambda words: print(words, file=sys.stdout, flush=True),
    )


def _bound(
    arguments: argparse.Namespace, certificate: Certificate | None
) -> tuple[socket.socket, Address]:
    origins = tuple(arguments.origin)
    if arguments.unix is not None:
        known = tuple(parse_origin(origin) for origin in origins)
        address = Address(
            known or ("http://localhost",),
            local=not arguments.behind_proxy,
            proxied=arguments.behind_proxy,
        )
        return listen_unix(Path(arguments.unix)), address
    host, tls = arguments.host, certificate is not None
    proxied = arguments.behind_proxy
    address_of(host, 1, origins, tls=tls, proxied=proxied)  # refused before anything listens
    listening = listen_tcp(host, arguments.port)
    port = listening.getsockname()[1]
    return listening, address_of(host, port, origins, tls=tls, proxied=proxied)


def _certificate(arguments: argparse.Namespace) -> Certificate | None:
    if (arguments.certfile is None) != (arguments.keyfile is None):
        message = "--certfile and --keyfile go together; give both"
        raise ConfigError(message)
    if arguments.certfile is None:
        return None
    return Certificate(Path(arguments.certfile), Path(arguments.keyfile))


async def _end(live: Live, audience: Audience, closing: trio.Event) -> None:
    """Have everything closed when the run ends."""
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_drain, live, nursery.cancel_scope)
        await live.ending.wait()
        nursery.cancel_scope.cancel()
    audience.closing.set()
    closing.set()


async def _drain(live: Live, scope: trio.CancelScope) -> None:
    while await live.tail.receive():
        pass
    scope.cancel()


async def _sweep(site: Site) -> None:
    """End what has expired or was revoked."""
    while True:
        await trio.sleep(SWEEP_S)
        site.sweep()
