"""Values as the browser gets them: objects in JSON, events of a stream. Pure."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from oma.model.documents import agent_document
from oma.model.state import AgentState
from oma.screen.styled import Run
from oma.web.streams.subscribers import Subscribers


def encode(value: object) -> bytes:
    """Return JSON in ASCII, whatever an agent wrote; what JSON has no number for is refused."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).encode()


def agent_object(
    agent: AgentState, t: float, began: datetime, subscribers: Subscribers
) -> dict[str, object]:
    """Return an agent as it is at `t`, in seconds of the log that began at `began`."""
    return {
        **agent_document(agent, t, began),
        "since_s": agent.verdict.since_s,
        "viewers": list(subscribers.viewers(agent.name)),
        "controlled_by": subscribers.controller(agent.name),
    }


def text_of(rows: Iterable[Iterable[Run]]) -> list[str]:
    """Return the rows of a screen as text, without looks and spaces at the end."""
    return ["".join(run.text for run in row).rstrip() for row in rows]


def iso(epoch_s: float) -> str:
    """Return a moment in seconds since the epoch as UTC: `2026-11-20T20:03:58Z`."""
    return datetime.fromtimestamp(epoch_s, UTC).isoformat(timespec="seconds")[:-6] + "Z"
