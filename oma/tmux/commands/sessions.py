"""Commands about sessions and the server."""

from collections.abc import Mapping, Sequence

import attrs

from oma.model.ids import SessionId
from oma.tmux.commands.command import Destructive, Mutating, ReadOnly
from oma.tmux.escape import quote_format


@attrs.frozen
class ListSessions(ReadOnly):
    """Ask for every session, or those that a filter lets pass: one line each."""

    format: str
    filter: str | None = None
    """A format that is true for the sessions that are wanted."""

    def words(self) -> tuple[str, ...]:
        wanted = () if self.filter is None else ("-f", self.filter)
        return ("list-sessions", *wanted, "-F", self.format)


@attrs.frozen
class NewSession(Mutating):
    """Start a session without a client, and the server if there is none."""

    name: str
    """Of letters, digits, `_` and `-` only: tmux expands it as a format."""
    program: Sequence[str]
    """One word is run by the shell, several are run directly."""
    cwd: str | None = None
    size: tuple[int, int] | None = None
    """Columns and rows. tmux 3.3a takes the size of the user's latest client instead."""
    environment: Mapping[str, str] = attrs.Factory(dict)
    """Variables that the program has besides those of the server."""

    def words(self) -> tuple[str, ...]:
        words = ["new-session", "-d", "-s", self.name]
        if self.size is not None:
            words += ["-x", str(self.size[0]), "-y", str(self.size[1])]
        if self.cwd is not None:
            words += ["-c", quote_format(self.cwd)]
        for name, value in self.environment.items():
            words += ["-e", f"{name}={value}"]
        return (*words, "--", *self.program)


@attrs.frozen
class RenameSession(Mutating):
    """Give a session another name."""

    session: SessionId
    name: str
    """Of letters, digits, `_` and `-` only: tmux expands it as a format."""

    def words(self) -> tuple[str, ...]:
        return ("rename-session", "-t", self.session, "--", self.name)


@attrs.frozen
class KillSession(Destructive):
    """End a session and what runs in it."""

    session: SessionId

    def words(self) -> tuple[str, ...]:
        return ("kill-session", "-t", self.session)


@attrs.frozen
class KillServer(Destructive):
    """End a server; only ever one that we started for ourselves."""

    def words(self) -> tuple[str, ...]:
        return ("kill-server",)
