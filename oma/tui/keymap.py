"""Which key does what: the configured keys by key, and in words for the help.

The actions are the fields of the `[keys]` section: every action has a key that the user can change, and
the help is made from the keys in force.
"""

from collections.abc import Mapping
from enum import StrEnum

import attrs

from oma.config.key_section import KeysSection


class KeyAction(StrEnum):
    """What a key of the dashboard does; the values are the options of `[keys]`."""

    DOWN = "down"
    UP = "up"
    PAGE_DOWN = "page_down"
    PAGE_UP = "page_up"
    FIRST = "first"
    LAST = "last"
    NEXT_URGENT = "next_urgent"
    ATTACH = "attach"
    SHOW = "show"
    JUMP = "jump"
    TILE = "tile"
    LAYOUT = "layout"
    LET_TYPE = "let_type"
    MESSAGE = "message"
    QUEUE = "queue"
    READ = "read"
    WHY = "why"
    DIGEST = "digest"
    TIMELINE = "timeline"
    NEW = "new"
    STOP = "stop"
    KILL = "kill"
    RESTART = "restart"
    SORT = "sort"
    SNOOZE = "snooze"
    UNDO = "undo"
    MARK = "mark"
    MARK_ALL = "mark_all"
    FILTER = "filter"
    GROUP = "group"
    RESYNC = "resync"
    PALETTE = "palette"
    HELP = "help"
    QUIT = "quit"


ACTING = frozenset(
    {
        KeyAction.ATTACH,
        KeyAction.SHOW,
        KeyAction.JUMP,
        KeyAction.TILE,
        KeyAction.LAYOUT,
        KeyAction.LET_TYPE,
        KeyAction.MESSAGE,
        KeyAction.QUEUE,
        KeyAction.NEW,
        KeyAction.STOP,
        KeyAction.KILL,
        KeyAction.RESTART,
        KeyAction.RESYNC,
    }
)
"""What a user does to agents and to the server: a recording has none."""


@attrs.frozen
class Binding:
    """One action with its keys, for the help."""

    action: KeyAction
    keys: tuple[str, ...]
    about: str


@attrs.frozen
class Keymap:
    """The keys in force."""

    actions: Mapping[str, KeyAction]
    """Name of a key → what it does."""
    bindings: tuple[Binding, ...]

    def key_for(self, action: KeyAction) -> str:
        """Return the key to name in a hint; empty where the action has none."""
        keys = self.keys_of(action)
        return label(keys[0]) if keys else ""

    def keys_of(self, action: KeyAction) -> tuple[str, ...]:
        """Return all keys of an action."""
        return next(b.keys for b in self.bindings if b.action is action)


def keymap_of(keys: KeysSection) -> Keymap:
    """Return the keymap that the configuration asks for."""
    bindings = tuple(
        Binding(KeyAction(field.name), getattr(keys, field.name), field.metadata["about"])
        for field in attrs.fields(KeysSection)
    )
    actions = {key: binding.action for binding in bindings for key in binding.keys}
    return Keymap(actions, bindings)


_LABELS = {
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
    "PageUp": "PgUp",
    "PageDown": "PgDn",
    " ": "Space",
}


def label(key: str) -> str:
    """Return the name of a key as it is printed on keyboards."""
    return _LABELS.get(key, key)
