"""`oma fleet`: what is done for all machines that publish on an engine."""

import argparse
import sys
from pathlib import Path

import attrs
import trio

from oma.cli.exit_codes import DONE
from oma.cli.fleet_engine import address_of, engine_at
from oma.cli.option_values import GlobalOptions
from oma.cli.stop_signals import run_with_signals
from oma.errors import ConfigError
from oma.model.printable import printable
from oma.runtime.fleet.log_archive import LogArchive


@attrs.frozen(kw_only=True)
class FleetOptions(GlobalOptions):
    """What is done, and for which machines."""

    action: str
    directory: str
    fleet: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma fleet`."""
    parser.add_argument("action", choices=("record",), help="keep the logs of all machines")
    parser.add_argument("directory", metavar="DIR", help="of the recordings")
    parser.add_argument("--fleet", metavar="URL", help="of the engine on which they publish")


def run(options: FleetOptions) -> int:
    """Keep the logs until interrupted; return the exit code.

    Raises:
        ConfigError: No engine is named, or what is named is none.
        OmaError: The directory cannot be made.
    """
    if options.fleet is None:
        raise ConfigError("of which machines? oma fleet record DIR --fleet URL")
    archive = LogArchive(engine_at(address_of(options.fleet)), Path(options.directory), _say)

    async def record() -> int:
        await archive.run()
        return DONE

    return trio.run(run_with_signals, record)


def _say(words: str) -> None:
    print(f"oma: {printable(words)}", file=sys.stderr)
