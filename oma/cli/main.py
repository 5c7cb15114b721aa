"""Reads the command line, runs one subcommand, and turns its end into an exit code.

Which code says what is in `oma.cli.exit_codes`. Each subcommand is imported when it is
asked for, so that none pays for another.
"""

import gc
import sys
from collections.abc import Sequence

from oma.cli.class_code import kept_class_code
from oma.cli.exit_codes import DONE, FAILED, INTERRUPTED, USAGE
from oma.cli.output import guard_stdout, let_go_of_stdout, open_closed_streams, tell_defect
from oma.errors import ConfigError, OmaError, OutputError
from oma.model.printable import printable


def main() -> None:
    """Run the command line of this process and exit."""
    sys.excepthook = tell_defect
    gc.disable()  # until all is imported: nothing of it is garbage, and the search is a sixth of the time
    guard_stdout()
    open_closed_streams()
    with kept_class_code():
        code = run(sys.argv[1:])
    sys.exit(code)


def run(argv: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    try:
        code = _run(argv)
        sys.stdout.flush()  # here, and not as Python ends, where it would be a traceback
    except* ConfigError as group:
        code = _complain(group, USAGE)
    except* OutputError as group:
        let_go_of_stdout()
        code = _complain(group, FAILED)
    except* OmaError as group:
        code = _complain(group, FAILED)
    except* KeyboardInterrupt:
        code = INTERRUPTED
    except* BrokenPipeError:
        let_go_of_stdout()
        code = DONE
    return int(code)


def _run(argv: Sequence[str]) -> int:
    # Imported where a Ctrl-C is handled: it takes twice as long as all that was imported before.
    from oma.cli.arguments import options_of
    from oma.cli.command_line import parse_words, split_subcommand
    from oma.cli.command_table import (
        DASHBOARD,
        command_parser,
        load_command,
        options_class,
        root_parser,
    )

    root = root_parser()
    name, words = split_subcommand(root, argv)
    try:
        parser = root if name is None else command_parser(root, name)
        found = parse_words(parser, words)
    except SystemExit as end:
        # A hook's 2 tells an agent not to go on; a command line that we do not know is no reason.
        if end.code == USAGE and name == "report":
            return FAILED
        return DONE if end.code is None else int(end.code)
    command = load_command(name or DASHBOARD)
    if not gc.isenabled():
        gc.freeze()  # what was imported stays until the end
        gc.enable()
    return command.run(options_of(options_class(command), vars(found)))


def _complain(group: BaseExceptionGroup[OmaError], code: int) -> int:
    first: BaseException = group
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    print(f"oma: {printable(str(first))}", file=sys.stderr)
    return code
