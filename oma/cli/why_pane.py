"""`oma why --pane`: why a pane is there, or went, and what was decided about its agent."""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import trio

from oma.cli.layout import policy_of
from oma.cli.placements import placement_json, placement_text
from oma.cli.setting import Setting
from oma.errors import OmaError
from oma.model.events import PlacementDecided, Record, SessionOpened, SessionRenamed
from oma.model.ids import PaneId, SessionId, parse_pane_id
from oma.model.printable import printable
from oma.placement.decide import decide
from oma.placement.facts import Wanted
from oma.recording.files import open_recording
from oma.runtime.agents import list_agents
from oma.runtime.inside import Inside, look_inside
from oma.runtime.tiled_window import look_of


def run(setting: Setting, arguments: argparse.Namespace) -> int:
    """Explain a pane, from a recording or from what tmux says now.

    Raises:
        OmaError: There is no such pane, or nothing was decided about it.
    """
    pane = parse_pane_id(arguments.pane)
    if arguments.recording is not None:
        _then(Path(arguments.recording), pane, as_json=arguments.json)
    else:
        print(trio.run(_now, setting, pane, arguments.json))
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


async def _now(setting: Setting, pane: PaneId, as_json: bool) -> str:  # noqa: FBT001
    inside = await look_inside(setting.socket, "oma why --pane")
    rows = {row.pane: row for row in await inside.rows()}
    row = rows.get(pane)
    if row is None:
        message = f"there is no pane {pane} any more; ask a recording: --recording FILE"
        raise OmaError(message)
    reason = "oma did not make it"
    name = None
    if row.mark is not None:
        agents = await list_agents(setting.server, setting.watched)
        names = {panes[0].session: agent for agent, panes in agents.items()}
        session = row.mark.session
        name = None if session is None else names.get(session, session)
        shown = "a program that the person started" if session is None else f"the agent {name}"
        verdict = await _verdict(setting, inside, pane, row.mark.main, names)
        reason = f"shows {shown} around {row.mark.main}; {verdict}"
    if as_json:
        return json.dumps({"pane": pane, "window": row.window, "agent": name, "reason": reason})
    return f"{pane} in {row.window}: {printable(reason)}"


async def _verdict(
    setting: Setting,
    inside: Inside,
    pane: PaneId,
    main: PaneId,
    names: dict[SessionId, str],
) -> str:
    """Return what would be decided about the pane now."""
    look = look_of(await inside.rows(), main)
    if look is None:
        return f"{main} is gone"
    policy = policy_of(setting.config.layout)
    plan = decide(look.facts, [Wanted(session) for session in names], policy)
    for decision in plan.decisions:
        if decision.pane == pane:
            return f"{decision.action}: {decision.reason}"
    return "the person moved it here"
