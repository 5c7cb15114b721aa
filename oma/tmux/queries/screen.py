"""Asks for the screen of a pane, and for the state of its terminal that a capture does not show."""

import attrs

from oma.model.events import PaneCaptured
from oma.model.ids import PaneId
from oma.tmux.commands.command import CommandList, in_order
from oma.tmux.commands.pane_questions import CaptureHistory, CapturePane, ListPanes, is_pane
from oma.tmux.queries.screen_state import ENDED_FORMAT, SCREEN_FORMAT, ScreenRow, parse_screen
from oma.tmux.reply import Reply


def capture(pane: PaneId, *, has_ended: bool = False, mark: str = "") -> CommandList:
    """Ask for the state of a pane's terminal (`parse_screen`), then for its screen: two blocks.

    One block, an error, when there is no such pane.

    Args:
        pane: Which.
        has_ended: Its program has, as far as is known: what it showed then is asked for.
        mark: Stands before the state.
    """
    screen = CaptureHistory(pane, 1) if has_ended else CapturePane(pane, styled=True)
    state = mark + (ENDED_FORMAT if has_ended else SCREEN_FORMAT)
    return in_order(ListPanes(state, pane, is_pane(pane)), screen)


@attrs.define(eq=False)
class CaptureQuery:
    """The two replies to `capture`, of which the second makes it whole."""

    pane: PaneId
    _screen: ScreenRow | None = None

    def take(self, reply: Reply) -> PaneCaptured | None:
        """Take the next reply, which is no error; return the screen once it is whole."""
        screen = self._screen
        if screen is None:
            self._screen = parse_screen(reply.lines())
            return None
        return screen.captured(self.pane, reply.data)
