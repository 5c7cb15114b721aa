"""Ids of tmux's objects: parsed once where they enter, and typed from there on.

tmux never gives an id to a second object while its server lives. Names can change and be reused, so
ids are used as targets, and never names. The types are distinct: a `WindowId` is no `PaneId` for mypy.

>>> parse_pane_id("%5")
'%5'
>>> parse_pane_id("@5")
Traceback (most recent call last):
oma.errors.ProtocolError: not a pane id: '@5'
"""

from functools import lru_cache
from typing import NewType

from oma.errors import ProtocolError

SessionId = NewType("SessionId", str)
"""`$3`: keeps its sigil."""

WindowId = NewType("WindowId", str)
"""`@2`: keeps its sigil."""

PaneId = NewType("PaneId", str)
"""`%5`: keeps its sigil."""

AgentId = NewType("AgentId", str)
"""Of an agent: the id of its pane; or that of its session, where a session as a whole is an agent."""


def split_agent_id(agent: AgentId | None) -> tuple[SessionId | None, PaneId | None]:
    """Return the session that an agent is as a whole, or its pane: one of them, if there is an agent."""
    if agent is None:
        return None, None
    return (SessionId(agent), None) if agent[:1] == "$" else (None, PaneId(agent))


def parse_session_id(text: str) -> SessionId:
    """Return `text` as a session id.

    Raises:
        ProtocolError: `text` is not `$` and ASCII digits.
    """
    return SessionId(_parse(text, "$", "session"))


def parse_window_id(text: str) -> WindowId:
    """Return `text` as a window id.

    Raises:
        ProtocolError: `text` is not `@` and ASCII digits.
    """
    return WindowId(_parse(text, "@", "window"))


def parse_pane_id(text: str) -> PaneId:
    """Return `text` as a pane id.

    Raises:
        ProtocolError: `text` is not `%` and ASCII digits.
    """
    return PaneId(_parse(text, "%", "pane"))


@lru_cache(4096)  # a recording names its few panes on every line
def _parse(text: str, sigil: str, kind: str) -> str:
    if text[:1] == sigil and text[1:].isascii() and text[1:].isdigit():
        return text
    raise ProtocolError(f"not a {kind} id: {text!r}")
