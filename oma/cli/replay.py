"""`oma replay`: the transitions of a recording, as fast as possible or in time."""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from oma.cli.lines import transition_json, transition_text
from oma.cli.rules import carried_rules
from oma.errors import ConfigError
from oma.model.events import Record
from oma.model.health import Transition
from oma.recording.files import open_recording
from oma.reducers.fleet import Fleet


def run(arguments: argparse.Namespace) -> int:
    """Print the transitions of a recording."""
    if arguments.speed is not None and arguments.speed <= 0:
        message = f"--speed {arguments.speed}: expected a number greater than 0"
        raise ConfigError(message)
    path = Path(arguments.file)
    with open_recording(path) as reader:
        fleet = Fleet(carried_rules(reader.header, arguments, str(path)))
        began_s = time.perf_counter()
        for transition in transitions(fleet, reader):
            if transition.t < arguments.start_s:
                continue
            if arguments.speed is not None:
                due_s = began_s + (transition.t - arguments.start_s) / arguments.speed
                _sleep_until(due_s)
            print(
                transition_json(transition)
                if arguments.json
                else transition_text(transition, reader.header.started_at),
                flush=arguments.speed is not None,
            )
        if reader.torn is not None:
            print(f"oma: {path}: {reader.torn}", file=sys.stderr)
    return 0


def transitions(fleet: Fleet, records: Iterable[Record]) -> Iterator[Transition]:
    """Fold records and yield what they bring about, in order."""
    for record in records:
        yield from fleet.advance(record.t)
        yield from fleet.fold(record)


def _sleep_until(due_s: float) -> None:
    rest_s = due_s - time.perf_counter()
    if rest_s > 0:
        time.sleep(rest_s)  # noqa: TID251  # there is no loop to block
