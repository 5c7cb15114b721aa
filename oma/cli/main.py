"""Reads the command line, runs one subcommand, and turns its end into an exit code.

0 done, 1 failed, 2 usage or configuration, 130 interrupted. Each subcommand is imported when it is
asked for, so that none pays for another.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from oma.cli.arguments import build_parser, parse_arguments
from oma.errors import ConfigError, OmaError
from oma.model.printable import printable

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130

_MODULES = {
    "stop": "oma.cli.ending",
    "kill": "oma.cli.ending",
}
"""Subcommands that share a file; the others live in the file of their name."""


def main() -> None:
    """Run the command line of this process and exit."""
    if isinstance(sys.stdout, TextIOWrapper):
        # A character that the locale lacks is shown as another one: agents write what they like.
        sys.stdout.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(argv: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    parser = build_parser()
    try:
        arguments = parse_arguments(parser, argv)
    except SystemExit as end:
        # A hook's 2 tells an agent not to go on; a command line that we do not know is no reason.
        if end.code == USAGE and argv[:1] == ["report"]:
            return FAILED
        _flush()
        raise
    name = arguments.subcommand or "dashboard"
    module = importlib.import_module(_MODULES.get(name, f"oma.cli.{name}"))
    try:
        code = module.run(arguments)
        sys.stdout.flush()  # here, and not as Python ends, where it would be a traceback
    except* ConfigError as group:
        code = _complain(group, USAGE)
    except* OmaError as group:
        code = _complain(group, FAILED)
    except* KeyboardInterrupt:
        code = INTERRUPTED
    except* BrokenPipeError:
        _let_go()
        code = DONE
    return int(code)


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go()


def _let_go() -> None:
    # The reader of our output is gone; nothing is left to say to it.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(group: BaseExceptionGroup[OmaError], code: int) -> int:
    first: BaseException = group
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    print(f"oma: {printable(str(first))}", file=sys.stderr)
    return code
