"""`oma next` on several machines: the agent that needs the user, wherever it runs."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import trio

from oma.cli.cli_context import read_context
from oma.cli.exit_codes import DONE, FAILED
from oma.cli.hosts_status import HostStatus, ask_hosts, say_unreached
from oma.cli.option_values import HostOptions
from oma.errors import ConfigError, OmaError
from oma.model.attention import ORDER, URGENT
from oma.model.health import grounds
from oma.model.printable import printable
from oma.runtime.fleet.far_executor import FarExecutor

_RANK = {str(health): rank for rank, health in enumerate(ORDER) if health in URGENT}


def next_of_hosts(options: HostOptions, *, only_print: bool, client: str | None) -> int:
    """Attach to the agent that waits longest, or say which one it is; 1 where none waits or is stuck.

    Raises:
        ConfigError: The hosts are wrong, or a client is named: this terminal attaches.
        OmaError: This is no terminal.
    """
    if client is not None:
        raise ConfigError("--client is for agents of one machine")
    if not only_print and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise OmaError("no terminal to attach in; --print only says which agent it is")
    config = read_context(options).config
    found = ask_hosts(config, options.ssh, options.fleet)
    return trio.run(_next, found, config.fleet.command, only_print)


async def _next(found: Sequence[HostStatus], oma: str, only_print: bool) -> int:  # noqa: FBT001
    say_unreached(found)
    needing = [agent for status in found for agent in status.agents if agent["health"] in _RANK]
    if not needing:
        print("oma: no agent waits or is stuck", file=sys.stderr)
        return FAILED
    agent = min(needing, key=_need)
    if only_print:
        print(_line(agent))
        return DONE
    words = await FarExecutor.attach(agent["host"], oma, str(agent["id"]))
    if words:
        raise OmaError(words)
    return DONE


def _need(agent: Mapping[str, Any]) -> tuple[int, str]:
    """Return what sorts first who waits before who is stuck, and of them who does so longest."""
    return _RANK[agent["health"]], str(agent.get("since"))


def _line(agent: Mapping[str, Any]) -> str:
    dialog = agent.get("dialog") or {}
    about = dialog.get("question") or agent.get("evidence")
    why = grounds(str(agent.get("reason")), str(about))
    return printable(f"{agent['agent']}  {agent['health'].upper()}  {why}")
