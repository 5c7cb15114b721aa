"""Transitions and agents as lines of output; everything that an agent wrote is made printable."""

import json

from oma.model.documents import transition_document
from oma.model.health import Transition, grounds
from oma.model.printable import printable
from oma.model.wall_time import WallTime

EVIDENCE_COLUMNS = 100
"""As much of the evidence as a line for a user shows."""


def transition_json(transition: Transition) -> str:
    """Return one JSON object in ASCII: safe for a terminal, whatever an agent wrote."""
    return json.dumps(transition_document(transition))


def transition_text(transition: Transition, wall_time: WallTime) -> str:
    """Return one line for a user, with the wall time of the change."""
    verdict = transition.verdict
    ending = verdict.ending
    until = "" if ending is None else wall_time.until(ending, transition.t)
    change = f"{transition.source or 'new'} → {verdict.health}"
    evidence = printable(verdict.evidence)
    if len(evidence) > EVIDENCE_COLUMNS:
        evidence = f"{evidence[: EVIDENCE_COLUMNS - 1]}…"
    why = grounds(verdict.reason, evidence, printable(until))
    name = printable(transition.agent)
    moment = wall_time.time_of_day(transition.t)
    return f"{moment}  {name:<20}  {change:<17}  {why}"


def ago(seconds: float) -> str:
    """Return how long ago something was, for a user: `now`, `12s`, `5m`, `3h`, `2d`."""
    if seconds < 1:
        return "now"
    for size, unit in ((86400, "d"), (3600, "h"), (60, "m")):
        if seconds >= size:
            return f"{int(seconds // size)}{unit}"
    return f"{int(seconds)}s"
