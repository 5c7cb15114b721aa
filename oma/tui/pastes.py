"""What is pasted into the terminal, told from what is typed: it is a text, and never keys.

A terminal that was asked to puts a paste between two sequences (`ESC [ 200 ~`, `ESC [ 201 ~`). They
come as keys, maybe in several reads, and so does what is between them. Sans I/O.
"""

from collections.abc import Sequence

import attrs

from oma.tui.inputs import Input, Key, Paste

_START = ("Escape", "[", "2", "0", "0", "~")
_END = ("Escape", "[", "2", "0", "1", "~")

_TYPED = {"Enter": "\n", "Tab": "\t"}
"""Keys whose character is part of a text."""


@attrs.define
class Pastes:
    """The pastes of one terminal."""

    _held: list[Key] = attrs.Factory(list)
    """Keys that may be the beginning of a sequence."""
    _told: bool = False
    """The Escape of those was given on as a key: it came alone."""
    _text: list[str] | None = None
    """What was pasted so far; `None` outside of a paste."""

    def take(self, read: Sequence[Input]) -> list[Input]:
        """Return what one read of the terminal means, in order.

        The beginning of a paste waits for its rest in the next read; an Escape alone does not.
        """
        given: list[Input] = []
        for each in read:
            self._take(each, given)
        if self._text is None and self._told:
            self._give_up(given)
        elif self._text is None and len(self._held) == 1:
            given.append(self._held[0])
            self._told = True
        return given

    def _take(self, each: Input, given: list[Input]) -> None:
        sequence = _START if self._text is None else _END
        if each == Key(sequence[len(self._held)]):
            self._held.append(Key(sequence[len(self._held)]))
            if len(self._held) == len(sequence):
                self._turn(given)
            return
        self._give_up(given)
        if each == Key("Escape"):
            self._held.append(Key("Escape"))
        else:
            self._give(each, given)

    def _turn(self, given: list[Input]) -> None:
        """Begin a paste, or end it."""
        self._held, self._told = [], False
        if self._text is None:
            self._text = []
        else:
            given.append(Paste("".join(self._text)))
            self._text = None

    def _give_up(self, given: list[Input]) -> None:
        """Take what is held for what it is."""
        held = self._held[1:] if self._told else self._held
        self._held, self._told = [], False
        for key in held:
            self._give(key, given)

    def _give(self, each: Input, given: list[Input]) -> None:
        if self._text is None:
            given.append(each)
        elif isinstance(each, Key):
            text = _TYPED.get(each.name, each.name)
            if len(text) == 1:
                self._text.append(text)
