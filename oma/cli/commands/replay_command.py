"""`oma replay`: a recording in the dashboard, or its transitions and decisions as lines."""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from oma.cli.arguments import add_flag, add_rule_options
from oma.cli.exit_codes import DONE
from oma.cli.option_values import GlobalOptions, RuleOptions
from oma.cli.placements import placement_json, placement_text
from oma.cli.quantities import seconds, speed
from oma.cli.recording_rules import carried_rules, other_rules
from oma.cli.transition_lines import transition_json, transition_text
from oma.errors import RecordingError
from oma.model.events import PlacementDecided, Record, SessionOpened, SessionRenamed
from oma.model.ids import SessionId
from oma.model.printable import printable
from oma.model.wall_time import log_calendar
from oma.recording.files import STDIN, is_stream, open_recording
from oma.reducers.fleet import Fleet


@attrs.frozen(kw_only=True)
class ReplayOptions(GlobalOptions):
    """Which recording is shown, from when, how fast, and by which rules."""

    file: str
    ascii: bool = False
    json: bool = False
    speed: float | None = None
    """Print lines in time, so many times as fast; `None` prints them at once."""
    start_s: float = 0.0
    rules: RuleOptions = attrs.Factory(RuleOptions)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma replay`."""
    parser.add_argument("file", help="a recording, or a pipe that one comes through; - is stdin")
    add_flag(parser, "--ascii", "draw in ASCII")
    add_flag(parser, "--json", "lines for machines, as fast as possible")
    parser.add_argument(
        "--speed", type=speed, metavar="N", help="lines in time, N times as fast as it happened"
    )
    parser.add_argument(
        "--from", dest="start_s", type=seconds, default=0.0, metavar="T", help="begin at second T"
    )
    add_rule_options(parser, "take every agent to be of this kind")


def run(options: ReplayOptions) -> int:
    """Show a recording on a terminal; else, or when asked to, print its transitions."""
    path = Path(options.file)
    as_lines = options.json or options.speed is not None
    live = is_stream(path)
    if path == STDIN and sys.stdin.isatty():
        raise RecordingError("stdin is a terminal: expected a recording through a pipe")
    if not as_lines and sys.stdout.isatty() and (live or sys.stdin.isatty()):
        from oma.cli.replay_dashboard import show  # lines need no curses

        return show(path, options.rules, start_s=options.start_s, ascii_only=options.ascii)
    with open_recording(path, sys.stdout.fileno() if live else None) as reader:
        fleet = Fleet(carried_rules(reader.header, options.rules, str(path)))
        if rules := other_rules(options.rules):
            print(f"oma: judged by {printable(rules)}", file=sys.stderr)
        began_s = time.perf_counter()
        for t, line in _lines(fleet, reader, None if options.json else reader.header.started_at):
            if t < options.start_s:
                continue
            if options.speed is not None:
                _sleep_until(began_s + (t - options.start_s) / options.speed)
            print(line, flush=live or options.speed is not None)
        if reader.torn is not None:
            print(f"oma: {path}: {reader.torn}", file=sys.stderr)
    return DONE


def _lines(
    fleet: Fleet, records: Iterable[Record], started_at: str | None
) -> Iterator[tuple[float, str]]:
    """Fold records and yield the transitions and the decisions about panes, each with its time.

    Args:
        fleet: The fold.
        records: The log.
        started_at: When it began, for a user; `None` for JSON.
    """
    names: dict[SessionId, str] = {}
    wall_time = None if started_at is None else log_calendar(started_at)
    for record in records:
        for transition in (*fleet.advance(record.t), *fleet.fold(record)):
            yield (
                transition.t,
                transition_json(transition)
                if wall_time is None
                else transition_text(transition, wall_time),
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
