"""Decisions about panes as lines of output."""

import json
from datetime import datetime, timedelta

from oma.cli.printed_shapes import DecisionDocument, PlacementDocument
from oma.model.events import PlacementDecided, Record
from oma.model.printable import printable
from oma.runtime.display.decision_log import agent_of


def placement_json(record: Record, event: PlacementDecided, name: str | None) -> str:
    """Return one JSON object in ASCII; `name` is the agent's, `None` for none or an unknown one."""
    told: PlacementDocument = {"t": record.t, "seq": record.seq, **decision_fields(event, name)}
    return json.dumps(told)


def decision_fields(event: PlacementDecided, name: str | None) -> DecisionDocument:
    """Return a decision for machines."""
    return {
        "placement": event.action,
        "agent": name,
        "id": agent_of(event),
        "session": event.session,
        "pane": event.pane,
        "window": event.window,
        "reason": event.reason,
    }


def placement_text(
    record: Record, event: PlacementDecided, name: str | None, started_at: str
) -> str:
    """Return one line for a user, with the wall time of the decision."""
    moment = datetime.fromisoformat(started_at) + timedelta(seconds=record.t)
    return decision_text(moment, event, name)


def decision_text(moment: datetime, event: PlacementDecided, name: str | None) -> str:
    """Return the same of a decision at a moment."""
    who = name or agent_of(event) or event.window
    pane = f"{event.pane}: " if event.pane is not None else ""
    return (
        f"{moment.astimezone():%H:%M:%S}  {printable(who):<20}  {printable(event.action):<17}  "
        f"{pane}{printable(event.reason)}"
    )
