"""The subcommands of the parser: each with a help of its own and the options of all."""

import argparse


class Subcommands:
    """Where subcommands are added.

    Args:
        parser: Of the whole command line.
        everywhere: Holds the options that each of them takes as well.
    """

    def __init__(
        self, parser: argparse.ArgumentParser, everywhere: argparse.ArgumentParser
    ) -> None:
        self._commands = parser.add_subparsers(
            dest="subcommand", metavar="COMMAND", title="commands"
        )
        self._everywhere = everywhere

    def add(self, name: str, about: str) -> argparse.ArgumentParser:
        """Return the parser of a new subcommand."""
        return self._commands.add_parser(
            name, help=about, description=about, parents=[self._everywhere]
        )
