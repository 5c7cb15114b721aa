"""`oma watch`: one line per transition, as it happens."""

import argparse

import attrs
import trio

from oma.cli.arguments import add_json, add_record
from oma.cli.cli_context import read_context
from oma.cli.live import Run, recording_for
from oma.cli.option_values import JsonOptions
from oma.cli.transition_printer import TransitionPrinter


@attrs.frozen(kw_only=True)
class WatchOptions(JsonOptions):
    """How changes are printed, and where they are recorded."""

    record: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma watch`."""
    add_json(parser)
    add_record(parser)


def run(options: WatchOptions) -> int:
    """Watch until interrupted."""
    context = read_context(options)
    watch = Run(
        context=context,
        frontend=TransitionPrinter(options.json, context).show,
        record=recording_for(options.record),
        uses_service=True,
    )
    return trio.run(watch.run)
