"""`oma record`: JSON Lines until interrupted."""

import argparse
import sys

import trio

from oma.cli.context import read_context
from oma.cli.exit_codes import DONE
from oma.cli.live import Run, RunContext, recording_for
from oma.recording.files import RecordingFile
from oma.runtime.clock import recording_name


async def _show(live: RunContext) -> None:
    """Say nothing; a recording that fails is said by the run."""
    live.tail.only_transitions = True
    while await live.tail.receive():
        pass


def run(arguments: argparse.Namespace) -> int:
    """Record until interrupted, or for the duration given."""
    context = read_context(arguments)
    name = arguments.output or recording_name()
    if name == "-":
        file: RecordingFile | None = RecordingFile.over(sys.stdout.buffer, "stdout")
    else:
        file = recording_for(name)
        print(f"oma: recording to {name} until interrupted", file=sys.stderr)
    duration_s = float("inf") if arguments.duration is None else arguments.duration
    run = Run(
        context=context, frontend=_show, record=file, duration_s=duration_s, record_only=True
    )
    code = trio.run(run.run)
    # An interruption is how a recording is meant to end.
    return DONE if run.interrupted and not run.failed else code
