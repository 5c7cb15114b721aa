"""Renders commands: to the arguments of a tmux process, or to a line of a control client.

This is the only place where a command is quoted.
"""

import re
from functools import lru_cache

from oma.tmux.address import TMUX, ServerAddress
from oma.tmux.commands.command import AnyCommand, Command, CommandList
from oma.tmux.commands.sessions import NewSession
from oma.tmux.escape import argv_argument, quote

# Any other word is quoted: tmux reads `%`, `$`, `~`, `#`, `{` and `=` specially in some places.
_PLAIN = re.compile(r"[A-Za-z0-9_.-]+")

_SHORT = 512
"""Words of so many characters are asked for again and again: formats, and the ids of panes."""


def to_argv(
    command: AnyCommand, server: ServerAddress, configuration: str | None = None
) -> list[str]:
    """Return the argument vector of a tmux process that runs `command` on `server`.

    The process starts no server (`-N`), but for a `NewSession`: a user asked for that one. It keeps
    UTF-8 whatever the locale is (`-u`).

    Args:
        command: What it runs.
        server: Where.
        configuration: The file that a server reads when it is started; `None` is the user's own.

    Raises:
        CommandError: An argument holds what tmux cannot be given.
    """
    commands = _commands(command)
    may_start = any(isinstance(each, NewSession) for each in commands)
    reads = [] if configuration is None else ["-f", configuration]
    words = [TMUX, *([] if may_start else ["-N"]), "-u", *reads, *server.argv()]
    for at, each in enumerate(commands):
        words += [";"] if at else []
        words += map(argv_argument, each.words())
    return words


def to_line(command: AnyCommand) -> str:
    """Return the line, without its newline, that has a control client run `command`.

    tmux answers with one block for each command of a list, up to the first that fails.

    Raises:
        CommandError: An argument holds what tmux cannot be given.
    """
    return " ; ".join(" ".join(map(_quoted, each.words())) for each in _commands(command))


def control_argv(command: AnyCommand, server: ServerAddress) -> list[str]:
    """Return the argument vector of a control client that begins with `command`.

    tmux answers it with one block for each command, as it does to commands that nobody asked for.

    Raises:
        CommandError: An argument holds what tmux cannot be given.
    """
    words = to_argv(command, server)
    at = words.index(_commands(command)[0].words()[0])
    return [*words[:at], "-C", *words[at:]]


def _commands(command: AnyCommand) -> tuple[Command, ...]:
    return command.commands if isinstance(command, CommandList) else (command,)


def _quoted(word: str) -> str:
    return _quoted_again(word) if len(word) <= _SHORT else quote(word)


@lru_cache(1024)
def _quoted_again(word: str) -> str:
    return word if _PLAIN.fullmatch(word) else quote(word)
