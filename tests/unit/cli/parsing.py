"""A command line, as the subcommand that it names gets it."""

from oma.cli.arguments import options_of
from oma.cli.command_line import parse_words, split_subcommand
from oma.cli.command_table import (
    DASHBOARD,
    command_parser,
    load_command,
    options_class,
    root_parser,
)


def parsed(*argv):
    """Return the options value of the words after `oma`."""
    root = root_parser()
    name, words = split_subcommand(root, argv)
    parser = root if name is None else command_parser(root, name)
    found = vars(parse_words(parser, words))
    return options_of(options_class(load_command(name or DASHBOARD)), found)
