"""`oma record`: JSON Lines until interrupted, or for a while."""

import argparse
import math
import sys
from pathlib import Path

import attrs
import trio

from oma.cli.arguments import add_duration
from oma.cli.cli_context import read_context
from oma.cli.exit_codes import DONE
from oma.cli.live import Run, RunContext
from oma.cli.option_values import GlobalOptions
from oma.recording.files import RecordingFile
from oma.runtime.clock import recording_name
from oma.runtime.stdout import until_nobody_reads


@attrs.frozen(kw_only=True)
class RecordOptions(GlobalOptions):
    """Where the recording goes, and how long it is."""

    output: str | None = None
    duration: float = float("inf")


async def _show(live: RunContext) -> None:
    """Say nothing; a recording that fails is said by the run."""
    live.tail.only_transitions = True
    while await live.tail.receive():
        pass


async def _show_reader(live: RunContext) -> None:
    """The same while somebody reads.

    Raises:
        BrokenPipeError: Nobody reads any more.
    """
    async with trio.open_nursery() as nursery:
        nursery.start_soon(until_nobody_reads)
        await _show(live)
        nursery.cancel_scope.cancel()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma record`."""
    parser.add_argument(
        "-o", dest="output", metavar="FILE", help="JSON Lines; .gz and .zst compress; - is stdout"
    )
    add_duration(parser)


def _how_long(duration_s: float) -> str:
    return "until interrupted" if math.isinf(duration_s) else f"for {duration_s:g} s"


def run(options: RecordOptions) -> int:
    """Record until interrupted, or for the duration given."""
    context = read_context(options)
    name = options.output
    if name == "-":
        file = RecordingFile.over(sys.stdout.buffer, "stdout")
    else:
        if name is None:
            file, path = RecordingFile.create_numbered(Path(recording_name()))
        else:
            path = Path(name)
            file = RecordingFile.create(path)
        print(f"oma: recording to {path} {_how_long(options.duration)}", file=sys.stderr)
    run = Run(
        context=context,
        frontend=_show_reader if name == "-" else _show,
        record=file,
        record_to_pipe=name == "-",
        duration_s=options.duration,
        record_only=True,
        uses_service=True,
    )
    code = trio.run(run.run)
    # An interruption is how a recording is meant to end.
    return DONE if run.interrupted and not run.failed else code
