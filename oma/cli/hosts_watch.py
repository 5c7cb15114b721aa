"""`oma watch` on several machines: their changes in one stream."""

from collections import deque

import attrs
import trio

from oma.cli.cli_context import read_context
from oma.cli.exit_codes import DONE
from oma.cli.following_hosts import follower_of, say_link
from oma.cli.option_values import HostOptions
from oma.cli.stop_signals import run_with_signals
from oma.cli.transition_lines import transition_json, transition_text
from oma.errors import ConfigError
from oma.model.health import Transition
from oma.runtime.clock import start_clock
from oma.runtime.stdout import until_nobody_reads, write_stdout
from oma.store.hosts_view import FleetNews

_MOST_WAITING = 100_000
"""Transitions that are not printed yet; a reader that is so slow is no reader."""


@attrs.define
class _Waiting:
    """What is to be printed."""

    as_json: bool
    transitions: deque[Transition] = attrs.Factory(lambda: deque(maxlen=_MOST_WAITING))
    news: trio.Event = attrs.Factory(trio.Event)

    def take(self, news: FleetNews) -> None:
        if news.transitions:
            self.transitions += (news.own if self.as_json else ()) or news.transitions
            self.news.set()

    async def taken(self) -> list[Transition]:
        await self.news.wait()
        self.news = trio.Event()
        found = list(self.transitions)
        self.transitions.clear()
        return found


def watch_hosts(options: HostOptions, record: str | None, *, as_json: bool) -> int:
    """Print one line per change of any agent of the hosts, until interrupted; return the exit code.

    How hosts are reached is said on stderr.

    Raises:
        ConfigError: The hosts are wrong, or a recording is asked for.
    """
    config = read_context(options).config
    if record is not None:
        raise ConfigError("--record is for the agents of one machine: 'oma record' there")
    follow = follower_of(config, options.ssh, options.fleet)

    async def watch() -> int:
        clock, waiting = start_clock(), _Waiting(as_json)
        async with follow(clock.now_s) as hosts:
            hosts.told += (waiting.take, say_link)
            async with trio.open_nursery() as nursery:
                nursery.start_soon(until_nobody_reads)
                while True:
                    lines = [
                        transition_json(told)
                        if as_json
                        else transition_text(told, clock.wall_time())
                        for told in await waiting.taken()
                    ]
                    await write_stdout("".join(f"{line}\n" for line in lines))
        return DONE

    async def run() -> int:
        return await run_with_signals(watch)

    return trio.run(run)
