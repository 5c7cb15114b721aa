"""What a dashboard takes from the log as it grows: what is news on its screen, and how often.

News comes at most `FRAMES_A_SECOND` times a second, but for what quiet has saved up.
"""

from collections import deque
from collections.abc import Callable

import attrs
import trio

from oma.model.events import PaneCaptured, PaneOutput
from oma.model.health import Transition
from oma.model.ids import PaneId
from oma.model.past import of_past
from oma.model.standing import AgentsStand, ChangesTold
from oma.store.tail import Tail, TailStep

FRAMES_A_SECOND = 20
"""Of news and of an agent's screen; more than that no user reads."""

TURNS_SAVED = 5.0
"""Frames that quiet saves up: what comes in a burst after it is shown at once."""

TRANSITIONS_KEPT = 200
"""More than the tallest screen shows."""


@attrs.define
class LogFollower:
    """The log as one dashboard follows it.

    Args:
        tail: Of the log.
        noted: Called with each step that has transitions, or says how agents stand.
        pane: The pane whose screen is shown; the output of others is no news.
        screen_changed: It may have another screen since this was last unset.
    """

    tail: Tail
    noted: Callable[[TailStep], None]
    pane: PaneId | None = None
    screen_changed: bool = True
    transitions: deque[Transition] = attrs.Factory(lambda: deque(maxlen=TRANSITIONS_KEPT))
    """The latest, the newest last."""
    _has_past: bool = False

    async def run(self, news: Callable[[], None]) -> None:
        """Call `news` for each piece of it, in bursts, until the tail ends."""
        turns, taken_s = TURNS_SAVED, trio.current_time()
        while steps := await self.tail.receive():
            for step in steps:
                if self.is_news(step):
                    news()
            now_s = trio.current_time()
            turns = min(TURNS_SAVED, turns + (now_s - taken_s) * FRAMES_A_SECOND) - 1
            taken_s = now_s
            await trio.sleep(0 if turns >= 0 else 1 / FRAMES_A_SECOND)

    def is_news(self, step: TailStep) -> bool:
        """Take a step, and say whether the screen has something to show of it."""
        self.transitions.extend(step.transitions)
        event = step.record.event
        if isinstance(event, ChangesTold):
            self._take_past(step.record.t, event)
        if step.transitions or isinstance(event, AgentsStand):
            self.noted(step)
        if isinstance(event, PaneOutput | PaneCaptured):
            is_shown = event.pane == self.pane
            self.screen_changed = self.screen_changed or is_shown
            return is_shown or bool(step.transitions)
        return True

    def _take_past(self, t: float, event: ChangesTold) -> None:
        """Take what was told before we came, once: later it tells what was seen here."""
        if not self._has_past:
            self._has_past = True
            past = [told for change in event.changes if (told := of_past(change, t)) is not None]
            self.transitions = deque([*past, *self.transitions], maxlen=TRANSITIONS_KEPT)
