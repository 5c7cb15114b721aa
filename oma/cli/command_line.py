"""Parses a command line: options before and after the subcommand, words in any order, and `--`.

What stands before the name of a subcommand means what it means after it. `argparse` differs between
its versions in where options and words may stand; it is given the options first and the words after
`--`, which all versions understand alike.
"""

import argparse
import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple, NoReturn

from oma.cli.exit_codes import USAGE
from oma.model.nearest import nearest

PROGRAM = "command"
"""The positional argument that takes what follows `--` as it stands: the command of a program."""

_NO_CHOICE = re.compile(r"invalid choice: '([^']*)'")
"""In a message of `argparse`, 3.11 to 3.14."""

_NO_OPTION = re.compile(r"unrecognized arguments: (-\S+)")

_MOST_CHOICES = 20
"""More are the commands."""

_NUMBER = re.compile(r"-\d*\.?\d+")
"""A word for `argparse`, and no option."""


class Unmeasured(argparse.HelpFormatter):
    """Checks arguments as they are added. To ask how wide the terminal is imports four modules of compression."""

    def __init__(self, prog: str) -> None:
        """Make one for lines of 80 cells."""
        super().__init__(prog, width=80)


class Parser(argparse.ArgumentParser):
    """A parser that names the nearest word when one is unknown, and shows examples in its help."""

    example_of: str | None = None
    """The command whose examples its help ends with."""

    def format_usage(self) -> str:
        """Return the usage."""
        self.formatter_class = argparse.RawDescriptionHelpFormatter
        return super().format_usage()

    def format_help(self) -> str:
        """Return the help, with the examples of the command."""
        self.formatter_class = argparse.RawDescriptionHelpFormatter
        if self.example_of is not None:
            from oma.cli.examples import examples_text  # for this alone

            self.epilog = examples_text(self.example_of)
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """Print the message on stderr, and exit with 2; the usage too, unless one word is wrong."""
        told = self._with_nearest(message)
        if told == message:
            super().error(message)
        self.exit(USAGE, f"{self.prog}: error: {told}\n")

    def _with_nearest(self, message: str) -> str:
        if unknown := _NO_CHOICE.search(message):
            choices = [str(choice) for action in _actions(self) for choice in action.choices or ()]
            if near := nearest(unknown[1], choices):
                return f"{message[: unknown.end()]}; did you mean {near!r}?"
            if len(choices) > _MOST_CHOICES:
                return f"{message[: unknown.end()]}; 'oma help' lists them"
        elif unknown := _NO_OPTION.search(message):
            word = unknown[1].partition("=")[0]
            options = [name for action in _actions(self) for name in action.option_strings]
            if near := nearest(word, options):
                return f"unrecognized argument: {word}; did you mean {near}?"
        return message


def split_subcommand(
    parser: argparse.ArgumentParser, argv: Sequence[str]
) -> tuple[str | None, list[str]]:
    """Return the name of the subcommand and the rest of the command line, in order.

    The name is the first word that is neither an option of `parser` nor its value. It may be no
    subcommand; `None` where there is no such word.
    """
    options = _Options.of(parser)
    at = 0
    while at < len(argv) and options.is_option(argv[at]):
        at += 2 if options.takes_next(argv[at]) else 1
    before, rest = list(argv[:at]), list(argv[at:])
    if rest[:1] == ["--"]:
        del rest[0]
    return (rest[0], before + rest[1:]) if rest else (None, before)


def parse_words(parser: argparse.ArgumentParser, words: Sequence[str]) -> argparse.Namespace:
    """Return what the words ask for; options may come after positional arguments.

    Raises:
        SystemExit: Help or the version was printed (0), or the words ask for nothing known (2).
    """
    options = _Options.of(parser)
    at = words.index("--") if "--" in words else len(words)
    given, positional, rest = list[str](), list[str](), list(words[at + 1 :])
    remaining = deque(words[:at])
    while remaining:
        word = remaining.popleft()
        if not options.is_option(word):
            positional.append(word)
            continue
        given.append(word)
        may_take = word in options.optional and remaining and not options.is_option(remaining[0])
        if remaining and (options.takes_next(word) or may_take):
            given.append(remaining.popleft())
    runs_program = any(action.dest == PROGRAM for action in _actions(parser))
    if not runs_program:
        positional += rest
    found = parser.parse_args([*given, "--", *positional] if positional else given)
    if runs_program:
        setattr(found, PROGRAM, [*getattr(found, PROGRAM), *rest])
    return found


class _Options(NamedTuple):
    """The options of a parser: which words are one, and which take the next word as their value."""

    known: frozenset[str]
    valued: frozenset[str]
    optional: frozenset[str]
    """Those whose value may be left out: the next word is it, unless that is an option."""

    @classmethod
    def of(cls, parser: argparse.ArgumentParser) -> "_Options":
        known = {name: action for action in _actions(parser) for name in action.option_strings}
        valued = {name for name, action in known.items() if action.nargs is None}
        optional = {name for name, action in known.items() if action.nargs == "?"}
        return cls(frozenset(known), frozenset(valued), frozenset(optional))

    def is_option(self, word: str) -> bool:
        if word in {"-", "--"} or not word.startswith("-") or _NUMBER.fullmatch(word):
            return False
        return " " not in word or any(self._named(word))

    def takes_next(self, word: str) -> bool:
        if "=" in word or word in self.known:
            return word in self.valued
        if word.startswith("--"):
            return any(name in self.valued for name in self._named(word))
        # Letters that stand together: the first one that takes a value takes what follows it.
        ends = [n for n in range(1, len(word)) if f"-{word[n]}" in self.valued]
        return bool(ends) and ends[0] == len(word) - 1

    def _named(self, word: str) -> Iterator[str]:
        """Yield the options that the word may name: a long one may be abbreviated."""
        head = word.partition("=")[0] if word.startswith("--") else word[:2]
        return (name for name in self.known if name.startswith(head))


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return parser._actions  # noqa: SLF001  # argparse tells of them in no other way
