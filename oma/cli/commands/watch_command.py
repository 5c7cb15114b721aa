"""`oma watch`: one line per transition, as it happens."""

import argparse

import attrs
import trio

from oma.cli.arguments import add_hosts, add_json, add_record
from oma.cli.cli_context import read_context
from oma.cli.garbage import no_garbage
from oma.cli.live import Run, recording_for
from oma.cli.option_values import HostOptions
from oma.cli.transition_printer import TransitionPrinter


@attrs.frozen(kw_only=True)
class WatchOptions(HostOptions):
    """How changes are printed, and where they are recorded."""

    json: bool = False
    record: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma watch`."""
    add_json(parser)
    add_record(parser)
    add_hosts(parser)


def run(options: WatchOptions) -> int:
    """Watch until interrupted.

    Raises:
        ConfigError: The hosts are wrong, or a recording of several is asked for.
    """
    if options.are_several:
        with no_garbage():
            from oma.cli.hosts_watch import watch_hosts  # of no use for one machine
        return watch_hosts(options, options.record, as_json=options.json)
    context = read_context(options)
    watch = Run(
        context=context,
        frontend=TransitionPrinter(options.json, context).show,
        record=recording_for(options.record),
        uses_service=True,
    )
    return trio.run(watch.run)
