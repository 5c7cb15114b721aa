"""Commands that type into a pane: keys by name, bytes, and pastes through a buffer."""

import attrs

from oma.model.ids import PaneId
from oma.tmux.commands.command import Mutating

KEYS = frozenset(
    {
        *("Enter", "Escape", "Tab", "BTab", "BSpace", "Space"),
        *("Up", "Down", "Left", "Right", "Home", "End", "PPage", "NPage"),
        *("C-a", "C-c", "C-d", "C-e", "C-l", "C-r", "C-u", "C-z"),
    }
)
"""Names of keys that can be sent: tmux would type any other word as text."""


@attrs.frozen
class SendKey(Mutating):
    """Press a key in a pane."""

    pane: PaneId
    key: str = attrs.field(validator=attrs.validators.in_(KEYS))

    def words(self) -> tuple[str, ...]:
        return ("send-keys", "-t", self.pane, self.key)


@attrs.frozen
class SendBytes(Mutating):
    """Type bytes into a pane; as hexadecimal, so that nothing of them is read as a key's name."""

    pane: PaneId
    data: bytes

    def words(self) -> tuple[str, ...]:
        return ("send-keys", "-t", self.pane, "-H", *(f"{byte:02x}" for byte in self.data))


@attrs.frozen
class LoadBuffer(Mutating):
    """Fill a paste buffer from the standard input of the tmux process."""

    buffer: str
    """Its name: of our own making, letters, digits and `-`."""

    def words(self) -> tuple[str, ...]:
        return ("load-buffer", "-b", self.buffer, "-")


@attrs.frozen
class CopyBuffer(Mutating):
    """Fill a new paste buffer from the standard input of the tmux process, as a copy of the user's would."""

    client: str | None = None
    """The terminal of a user's client, whose clipboard gets it, too, where it can."""

    def words(self) -> tuple[str, ...]:
        told = () if self.client is None else ("-w", "-t", self.client)
        return ("load-buffer", *told, "-")


@attrs.frozen
class SetBuffer(Mutating):
    """Fill a paste buffer, or add to it."""

    buffer: str
    text: str
    append: bool = False

    def words(self) -> tuple[str, ...]:
        append = ("-a",) if self.append else ()
        return ("set-buffer", *append, "-b", self.buffer, "--", self.text)


@attrs.frozen
class PasteBuffer(Mutating):
    """Paste a buffer into a pane and forget it.

    Of `synchronize-panes` and modes it knows nothing: the program in the one pane gets the bytes.
    Before 3.4 it crashes the server where that program has ended.
    """

    buffer: str
    pane: PaneId
    bracketed: bool = True
    """In brackets if the program asked for these, and the pane is in no mode."""
    raw: bool = False
    """With control characters as they are, where tmux would spell them out."""
    keeps_newlines: bool = False
    """Else tmux makes Enter of each."""

    def words(self) -> tuple[str, ...]:
        how = (("-p", self.bracketed), ("-S", self.raw), ("-r", self.keeps_newlines))
        flags = [flag for flag, is_set in how if is_set]
        return ("paste-buffer", "-d", *flags, "-b", self.buffer, "-t", self.pane)


@attrs.frozen
class LeaveModes(Mutating):
    """Leave copy-mode and every other mode of a pane; does nothing to one in none."""

    pane: PaneId

    def words(self) -> tuple[str, ...]:
        return ("copy-mode", "-q", "-t", self.pane)


@attrs.frozen
class DeleteBuffer(Mutating):
    """Forget a paste buffer of ours."""

    buffer: str

    def words(self) -> tuple[str, ...]:
        return ("delete-buffer", "-b", self.buffer)
