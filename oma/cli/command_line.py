"""Parses a command line: words in any order, what follows `--`, and words that are not known.

Where options and positional words may stand differs between the versions of `argparse`; what is
done here does not.
"""

import argparse
import re
from collections.abc import Sequence
from typing import NoReturn

_WITH_COMMAND = frozenset({"new", "pane"})
"""Subcommands whose words after `--` are the command line of another program."""

_NO_CHOICE = re.compile(r"invalid choice: '([^']*)'")
"""In a message of `argparse`, 3.11 to 3.14."""


class Parser(argparse.ArgumentParser):
    """A parser that names the nearest choice when a word is none of them."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and the message on stderr, and exit with 2."""
        import difflib  # for this alone

        unknown = _NO_CHOICE.search(message)
        near = unknown and difflib.get_close_matches(unknown[1], _choices(self), n=1)
        if unknown and near:
            message = f"{message[: unknown.end()]}; did you mean {near[0]!r}?"
        super().error(message)


def parse_arguments(parser: argparse.ArgumentParser, argv: Sequence[str]) -> argparse.Namespace:
    """Return what `argv` asks for.

    What follows `--` is the command of `new` or `pane`, as it stands. Before it, options and words
    may come in any order.

    Raises:
        SystemExit: Help or the version was printed (0), or `argv` asks for nothing known (2).
    """
    name = subcommand_of(parser, argv)
    if name not in _WITH_COMMAND:
        return parser.parse_args(argv)
    at = argv.index("--") if "--" in argv else len(argv)
    arguments, rest = parser.parse_known_args(argv[:at])
    # `argparse` takes words only up to the first option that follows one.
    words = [*arguments.command, *(word for word in rest if not word.startswith("-"))]
    unknown = [word for word in rest if word.startswith("-")]
    if unknown:
        parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    if name == "new" and arguments.name is None and words:
        arguments.name = words.pop(0)
    arguments.command = [*words, *argv[at + 1 :]]
    return arguments


def subcommand_of(parser: argparse.ArgumentParser, argv: Sequence[str]) -> str | None:
    """Return the first word of `argv` that is neither an option of `parser` nor its value.

    It may be no subcommand. `None` where there is no such word.
    """
    valued = {
        option
        for action in parser._actions  # noqa: SLF001  # argparse tells of them in no other way
        if action.nargs is None
        for option in action.option_strings
    }
    words = iter(argv)
    for word in words:
        if word == "--":
            break
        if not word.startswith("-"):
            return word
        if word in valued:
            next(words, None)
    return None


def _choices(parser: argparse.ArgumentParser) -> list[str]:
    return [
        str(choice)
        for action in parser._actions  # noqa: SLF001  # as above
        for choice in action.choices or ()
    ]
