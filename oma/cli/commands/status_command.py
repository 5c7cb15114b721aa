"""`oma status`: one look at every agent."""

import argparse
import json
from datetime import datetime

import trio

from oma.cli.arguments import add_json
from oma.cli.cli_context import read_context, why_none
from oma.cli.one_look import look_once
from oma.cli.option_values import JsonOptions
from oma.cli.transition_lines import ago
from oma.model.documents import agent_document
from oma.model.printable import printable
from oma.model.state import FleetState
from oma.model.wall_time import WallTime


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma status`."""
    add_json(parser)


def run(options: JsonOptions) -> int:
    """Print the agents, or that there are none, or that there is no server."""
    context = read_context(options)
    look = trio.run(look_once, context)
    state = look.store.state
    if options.json:
        print(json.dumps(_as_json(state, datetime.fromisoformat(look.started_at))))
    elif not state.has_server:
        print("no tmux server is running")
    elif not state.agents:
        ways = "'oma new' starts one, --match GLOB watches sessions of other names"
        print(f"no agents: {why_none(context)}; {ways}")
    else:
        _print_table(state, WallTime(datetime.fromisoformat(look.started_at).astimezone()))
    return 0


def _as_json(state: FleetState, began: datetime) -> dict[str, object]:
    return {
        "server": state.has_server,
        "tmux": state.tmux,
        "agents": [agent_document(agent, state.t, began) for agent in state.agents],
    }


def _print_table(state: FleetState, wall_time: WallTime) -> None:
    rows = [("AGENT", "HEALTH", "ACTIVE", "PROFILE", "WHY")]
    for agent in state.agents:
        verdict = agent.verdict
        ends = "" if verdict.ending is None else f" {wall_time.until(verdict.ending, state.t)}"
        why = f"{verdict.reason}{printable(ends)}: {printable(verdict.evidence)}"
        rows.append(
            (
                printable(agent.name),
                verdict.health.upper(),
                ago(state.t - agent.active_s),
                agent.profile,
                why[:100],
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        print("  ".join([*cells, row[4]]).rstrip())
