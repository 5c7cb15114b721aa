"""`oma replay`: a recording in the dashboard, or its transitions and decisions as lines."""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from oma.cli.lines import transition_json, transition_text
from oma.cli.placements import placement_json, placement_text
from oma.cli.rules import carried_rules, other_rules
from oma.model.events import PlacementDecided, Record, SessionOpened, SessionRenamed
from oma.model.ids import SessionId
from oma.model.printable import printable
from oma.recording.files import open_recording
from oma.reducers.fleet import Fleet


def run(arguments: argparse.Namespace) -> int:
    """Show a recording on a terminal; else, or when asked to, print its transitions."""
    path = Path(arguments.file)
    as_lines = arguments.json or arguments.speed is not None
    if not as_lines and sys.stdin.isatty() and sys.stdout.isatty():
        from oma.cli.replay_dashboard import show  # lines need no curses

        return show(arguments, path)
    with open_recording(path) as reader:
        fleet = Fleet(carried_rules(reader.header, arguments, str(path)))
        if rules := other_rules(arguments):
            print(f"oma: judged by {printable(rules)}", file=sys.stderr)
        began_s = time.perf_counter()
        for t, line in _lines(fleet, reader, None if arguments.json else reader.header.started_at):
            if t < arguments.start_s:
                continue
            if arguments.speed is not None:
                _sleep_until(began_s + (t - arguments.start_s) / arguments.speed)
            print(line, flush=arguments.speed is not None)
        if reader.torn is not None:
            print(f"oma: {path}: {reader.torn}", file=sys.stderr)
    return 0


def _lines(
    fleet: Fleet, records: Iterable[Record], started_at: str | None
) -> Iterator[tuple[float, str]]:
    """Fold records and yield the transitions and the decisions about panes, each with its time.

    Args:
        fleet: The fold.
        records: The log.
        started_at: When it began, for a person; `None` for JSON.
    """
    names: dict[SessionId, str] = {}
    for record in records:
        for transition in (*fleet.advance(record.t), *fleet.fold(record)):
            yield (
                transition.t,
                transition_json(transition)
                if started_at is None
                else transition_text(transition, started_at),
            )
        match record.event:
            case SessionOpened(session, name) | SessionRenamed(session, name):
                names[session] = name
            case PlacementDecided(session=agent) as event:
                who = None if agent is None else names.get(agent)
                yield (
                    record.t,
                    placement_json(record, event, who)
                    if started_at is None
                    else placement_text(record, event, who, started_at),
                )
            case _:
                pass


def _sleep_until(due_s: float) -> None:
    rest_s = due_s - time.perf_counter()
    if rest_s > 0:
        time.sleep(rest_s)  # noqa: TID251  # there is no loop to block
