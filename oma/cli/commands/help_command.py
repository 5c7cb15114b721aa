"""`oma help`: what `oma COMMAND --help` prints."""

import argparse

import attrs

from oma.cli.command_table import command_parser, root_parser
from oma.cli.exit_codes import DONE, USAGE
from oma.cli.option_values import GlobalOptions


@attrs.frozen(kw_only=True)
class HelpOptions(GlobalOptions):
    """Of which subcommand; `None` for the list of all."""

    about: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma help`."""
    parser.add_argument("about", nargs="?", metavar="COMMAND")


def run(options: HelpOptions) -> int:
    """Print it; 2 where there is no such subcommand, which stderr says."""
    root = root_parser()
    try:
        parser = root if options.about is None else command_parser(root, options.about)
    except SystemExit:
        return USAGE
    parser.print_help()
    return DONE
