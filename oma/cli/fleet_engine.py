"""The engine that carries what machines publish, whose library is an extra: imported when one is named."""

import importlib.util
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

import trio

from oma.cli.garbage import rarely_garbage
from oma.cli.option_values import RuleOptions
from oma.cli.recording_rules import read_rules
from oma.errors import ConfigError
from oma.recording.recording_format import Header
from oma.reducers.fleet import Fleet
from oma.runtime.fleet.engine_address import EngineAddress, parse_engine
from oma.runtime.fleet.engine_feed import EngineFeed
from oma.store.published_hosts import PublishedHosts
from oma.store.store import Store

if TYPE_CHECKING:
    from oma.runtime.fleet.engine import Engine

PACKAGE = "coredis"
"""Of the extra; without it there is no engine."""


def address_of(url: str) -> EngineAddress:
    """Return the engine that a URL names.

    Raises:
        ConfigError: It names none, or the extra is not installed.
    """
    address = parse_engine(url, os.environ)
    if importlib.util.find_spec(PACKAGE) is None:
        raise ConfigError("an engine needs the extra [fleet]: pip install 'oma-tmux[fleet]'")
    return address


def engine_at(address: EngineAddress) -> "Engine":
    """Return the engine at an address."""
    from oma.runtime.fleet.redis_engine import RedisEngine

    return RedisEngine(address)


def store_for(header: Header, clock: Callable[[], float]) -> Store:
    """Return a store that folds a log by the rules that its header carries.

    Raises:
        OmaError: They cannot be read.
    """
    rules, _ = read_rules(header, RuleOptions(), "its log")
    return Store(Fleet(rules), clock)


@asynccontextmanager
async def following_engine(
    address: EngineAddress, clock: Callable[[], float]
) -> AsyncIterator[PublishedHosts]:
    """Give the hosts that publish there, whose news comes until the block ends.

    Args:
        address: Of the engine.
        clock: Of all their times.
    """
    hosts = PublishedHosts(clock, address.words)
    feed = EngineFeed(engine_at(address), hosts, partial(store_for, clock=clock))
    with rarely_garbage():
        async with trio.open_nursery() as nursery:
            nursery.start_soon(feed.run)
            yield hosts
            nursery.cancel_scope.cancel()


async def look_at_engine(address: EngineAddress) -> PublishedHosts:
    """Return the hosts that publish there as they are now."""
    hosts = PublishedHosts(trio.current_time, address.words)
    feed = EngineFeed(engine_at(address), hosts)
    with rarely_garbage():
        async with trio.open_nursery() as nursery:
            nursery.start_soon(feed.run)
            await feed.stands.wait()
            nursery.cancel_scope.cancel()
    return hosts
