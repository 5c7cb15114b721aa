"""`oma why --pane`: why a pane is there, or went, and what was decided about its agent."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import trio

from oma.cli.cli_context import CliContext
from oma.cli.placements import decision_fields, decision_text, placement_json, placement_text
from oma.cli.printed_shapes import PaneDocument
from oma.errors import OmaError
from oma.model.events import PlacementDecided, Record, SessionOpened, SessionRenamed
from oma.model.ids import PaneId, SessionId
from oma.model.printable import printable
from oma.recording.files import open_recording
from oma.runtime.display.decision_log import agent_of
from oma.runtime.display.host_pane import find_host_pane
from oma.runtime.display.pane_reason import reason_of_pane


def explain_pane(
    context: CliContext, pane: PaneId, recording: str | None, *, as_json: bool
) -> None:
    """Explain a pane, from a recording or from what whoever tiles its window has kept.

    Raises:
        OmaError: There is no such pane, or nothing was decided about it.
    """
    if recording is not None:
        _then(Path(recording), pane, as_json=as_json)
    else:
        print(trio.run(_now, context, pane, as_json))


def _then(path: Path, pane: PaneId, *, as_json: bool) -> None:
    """Print what was decided about the pane, and about its agent before and after."""
    names: dict[SessionId, str] = {}
    with open_recording(path) as reader:
        records = tuple(reader)
        started_at = reader.header.started_at
    for record in records:
        if isinstance(record.event, SessionOpened | SessionRenamed):
            names[record.event.session] = record.event.name
    told = tuple(_about(records, pane))
    if not told:
        raise OmaError(f"nothing was decided about {pane} in {path}")
    for record, event in told:
        name = None if event.session is None else names.get(event.session)
        if as_json:
            print(placement_json(record, event, name))
        else:
            print(placement_text(record, event, name, started_at))


def _about(records: Iterable[Record], pane: PaneId) -> Iterable[tuple[Record, PlacementDecided]]:
    decided = [(r, r.event) for r in records if isinstance(r.event, PlacementDecided)]
    agents = {agent_of(event) for _, event in decided if event.pane == pane} - {None}
    return [
        (record, event)
        for record, event in decided
        if event.pane == pane or agent_of(event) in agents
    ]


async def _now(context: CliContext, pane: PaneId, as_json: bool) -> str:  # noqa: FBT001
    """Return what the pane is, and what whoever tiles its window has decided about it."""
    host = await find_host_pane(context.socket, "oma why --pane")
    known = await reason_of_pane(host, context.server, context.watched, pane)
    if as_json:
        told: PaneDocument = {
            "pane": pane,
            "window": known.window,
            "agent": known.agent,
            "reason": known.reason,
            "decisions": [{"at": n.at, **decision_fields(n.event, n.agent)} for n in known.notes],
        }
        return json.dumps(told)
    where = pane if known.window is None else f"{pane} in {known.window}"
    lines = [decision_text(datetime.fromisoformat(n.at), n.event, n.agent) for n in known.notes]
    return "\n".join([f"{where}: {printable(known.reason)}", *lines])
