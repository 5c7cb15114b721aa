"""Types a text into an agent as a person would, and finds out whether its screen shows it.

An agent that shows something else (a pasted block, a password prompt) gives no echo: what was typed
may have arrived all the same.
"""

import itertools
import os

import trio

from oma.errors import CommandError
from oma.model.events import CommandSent
from oma.model.ids import PaneId, SessionId
from oma.runtime.tmux_client import Answer, run_tmux
from oma.screen.echo import times_shown
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from oma.tmux.invocation import (
    delete_buffer_argv,
    is_pasted,
    paste_argv,
    send_key_argv,
    send_text_argv,
)

ECHO_S = 2.0
"""How long the echo may take; agents show typed text within a frame or two."""

QUIET_S = 0.15
"""Silence after the text and before Enter: codex takes an Enter within 120 ms as part of it."""

_PASTES = itertools.count(1)


async def type_text(
    server: ServerAddress,
    store: Store,
    session: SessionId,
    pane: PaneId,
    text: str,
    *,
    enter: bool,
) -> bool:
    """Type a text, and Enter; several lines arrive as one paste. Both are logged.

    Args:
        server: Of the agent.
        store: Follows the agent's screen.
        session: Of the agent.
        pane: Of the agent.
        text: What is typed.
        enter: Whether Enter is pressed, when the agent has taken the text.

    Returns:
        Whether the agent's screen shows the text once more than before.

    Raises:
        CommandError: tmux refused, or cannot be given the text.
    """
    before = times_shown(await _first_screen(store, session), text)
    store.append(CommandSent("send", pane, text))
    await _put(server, pane, text)
    arrived = False
    with trio.move_on_after(ECHO_S):
        while times_shown(store.fleet.shown(session), text) <= before:
            await store.wait_newer(store.seq)
        arrived = True
    if enter:
        await _quiet(store, session)
        store.append(CommandSent("key", pane, "Enter"))
        _check(await run_tmux(send_key_argv(server, pane, "Enter")))
    return arrived


async def _put(server: ServerAddress, pane: PaneId, text: str) -> None:
    if not is_pasted(text):
        _check(await run_tmux(send_text_argv(server, pane, text)))
        return
    buffer = f"oma-{os.getpid()}-{next(_PASTES)}"
    answer = await run_tmux(paste_argv(server, pane, text, buffer), given=text.encode())
    if answer.status != 0:
        await run_tmux(delete_buffer_argv(server, buffer))
    _check(answer)


async def _first_screen(store: Store, session: SessionId) -> tuple[str, ...]:
    with trio.move_on_after(ECHO_S):
        while (screen := store.fleet.shown(session)) is None:
            await store.wait_newer(store.seq)
        return screen
    return ()


async def _quiet(store: Store, session: SessionId) -> None:
    """Wait until the agent has finished painting; not for one that never does."""
    with trio.move_on_after(ECHO_S):
        active_s = -1.0
        while (now_s := _active_s(store, session)) != active_s:
            active_s = now_s
            await trio.sleep(QUIET_S)


def _active_s(store: Store, session: SessionId) -> float:
    found = (agent.active_s for agent in store.state.agents if agent.session == session)
    return next(found, -1.0)


def _check(answer: Answer) -> None:
    if answer.status != 0:
        message = f"tmux refused to type: {answer.complaint}"
        raise CommandError(message)
