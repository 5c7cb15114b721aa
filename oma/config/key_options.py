"""The keys of the dashboard, as options; the help of the dashboard says the same sentences."""

import attrs

from oma.config.kinds import KeyNames


def _about(words: str) -> dict[str, KeyNames | str]:
    return {"kind": KeyNames(), "about": words}


@attrs.frozen
class Keys:
    """What the keys of the dashboard do; no key does two things, the loader sees to it."""

    down: tuple[str, ...] = attrs.field(
        default=("j", "Down"), metadata=_about("Select the next agent.")
    )
    up: tuple[str, ...] = attrs.field(
        default=("k", "Up"), metadata=_about("Select the agent before.")
    )
    page_down: tuple[str, ...] = attrs.field(
        default=("PageDown",), metadata=_about("Go down by a page.")
    )
    page_up: tuple[str, ...] = attrs.field(
        default=("PageUp",), metadata=_about("Go up by a page.")
    )
    first: tuple[str, ...] = attrs.field(
        default=("g", "Home"), metadata=_about("Select the first agent.")
    )
    last: tuple[str, ...] = attrs.field(
        default=("G", "End"), metadata=_about("Select the last agent.")
    )
    next_urgent: tuple[str, ...] = attrs.field(
        default=("Tab",),
        metadata=_about("Select the next in need."),
    )
    attach: tuple[str, ...] = attrs.field(
        default=("Enter",), metadata=_about("Attach to the agent.")
    )
    show: tuple[str, ...] = attrs.field(
        default=("s",), metadata=_about("Show it in the right pane.")
    )
    jump: tuple[str, ...] = attrs.field(default=("o",), metadata=_about("Go to it in your tmux."))
    tile: tuple[str, ...] = attrs.field(
        default=("t",), metadata=_about("Tile the agents; untile.")
    )
    layout: tuple[str, ...] = attrs.field(
        default=("T",), metadata=_about("Tile in the next layout.")
    )
    let_type: tuple[str, ...] = attrs.field(
        default=("i",), metadata=_about("Let its pane take keys.")
    )
    message: tuple[str, ...] = attrs.field(default=("m",), metadata=_about("Send it a message."))
    why: tuple[str, ...] = attrs.field(default=("w",), metadata=_about("Say why it is judged so."))
    new: tuple[str, ...] = attrs.field(default=("n",), metadata=_about("Start an agent."))
    stop: tuple[str, ...] = attrs.field(default=("x",), metadata=_about("Ask it to end."))
    kill: tuple[str, ...] = attrs.field(default=("K",), metadata=_about("Kill it; asks first."))
    restart: tuple[str, ...] = attrs.field(
        default=("R",),
        metadata=_about("Restart it; asks if alive."),
    )
    filter: tuple[str, ...] = attrs.field(
        default=("/",), metadata=_about("Show only some agents.")
    )
    resync: tuple[str, ...] = attrs.field(
        default=("r",), metadata=_about("Ask tmux for all again.")
    )
    help: tuple[str, ...] = attrs.field(default=("?",), metadata=_about("Show the keys."))
    quit: tuple[str, ...] = attrs.field(default=("q",), metadata=_about("Leave the dashboard."))
