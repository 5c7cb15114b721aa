"""What `oma doctor --fleet` says of an engine, and of the machines that publish on it."""

import trio

from oma.cli.finding import Finding, warning
from oma.cli.fleet_engine import look_at_engine
from oma.model.hosts import LinkState
from oma.runtime.fleet.engine_address import EngineAddress
from oma.store.published_hosts import PublishedHosts

MOST_NAMED = 20
"""As many hosts have a line each."""


async def fleet_findings(address: EngineAddress) -> list[Finding]:
    """Ask the engine, and say what it holds."""
    began_s = trio.current_time()
    hosts = await look_at_engine(address)
    return engine_findings(hosts, trio.current_time() - began_s)


def engine_findings(hosts: PublishedHosts, took_s: float) -> list[Finding]:
    """Return what is to be said.

    Args:
        hosts: What the engine holds.
        took_s: How long it took to read it.
    """
    link = hosts.engine_link
    if not link.is_live:
        return [Finding("engine", ok=False, text=f"{hosts.engine}: {link.state}: {link.words}")]
    live = sum(host.link.is_live for host in hosts.hosts.values())
    agents = sum(len(host.agents) for host in hosts.hosts.values() if host.link.is_live)
    known = f"{live} of {len(hosts.hosts)} hosts live, {agents} agents, read in {took_s:.2f} s"
    lost = [
        warning("host", f"{name} {host.link.state}: {host.link.words}")
        for name, host in sorted(hosts.hosts.items())
        if host.link.state is LinkState.LOST
    ]
    more = len(lost) - MOST_NAMED
    return [
        Finding("engine", ok=True, text=f"{hosts.engine}: {known}"),
        *lost[:MOST_NAMED],
        *([warning("host", f"{more} more are lost")] if more > 0 else []),
    ]
