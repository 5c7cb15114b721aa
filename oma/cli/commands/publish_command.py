"""`oma publish`: let others see the agents of this machine, on an engine that carries them."""

import argparse
import sys

import attrs
import trio

from oma.cli.arguments import add_flag, add_record
from oma.cli.cli_context import read_context
from oma.cli.live import Run, recording_for
from oma.cli.option_values import GlobalOptions
from oma.cli.publishing import publishing_of
from oma.cli.service_frontend import ServiceFrontend
from oma.config.fleet_section import NOWHERE
from oma.errors import ConfigError
from oma.runtime.display.own_sessions import OWN_SESSIONS


@attrs.frozen(kw_only=True)
class PublishOptions(GlobalOptions):
    """Where it is published, and under which name."""

    url: str | None = None
    """`None` is that of the configuration."""
    name: str | None = None
    log: bool = False
    record: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma publish`."""
    parser.add_argument(
        "url",
        nargs="?",
        metavar="URL",
        help="of Valkey or Redis: rediss://[USER@]HOST[:PORT], redis:// on this machine, unix:///PATH",
    )
    parser.add_argument("--name", metavar="HOST", help="what this machine is called there")
    add_flag(parser, "--log", "publish the log, too: screens, and all that agents print")
    add_record(parser)


def run(options: PublishOptions) -> int:
    """Publish until interrupted.

    Raises:
        ConfigError: No engine is named, or what is named is none.
        OmaError: Somebody else publishes under the name.
    """
    context = attrs.evolve(read_context(options), exclude=OWN_SESSIONS)
    fleet = context.config.fleet
    url = options.url or fleet.publish
    if url == NOWHERE:
        raise ConfigError(
            "publish where? oma publish URL, or [fleet] publish in the configuration"
        )
    publishing = publishing_of(url, options.name, fleet, log=options.log or None)
    run = Run(
        context=context,
        frontend=ServiceFrontend(context, (publishing.publish,)).show,
        record=recording_for(options.record),
        uses_service=True,
    )
    name, words = publishing.host, publishing.address.words
    print(f"oma: publishing as {name} at {words} until interrupted", file=sys.stderr)
    return trio.run(run.run)
