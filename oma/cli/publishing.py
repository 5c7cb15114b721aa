"""Composes what publishes the agents of a tmux server: alone, and as a task of the service."""

import os
import sys
from pathlib import Path

import attrs
import trio

from oma import __version__
from oma.cli.cli_context import CliContext
from oma.cli.fleet_engine import address_of, engine_at
from oma.cli.live import RunContext
from oma.config.fleet_section import NOWHERE, FleetSection
from oma.config.places import state_directory
from oma.errors import ConfigError, OmaError, ProtocolError
from oma.model.printable import printable
from oma.model.publication import HostDescription
from oma.model.published import read_host_name
from oma.runtime.clock import epoch_s
from oma.runtime.fleet.engine_address import EngineAddress
from oma.runtime.fleet.log_outbox import LogOutbox
from oma.runtime.fleet.log_publisher import LogPublisher
from oma.runtime.fleet.own_name import host_name, machine_id
from oma.runtime.fleet.publisher import Publisher


@attrs.frozen
class Publishing:
    """Publishes the agents of a run.

    Args:
        address: Of the engine.
        host: What this machine is called there.
        log: Whether the log is published, too.
    """

    address: EngineAddress
    host: str
    log: bool = False
    """The log is published, too: screens, and all that agents print."""

    async def publish(self, context: CliContext, live: RunContext) -> None:
        """Publish until the log ends.

        Raises:
            OmaError: Somebody else publishes under the name.
        """
        about = HostDescription(
            boot=int(epoch_s() * 1000),
            n=0,
            told=0,
            t=0.0,
            machine=machine_id(str(context.socket)),
            tmux=live.header.tmux or "",
            oma=__version__,
        )
        engine, host = engine_at(self.address), self.host
        publisher = Publisher(engine, about, host, live.store, live.clock.now_s, _say)
        if not self.log:
            await publisher.run()
            return
        outbox = LogOutbox(_outbox_directory(host, about.machine))
        log = LogPublisher(engine, host, live.header, live.store, about.boot, outbox, _say)
        taken: OmaError | None = None

        async def publish() -> None:
            nonlocal taken
            try:
                await publisher.run()
            except OmaError as error:
                taken = error
                nursery.cancel_scope.cancel()

        async with trio.open_nursery() as nursery:
            nursery.start_soon(publish)
            try:
                await log.run(publisher.is_ours)
            except OmaError as error:
                _say(str(error))
        if taken is not None:
            raise taken

    async def publish_beside(self, context: CliContext, live: RunContext) -> None:
        """Publish beside a service, which goes on where somebody else has the name; stderr says so."""
        try:
            await self.publish(context, live)
        except OmaError as error:
            _say(f"not published: {error}")


def _outbox_directory(host: str, machine: str) -> Path:
    """Return where the log waits of a host.

    Raises:
        OmaError: No directory for it is known.
    """
    state = state_directory(os.environ)
    if state is None:
        raise OmaError("no log is published: neither XDG_STATE_HOME nor HOME names a directory")
    return state / "outbox" / f"{host}-{machine}"


def publishing_of(
    url: str, name: str | None, options: FleetSection, *, log: bool | None = None
) -> Publishing:
    """Return what publishes at an address.

    Args:
        url: Of the engine.
        name: What this machine is called there; `None` for what the configuration says.
        options: The configuration.
        log: Whether the log is published, too; `None` for what the configuration says.

    Raises:
        ConfigError: The address or the name is none, or the extra is not installed.
    """
    chosen = name or (host_name() if options.name == NOWHERE else options.name)
    try:
        with_log = options.publish_log if log is None else log
        return Publishing(address_of(url), read_host_name(chosen), with_log)
    except ProtocolError:
        raise ConfigError(
            f"{chosen!r}: a host is called by letters, digits, '.', '_' and '-', at most 63"
        ) from None


def publish_task(options: FleetSection) -> Publishing | None:
    """Return what publishes beside a service; `None` where the configuration asks for none.

    Raises:
        ConfigError: As `publishing_of`.
    """
    return None if options.publish == NOWHERE else publishing_of(options.publish, None, options)


def _say(words: str) -> None:
    print(f"oma: {printable(words)}", file=sys.stderr)
