"""Commands about what a whole server is set to: its options and its key bindings.

>>> SetGlobalOption("@oma_status", "1 waiting").words()
('set-option', '-g', '@oma_status', '1 waiting')
"""

import attrs

from oma.tmux.commands.command import Mutating, ReadOnly
from oma.tmux.escape import quote_format

PREFIX_TABLE = "prefix"
"""The keys that are pressed after the prefix."""


@attrs.frozen
class SetGlobalOption(Mutating):
    """Set an option for all sessions and windows that have no value of their own, or take it away."""

    name: str
    value: str | None
    """`None` takes it away; one of tmux's own then has its default."""

    def words(self) -> tuple[str, ...]:
        if self.value is None:
            return ("set-option", "-gu", self.name)
        return ("set-option", "-g", self.name, self.value)


@attrs.frozen
class ShowGlobalOption(ReadOnly):
    """Ask for what `SetGlobalOption` sets, or tmux has by itself; nothing where it is not set."""

    name: str

    def words(self) -> tuple[str, ...]:
        return ("show-options", "-gqv", self.name)


@attrs.frozen
class ListKeys(ReadOnly):
    """Ask for the bindings of the keys after the prefix: one line each."""

    def words(self) -> tuple[str, ...]:
        return ("list-keys", "-T", PREFIX_TABLE)


@attrs.frozen
class BindKey(Mutating):
    """Have a key, after the prefix, run a program in the background; what that prints is seen nowhere.

    The program gets the client in which the key was pressed, and the pane that it shows.
    """

    key: str
    note: str
    """For the list of keys."""
    command: str
    """A line for the shell. It is no format; `--client` and `--pane` follow it."""

    def words(self) -> tuple[str, ...]:
        # Both come from tmux: a path below /dev and an id.
        where = "--client '#{client_tty}' --pane '#{pane_id}'"
        # What a program prints would put the pane into a mode.
        line = f"{quote_format(self.command)} {where} >/dev/null 2>&1"
        return ("bind-key", "-T", PREFIX_TABLE, "-N", self.note, self.key, "run-shell", "-b", line)


@attrs.frozen
class UnbindKey(Mutating):
    """Take the binding of a key after the prefix away."""

    key: str

    def words(self) -> tuple[str, ...]:
        return ("unbind-key", "-T", PREFIX_TABLE, self.key)
