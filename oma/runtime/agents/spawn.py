"""Starts agents; what a user asks for is checked before anything runs.

Each check is a function of its own, so that a form can say which field is wrong.
"""

import os
import re
import shutil
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import trio

from oma.errors import CommandError, ConfigError, OmaError
from oma.runtime.client.server_finder import START_S, find_sessions
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.client.working_directory import absolute
from oma.tmux.address import ServerAddress
from oma.tmux.escape import refuse_unsendable
from oma.tmux.new_sessions import new_agent_session
from oma.tmux.queries.panes import GROUP, WORKTREE

NAME = re.compile(r"[A-Za-z0-9_-]+")

PROGRAM = re.compile(r"[A-Za-z0-9_+-][A-Za-z0-9._+-]*")
"""A program's name without a directory; anything else is left to the shell."""

VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
"""The name of an environment variable."""

COLUMNS, ROWS = 200, 50
"""Of an agent nobody looks at: wide enough that no agent folds its dialogs."""

COMPLETIONS = 200
"""Directories that are offered at once, at most."""


def session_name(name: str, prefix: str, taken: Container[str]) -> str:
    """Return the name of the session of an agent of that name, given with or without the prefix.

    Raises:
        ConfigError: It is no name for an agent.
        OmaError: It is taken.
    """
    if not NAME.fullmatch(name):
        raise ConfigError(f"name {name!r}: expected letters, digits, '_' and '-', at least one")
    session = name if name.startswith(prefix) else f"{prefix}{name}"
    if session in taken:
        raise OmaError(f"there is an agent {session!r} already")
    return session


def next_name(prefix: str, taken: Container[str]) -> str:
    """Return the name of the session of the first number that is free."""
    number = 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


def directory_of(name: str) -> Path:
    """Return a working directory by its name, `~` and relative ones included.

    Raises:
        OmaError: There is no such directory, or it is relative to one that was removed.
    """
    # Not by Path, which raises for `~nobody`.
    path = absolute(os.path.expanduser(name))
    if not path.is_dir():
        raise OmaError(f"working directory {name!r}: no such directory")
    return path


def directories(text: str) -> tuple[str, ...]:
    """Return the directories that `text` is the beginning of, as a user would type them.

    Each ends in `/`. Hidden ones are offered to those who type the dot. Blocks: for a thread.
    """
    head, slash, tail = text.rpartition("/")
    folder = os.path.expanduser(head + slash) or "."
    try:
        with os.scandir(folder) as entries:
            names = [
                entry.name
                for entry in entries
                if entry.name.startswith(tail)
                and entry.name.isprintable()
                and (tail or not entry.name.startswith("."))
                and entry.is_dir()
            ]
    except OSError:  # nothing is offered where nothing can be read
        return ()
    return tuple(f"{head}{slash}{name}/" for name in sorted(names)[:COMPLETIONS])


def variables_of(asked: Iterable[str], environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a new agent: name → value.

    Args:
        asked: `NAME=VALUE`, or `NAME` for the value that it has in `environ`. The last of a name
            counts; a name that `environ` does not have is left out.
        environ: Ours.

    Raises:
        ConfigError: One is neither.
        OmaError: tmux cannot be given a value; the text names the variable alone: it may be a secret.
    """
    found: dict[str, str] = {}
    for text in asked:
        name, given, value = text.partition("=")
        if not VARIABLE.fullmatch(name):
            raise ConfigError(f"variable {name!r}: expected NAME or NAME=VALUE")
        if not given and name not in environ:
            continue
        found[name] = value if given else environ[name]
        try:
            refuse_unsendable(found[name])
        except CommandError:
            message = f"variable {name}: its value is no text that tmux can be given"
            raise OmaError(message) from None
    return found


async def look_for(command: Sequence[str]) -> None:
    """Refuse a program that is not there, where that can be told before it is started.

    Args:
        command: One word for the shell, or several of a program.

    Raises:
        OmaError: It is not on PATH, nor a word of the shell.
    """
    in_shell = len(command) == 1
    program = command[0].partition(" ")[0] if in_shell else command[0]
    if not PROGRAM.fullmatch(program) or shutil.which(program) is not None:
        return
    if in_shell:
        known = await trio.run_process(
            ["sh", "-c", 'command -v -- "$0"', program], capture_stdout=True, check=False
        )
        if known.returncode == 0:
            return
    raise OmaError(f"command {program!r}: not found on PATH")


def marks_of(worktree: Path | None, group: str) -> dict[str, str]:
    """Return the options of ours that the session of a new agent gets.

    Args:
        worktree: The git worktree that it has, where it has one.
        group: That it is put in; empty for none.
    """
    marks = {} if worktree is None else {WORKTREE: str(worktree)}
    return marks | {GROUP: group} if group else marks


async def start_agent(
    server: ServerAddress,
    session: str,
    directory: Path,
    command: Sequence[str],
    variables: Mapping[str, str],
    marks: Mapping[str, str] = MappingProxyType({}),
    size: tuple[int, int] | None = None,
) -> None:
    """Start an agent in a session of its own, and the server if there is none.

    Args:
        server: Where.
        session: Its name.
        directory: Its working directory.
        command: One word for the shell, or several of a program.
        variables: Name → value, beside those that tmux gives it.
        marks: What `marks_of` gives.
        size: Columns and rows; `None` is wide enough for every dialog.

    Raises:
        CommandError: tmux refused, or cannot be given the command.
        OmaError: The session is gone again.
    """
    size = size or (COLUMNS, ROWS)
    start = new_agent_session(session, command, str(directory), size, variables, marks)
    await TmuxClient(server).run(start, START_S, f"to start {session}")
    if not any(row.name == session for row in await find_sessions(server) or ()):
        raise OmaError(f"{session} was started, and its tmux session has ended at once")
