"""`oma status`: one look at every agent."""

import argparse
import json
from datetime import datetime

import trio

from oma.cli.context import read_context, which_sessions
from oma.cli.lines import ago
from oma.cli.one_look import look_once
from oma.model.documents import agent_document
from oma.model.printable import printable
from oma.model.state import FleetState


def run(arguments: argparse.Namespace) -> int:
    """Print the agents, or that there are none, or that there is no server."""
    context = read_context(arguments)
    look = trio.run(look_once, context)
    state = look.store.state
    if arguments.json:
        print(json.dumps(_as_json(state, datetime.fromisoformat(look.started_at))))
    elif not state.has_server:
        print("no tmux server is running")
    elif not state.agents:
        ways = "'oma new' starts one, --match GLOB watches other sessions"
        print(f"no agents: there are no sessions {which_sessions(context)}; {ways}")
    else:
        _print_table(state)
    return 0


def _as_json(state: FleetState, began: datetime) -> dict[str, object]:
    return {
        "server": state.has_server,
        "tmux": state.tmux,
        "agents": [agent_document(agent, state.t, began) for agent in state.agents],
    }


def _print_table(state: FleetState) -> None:
    rows = [("AGENT", "HEALTH", "ACTIVE", "PROFILE", "WHY")]
    for agent in state.agents:
        verdict = agent.verdict
        why = f"{verdict.reason}: {printable(verdict.evidence)}"
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
