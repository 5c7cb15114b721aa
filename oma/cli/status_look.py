"""What `oma status` says: a document for machines, a table for users."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import trio

from oma.cli.cli_context import CliContext, read_context, why_none
from oma.cli.one_look import look_once
from oma.cli.option_values import JsonOptions
from oma.cli.transition_lines import ago
from oma.model.documents import agent_document
from oma.model.printable import printable
from oma.model.state import FleetState
from oma.model.wall_time import WallTime
from oma.tui.cells import cells, pad, shorten

WHY_CELLS = 100
"""As much of the grounds a row shows."""

StatusRow = tuple[str, str, str, str, str]
"""Of an agent: its name, its health, when it was active, its kind, and why it is judged so."""


def look(options: Mapping[str, Any]) -> str:
    """Return what one look tells, by the options of `oma status`.

    Raises:
        OmaError: An option is wrong, or tmux does not answer.
    """
    given = JsonOptions(**options)
    context = read_context(given)
    found = trio.run(look_once, context)
    state, began = found.store.state, datetime.fromisoformat(found.started_at)
    if given.json:
        return json.dumps(status_document(state, state.t, began))
    return status_text(state, state.t, WallTime(began.astimezone()), context)


def status_document(state: FleetState, t: float, began: datetime) -> dict[str, object]:
    """Return all agents as they are at `t`, in seconds of the log that began at `began`."""
    return {
        "server": state.has_server,
        "tmux": state.tmux,
        "agents": [agent_document(agent, t, began) for agent in state.agents],
    }


def status_text(state: FleetState, t: float, wall_time: WallTime, context: CliContext) -> str:
    """Return the agents as a table, or that there are none, or that there is no server."""
    if not state.has_server:
        return "no tmux server is running"
    if not state.agents:
        ways = "'oma new' starts one, --match GLOB watches sessions of other names"
        return f"no agents: {why_none(context)}; {ways}"
    rows: list[StatusRow] = []
    for agent in state.agents:
        verdict = agent.verdict
        ends = "" if verdict.ending is None else f" {wall_time.until(verdict.ending, t)}"
        why = f"{verdict.reason}{printable(ends)}: {printable(verdict.evidence)}"
        rows.append(
            (
                printable(agent.name),
                verdict.health.upper(),
                ago(t - agent.active_s),
                agent.profile,
                shorten(why, WHY_CELLS),
            )
        )
    return status_table(rows)


def status_table(rows: Iterable[StatusRow]) -> str:
    """Return rows below their headings; every cell is printable."""
    rows = [("AGENT", "HEALTH", "ACTIVE", "PROFILE", "WHY"), *rows]
    widths = [max(cells(row[column]) for row in rows) for column in range(4)]
    padded = [[pad(cell, width) for cell, width in zip(row, widths, strict=False)] for row in rows]
    return "\n".join(
        "  ".join([*line, row[4]]).rstrip() for line, row in zip(padded, rows, strict=True)
    )
