"""What a user has asked for on its way to the executor: looked at first, held back for a moment, and told about."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

import attrs
import trio

from oma.errors import BlockedError
from oma.model.intents import NewAgent, SendText, StopAgent, Together
from oma.tui.confirming import ask_to_send, tell
from oma.tui.dashboard_source import DashboardSource
from oma.tui.executor import Executor, PaneAccess
from oma.tui.form import CompleteDirectory
from oma.tui.keymap import KeyAction
from oma.tui.painter import Painter
from oma.tui.pane_reading import CopyText, ReadPane, pane_read
from oma.tui.performing import Asked, TakeBack
from oma.tui.preview import WHOLE_SCREEN
from oma.tui.update import checked, completed
from oma.tui.view_model import UpdateContext, View

TAKEN_BACK_S = 1.5
"""How long after the question a stop can be taken back."""


class Board(Protocol):
    """The dashboard that asks."""

    view: View

    @property
    def executor(self) -> Executor:
        """Where intents go."""

    @property
    def panes(self) -> PaneAccess:
        """Reads the panes of agents."""

    @property
    def source(self) -> DashboardSource:
        """What there is to show."""

    @property
    def painter(self) -> Painter:
        """The terminal."""

    def context(self) -> UpdateContext:
        """Return what the view is looked at against now."""

    def say(self, words: str) -> None:
        """Tell the user something, until the next key."""

    def refresh(self) -> None:
        """Compose anew."""


@attrs.define
class CarryingOut:
    """Takes what is asked for on a dashboard to its executor.

    Args:
        board: The dashboard.
        lend: Gives the terminal to another program while the block runs.
    """

    board: Board
    lend: Callable[[], AbstractAsyncContextManager[None]]
    _taken_back: trio.Event = attrs.Factory(trio.Event)

    async def carry_out(self, asked: Asked) -> None:
        """Do what is asked for, and tell the user how it went."""
        board = self.board
        if isinstance(asked, TakeBack):
            self._taken_back.set()
            return
        if isinstance(asked, CompleteDirectory | ReadPane | CopyText):
            await self._find_out(asked)
            return
        if isinstance(asked, NewAgent) and not await self._can_start(asked):
            return
        if not await self._is_still_wanted(asked):
            return
        try:
            words = await board.executor.carry_out(asked, self.lend)
        except BlockedError as error:
            words = ""
            if isinstance(asked, SendText):
                board.view = ask_to_send(board.view, asked, str(error), board.context())
            board.refresh()
        if words:
            board.view = tell(board.view, words)
            board.refresh()

    async def _find_out(self, asked: CompleteDirectory | ReadPane | CopyText) -> None:
        """Do what is no act on an agent."""
        board = self.board
        if isinstance(asked, CompleteDirectory):
            found = await board.executor.directories(asked.text)
            board.view = completed(board.view, asked.text, found)
            board.refresh()
            return
        if isinstance(asked, ReadPane):
            rows = await board.panes.rows(asked.agent)
            if rows is None:
                rows = board.source.styled_rows(asked.agent, WHOLE_SCREEN)
            board.view = pane_read(board.view, asked.agent, rows or (), board.context())
            board.refresh()
            return
        done = await board.panes.copy(asked.text) or board.painter.copy(asked.text)
        lines = asked.text.count("\n") + 1
        words = f"copied {lines} line{'s' * (lines > 1)}"
        board.say(words if done else "too much to copy: mark fewer lines")

    async def _can_start(self, new: NewAgent) -> bool:
        board = self.board
        refusal = await board.executor.refusal(new)
        view = checked(board.view, new, refusal, board.context().prefix)
        if view is not None:
            board.view = view
            board.refresh()
        return view is not None and refusal is None

    async def _is_still_wanted(self, asked: Asked) -> bool:
        """Hold a stop back for a moment; return whether it was not taken back."""
        board, context = self.board, self.board.context()
        names = _stopped(asked, context)
        if not names:
            return True
        if not board.view.stopping:
            self._taken_back = trio.Event()
        taken_back = self._taken_back
        board.view = attrs.evolve(board.view, stopping=(*board.view.stopping, *names))
        key = context.keymap.key_for(KeyAction.UNDO)
        board.say(f"stopping {', '.join(names)}" + (f": {key} takes it back" if key else ""))
        with trio.move_on_after(TAKEN_BACK_S):
            await taken_back.wait()
        left = board.view.stopping[len(names) :]
        board.view = attrs.evolve(board.view, stopping=left)
        if taken_back.is_set():
            board.say("not stopped")
        return not taken_back.is_set()


def _stopped(asked: Asked, context: UpdateContext) -> tuple[str, ...]:
    """Return the names of those that an act stops."""
    acts = asked.acts if isinstance(asked, Together) else (asked,)
    agents = [context.agent(act.agent) for act in acts if isinstance(act, StopAgent)]
    return tuple(context.short_name(agent) for agent in agents if agent is not None)
