"""Which machines are meant by a command line, and the logs of all of them, followed while a block runs."""

import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

import trio

from oma.cli.fleet_engine import address_of, following_engine, store_for
from oma.config.schema import Config
from oma.errors import ConfigError
from oma.model.printable import printable
from oma.runtime.fleet.connection_turns import ConnectionTurns
from oma.runtime.fleet.engine_address import EngineAddress
from oma.runtime.fleet.host_feed import HostFeed
from oma.runtime.fleet.ssh_command import parse_hosts
from oma.store.fleets import Fleets
from oma.store.hosts_view import FleetNews, HostsView


def hosts_meant(config: Config, ssh: str | None) -> tuple[str, ...]:
    """Return the hosts that `--ssh` names, else those of the configuration.

    Raises:
        ConfigError: There is none, or one is no host.
    """
    if ssh is not None:
        return parse_hosts(ssh)
    if not config.fleet.hosts:
        raise ConfigError("--hosts: no [fleet] hosts in the configuration; --ssh HOST names some")
    return parse_hosts(",".join(config.fleet.hosts))


def follower_of(
    config: Config, ssh: str | None, fleet: str | None
) -> Callable[[Callable[[], float]], AbstractAsyncContextManager[HostsView]]:
    """Return what follows the hosts that a command line means while a block runs, by a clock.

    Args:
        config: The configuration.
        ssh: What `--ssh` names.
        fleet: The engine that `--fleet` names.

    Raises:
        ConfigError: There is none, or what is named is none.
    """
    if fleet is None:
        return partial(following_hosts, hosts_meant(config, ssh), config.fleet.command)
    return partial(following_engine, engine_meant(ssh, fleet))


def engine_meant(ssh: str | None, fleet: str) -> EngineAddress:
    """Return the engine that `--fleet` names.

    Raises:
        ConfigError: It names none, or there are other hosts besides.
    """
    if ssh is not None:
        raise ConfigError("--fleet and --ssh are two ways to see hosts: choose one")
    return address_of(fleet)


@asynccontextmanager
async def following_hosts(
    hosts: Sequence[str], oma: str, clock: Callable[[], float]
) -> AsyncIterator[Fleets]:
    """Give the hosts, whose logs come until the block ends; nothing of them is left then.

    Args:
        hosts: Their names.
        oma: What `oma` is called there.
        clock: Of all their times.
    """
    fleets = Fleets(clock, hosts)
    make_store = partial(store_for, clock=clock)
    turns = ConnectionTurns()
    async with trio.open_nursery() as nursery:
        for host in hosts:
            nursery.start_soon(HostFeed(host, oma, fleets, make_store, turns).run)
        yield fleets
        nursery.cancel_scope.cancel()


def say_link(news: FleetNews) -> None:
    """Say on stderr how a host is reached, where that has changed."""
    if (link := news.link) is not None:
        words = f": {link.words}" if link.words else ""
        print(f"oma: {printable(f'{link.host} {link.state}{words}')}", file=sys.stderr)
