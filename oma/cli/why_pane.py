"""`oma why --pane`: why a pane is there, or went, and what was decided about its agent."""

import argparse
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import trio

from oma.cli.context import CliContext
from oma.cli.placements import (
    decision_fields,
    decision_text,
    placement_json,
    placement_text,
)
from oma.errors import OmaError
from oma.model.events import PlacementDecided, Record, SessionOpened, SessionRenamed
from oma.model.ids import PaneId, SessionId, parse_pane_id
from oma.model.printable import printable
from oma.recording.files import open_recording
from oma.runtime.agents.lookup import list_agents
from oma.runtime.display.decision_log import Note
from oma.runtime.display.host_pane import HostPane, find_host_pane
from oma.tmux.pane_mark import PaneRole
from oma.tmux.queries.window_panes import WindowPane


def run(context: CliContext, arguments: argparse.Namespace) -> int:
    """Explain a pane, from a recording or from what whoever tiles its window has kept.

    Raises:
        OmaError: There is no such pane, or nothing was decided about it.
    """
    pane = parse_pane_id(arguments.pane)
    if arguments.recording is not None:
        _then(Path(arguments.recording), pane, as_json=arguments.json)
    else:
        print(trio.run(_now, context, pane, arguments.json))
    return 0


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
        message = f"nothing was decided about {pane} in {path}"
        raise OmaError(message)
    for record, event in told:
        name = None if event.session is None else names.get(event.session)
        if as_json:
            print(placement_json(record, event, name))
        else:
            print(placement_text(record, event, name, started_at))


def _about(records: Iterable[Record], pane: PaneId) -> Iterable[tuple[Record, PlacementDecided]]:
    decided = [(r, r.event) for r in records if isinstance(r.event, PlacementDecided)]
    sessions = {event.session for _, event in decided if event.pane == pane} - {None}
    return [
        (record, event)
        for record, event in decided
        if event.pane == pane or event.session in sessions
    ]


async def _now(context: CliContext, pane: PaneId, as_json: bool) -> str:  # noqa: FBT001
    """Return what the pane is, and what whoever tiles its window has decided about it."""
    inside = await find_host_pane(context.socket, "oma why --pane")
    row = next((row for row in await inside.rows() if row.pane == pane), None)
    notes = _notes(inside, pane, row)
    if row is None and not notes:
        message = f"nothing is known of a pane {pane}; a recording may tell: --recording FILE"
        raise OmaError(message)
    what, name = "it is gone", notes[-1].agent if notes else None
    if row is not None:
        what, name = await _what(context, inside, row)
    if as_json:
        decisions = [{"at": n.at, **decision_fields(n.event, n.agent)} for n in notes]
        window = None if row is None else row.window
        told = {"pane": pane, "window": window, "agent": name, "reason": what}
        return json.dumps({**told, "decisions": decisions})
    where = pane if row is None else f"{pane} in {row.window}"
    lines = [decision_text(datetime.fromisoformat(n.at), n.event, n.agent) for n in notes]
    return "\n".join([f"{where}: {printable(what)}", *lines])


async def _what(context: CliContext, inside: HostPane, row: WindowPane) -> tuple[str, str | None]:
    """Return what a pane is, and the name of the agent that it shows."""
    if row.mark is None:
        return "oma did not make it", None
    main, session = row.mark.main, row.mark.session
    if row.mark.role is PaneRole.RIGHT:
        return f"the right pane of the dashboard in {main}", None
    agents = await list_agents(context.server, context.watched)
    name = next((name for name, panes in agents.items() if panes[0].session == session), session)
    shown = "a program that the person started" if session is None else f"the agent {name}"
    is_tiled = inside.seat(main).holder() is not None
    now = "" if is_tiled else "; nobody tiles around that now"
    return f"shows {shown} around {main}{now}", name


def _notes(inside: HostPane, pane: PaneId, row: WindowPane | None) -> tuple[Note, ...]:
    """Return the decisions about a pane, and about its agent before and after."""
    if row is None:
        journals = inside.seat(pane).journals()
    else:
        journals = () if row.mark is None else (inside.seat(row.mark.main).journal,)
    for journal in journals:
        notes = journal.notes()
        sessions = {note.event.session for note in notes if note.event.pane == pane} - {None}
        about = [n for n in notes if n.event.pane == pane or n.event.session in sessions]
        if about:
            return tuple(about)
    return ()
