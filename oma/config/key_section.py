"""The keys of the dashboard, as options; the help of the dashboard says the same sentences."""

import attrs

from oma.config.kinds import KeyNames, option


def _keys(*names: str, about: str) -> tuple[str, ...]:
    return option(names, KeyNames(), about)


@attrs.frozen
class KeysSection:
    """What the keys of the dashboard do; no key does two things, the loader sees to it.

    A default gives way to a key that a file binds, so a new act refuses no file.
    """

    down: tuple[str, ...] = _keys("j", "Down", about="Select the next agent.")
    up: tuple[str, ...] = _keys("k", "Up", about="Select the agent before.")
    page_down: tuple[str, ...] = _keys("PageDown", about="Go down by a page.")
    page_up: tuple[str, ...] = _keys("PageUp", about="Go up by a page.")
    first: tuple[str, ...] = _keys("g", "Home", about="Select the first agent.")
    last: tuple[str, ...] = _keys("G", "End", about="Select the last agent.")
    next_urgent: tuple[str, ...] = _keys("Tab", about="Select the next in need.")
    attach: tuple[str, ...] = _keys("Enter", about="Attach to the agent.")
    show: tuple[str, ...] = _keys("s", about="Show it in the right pane.")
    jump: tuple[str, ...] = _keys("o", about="Go to it in your tmux.")
    tile: tuple[str, ...] = _keys("t", about="Tile the agents; untile.")
    layout: tuple[str, ...] = _keys("T", about="Tile in the next layout.")
    let_type: tuple[str, ...] = _keys("i", about="Let its pane take keys.")
    message: tuple[str, ...] = _keys("m", about="Send it a message.")
    queue: tuple[str, ...] = _keys("Q", about="Queue a message.")
    read: tuple[str, ...] = _keys("p", about="Read, search, copy it.")
    why: tuple[str, ...] = _keys("w", about="Say why it is judged so.")
    digest: tuple[str, ...] = _keys("D", about="Say what happened.")
    timeline: tuple[str, ...] = _keys("L", about="Show the past; hide it.")
    new: tuple[str, ...] = _keys("n", about="Start an agent.")
    stop: tuple[str, ...] = _keys("x", about="Ask it to end.")
    kill: tuple[str, ...] = _keys("K", about="Kill it; asks first.")
    restart: tuple[str, ...] = _keys("R", about="Restart it; asks if alive.")
    sort: tuple[str, ...] = _keys("S", about="Sort by what is next.")
    snooze: tuple[str, ...] = _keys("z", about="Put it off for a while.")
    undo: tuple[str, ...] = _keys("u", about="Take back a stop, a snooze.")
    mark: tuple[str, ...] = _keys("v", about="Mark it for an act.")
    mark_all: tuple[str, ...] = _keys("*", about="Mark all shown; none.")
    filter: tuple[str, ...] = _keys("/", about="Show only some agents.")
    group: tuple[str, ...] = _keys("b", about="Group by project, session.")
    resync: tuple[str, ...] = _keys("r", about="Ask tmux for all again.")
    palette: tuple[str, ...] = _keys(":", "C-p", about="Find an act or an agent.")
    help: tuple[str, ...] = _keys("?", about="Show the keys.")
    quit: tuple[str, ...] = _keys("q", about="Leave the dashboard.")
