"""`oma status` on several machines: each looks at its own agents, at the same time."""

import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import attrs
import trio

from oma.cli.exit_codes import DONE, FAILED
from oma.cli.fleet_engine import look_at_engine
from oma.cli.following_hosts import engine_meant, hosts_meant
from oma.cli.output import shows_colours
from oma.cli.status_format import StatusFormat
from oma.cli.status_look import Layout, StatusRow, status_table
from oma.cli.transition_lines import ago
from oma.config.load import load_config
from oma.config.places import find_path
from oma.config.schema import Config
from oma.model.documents import agent_document
from oma.model.health import grounds
from oma.model.hosts import LinkState
from oma.model.printable import printable
from oma.model.wall_time import WallTime
from oma.runtime.clock import wall_time
from oma.runtime.fleet.connection_turns import ConnectionTurns
from oma.runtime.fleet.engine_address import EngineAddress
from oma.runtime.fleet.far_command import run_far


@attrs.frozen
class HostStatus:
    """What one host said."""

    host: str
    agents: tuple[dict[str, Any], ...] = ()
    """As `oma status --json` there has them."""
    words: str = ""
    """Why it said nothing; empty if it did."""


def hosts_status(
    config_file: str | None,
    ssh: str | None,
    fleet: str | None = None,
    *,
    as_json: bool,
    template: str | None = None,
) -> int:
    """Print the agents of all hosts; 1 where one was not reached, which stderr says.

    Raises:
        ConfigError: The configuration, the hosts or the template are wrong.
    """
    form = None if template is None else StatusFormat.of(template)
    config = load_config(find_path(os.environ, config_file))
    found = ask_hosts(config, ssh, fleet)
    hosts = [status.host for status in found]
    unreached = say_unreached(found)
    agents = [agent for status in found for agent in status.agents]
    if as_json:
        lost = {status.host: status.words for status in unreached}
        told = {"hosts": hosts, "unreached": lost, "agents": agents}  # a `HostsStatusDocument`
        print(json.dumps(told))
    elif form is not None:
        for agent in agents:
            print(form.line(agent))
    elif agents:
        columns = (
            os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else None
        )
        print(status_table(map(_row, agents), Layout(columns, shows_colours())))
    else:
        print("no agents")
    return FAILED if unreached else DONE


def ask_hosts(config: Config, ssh: str | None, fleet: str | None) -> list[HostStatus]:
    """Return what the hosts say that a command line means.

    Raises:
        ConfigError: There is none, or what is named is none.
    """
    if fleet is not None:
        return trio.run(ask_engine, engine_meant(ssh, fleet))
    return trio.run(ask_all, hosts_meant(config, ssh), config.fleet.command)


async def ask_engine(engine: EngineAddress) -> list[HostStatus]:
    """Return what all hosts have published last; one that is not reached, or the engine, says why."""
    now, hosts = wall_time(), await look_at_engine(engine)
    link, t = hosts.engine_link, hosts.clock()
    if not link.is_live:
        return [HostStatus(link.host, words=f"{link.state}: {link.words}")]
    began = WallTime(datetime.fromisoformat(now) - timedelta(seconds=t))
    return [
        HostStatus(name, words=host.link.words or str(host.link.state))
        if host.link.state is LinkState.LOST
        else HostStatus(
            name,
            tuple(
                _of_host(name, dict(agent_document(agent, t, began)))
                for agent in host.ours
                if host.link.is_live
            ),
        )
        for name, host in sorted(hosts.hosts.items())
    ]


def say_unreached(found: Sequence[HostStatus]) -> list[HostStatus]:
    """Say on stderr which hosts were not reached, and return what is known of them."""
    unreached = [status for status in found if status.words]
    for status in unreached:
        print(f"oma: {printable(f'{status.host}: {status.words}')}", file=sys.stderr)
    return unreached


async def ask_all(hosts: Sequence[str], oma: str) -> list[HostStatus]:
    """Ask each host for its agents; return what they say in the order of the hosts."""
    found: dict[str, HostStatus] = {}
    turns = ConnectionTurns()

    async def ask(host: str) -> None:
        with await turns.take():
            found[host] = await _ask(host, oma)

    async with trio.open_nursery() as nursery:
        for host in hosts:
            nursery.start_soon(ask, host)
    return [found[host] for host in hosts]


async def _ask(host: str, oma: str) -> HostStatus:
    answer = await run_far(host, oma, ["status", "--json"])
    if answer.words:
        return HostStatus(host, words=answer.words)
    try:
        return HostStatus(host, tuple(_of_host(host, each) for each in _agents(answer.said)))
    except (ValueError, TypeError, KeyError):
        return HostStatus(host, words="what it says cannot be read: another version of oma?")


def _agents(said: bytes) -> list[dict[str, Any]]:
    # The last line: a shell may say before what it says to all.
    agents: list[dict[str, Any]] = json.loads(said.strip().rpartition(b"\n")[2])["agents"]
    return agents


def _of_host(host: str, agent: dict[str, Any]) -> dict[str, Any]:
    """Return an agent as one of the agents of all hosts."""
    return agent | {"agent": f"{host}/{agent['agent']}", "host": host}


def _row(agent: dict[str, Any]) -> StatusRow:
    idle_s, until = agent.get("idle_s"), agent.get("until") or {}
    why = grounds(
        str(agent.get("reason")), str(agent.get("evidence")), str(until.get("text") or "")
    )
    return (
        printable(str(agent["agent"])),
        printable(str(agent.get("health"))).upper(),
        "-" if idle_s is None else ago(float(idle_s)),
        printable(str(agent.get("profile"))),
        printable(why),
    )
