"""Composes what publishes the agents of a tmux server: alone, and as a task of the service."""

import sys

import attrs

from oma import __version__
from oma.cli.cli_context import CliContext
from oma.cli.fleet_engine import address_of, engine_at
from oma.cli.live import RunContext
from oma.config.fleet import NOWHERE, Fleet
from oma.errors import ConfigError, OmaError, ProtocolError
from oma.model.printable import printable
from oma.model.publication import HostDescription
from oma.model.published import read_host_name
from oma.runtime.clock import epoch_s
from oma.runtime.fleet.engine_address import EngineAddress
from oma.runtime.fleet.own_name import host_name, machine_id
from oma.runtime.fleet.publisher import Publisher


@attrs.frozen
class Publishing:
    """Publishes the agents of a run.

    Args:
        address: Of the engine.
        host: What this machine is called there.
    """

    address: EngineAddress
    host: str

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
        engine = engine_at(self.address)
        await Publisher(engine, about, self.host, live.store, live.clock.now_s, _say).run()

    async def publish_beside(self, context: CliContext, live: RunContext) -> None:
        """Publish beside a service, which goes on where somebody else has the name; stderr says so."""
        try:
            await self.publish(context, live)
        except OmaError as error:
            _say(f"not published: {error}")


def publishing_of(url: str, name: str | None, options: Fleet) -> Publishing:
    """Return what publishes at an address.

    Args:
        url: Of the engine.
        name: What this machine is called there; `None` for what the configuration says.
        options: The configuration.

    Raises:
        ConfigError: The address or the name is none, or the extra is not installed.
    """
    chosen = name or (host_name() if options.name == NOWHERE else options.name)
    try:
        return Publishing(address_of(url), read_host_name(chosen))
    except ProtocolError:
        raise ConfigError(
            f"{chosen!r}: a host is called by letters, digits, '.', '_' and '-', at most 63"
        ) from None


def publish_task(options: Fleet) -> Publishing | None:
    """Return what publishes beside a service; `None` where the configuration asks for none.

    Raises:
        ConfigError: As `publishing_of`.
    """
    return None if options.publish == NOWHERE else publishing_of(options.publish, None, options)


def _say(words: str) -> None:
    print(f"oma: {printable(words)}", file=sys.stderr)
