"""A pane as tmux shows it to one control client: what it prints, what is sent, what is dropped.

After tmux's control.c: output waits in a queue of its pane, answers wait until everything that
was queued before them is sent, and output may overtake an answer. A pause drops what waits.
"""

from collections.abc import Sequence

import attrs

from oma.model.ids import PaneId
from oma.tmux.commands.clients import PausePane
from oma.tmux.commands.command import AnyCommand
from oma.tmux.notifications import Output, PanePaused, Reply, WireEvent
from oma.tmux.queries.screen import capture
from oma.tmux.queries.screen_continued import capture_and_continue
from tests.support.wire_events import answer, output, screen

PANE = PaneId("%1")


@attrs.define
class TmuxPane:
    """One pane; its screen is the number of the bytes that it has printed."""

    printed: int = 0
    paused: bool = False
    queue: list[WireEvent] = attrs.Factory(list)

    @property
    def text(self) -> bytes:
        """Everything that the pane has printed."""
        return bytes(65 + number % 26 for number in range(self.printed))

    def print(self) -> None:
        """Print three bytes."""
        start = self.printed
        self.printed += 3
        if not self.paused:
            self.queue.append(output(self.text[start:]))

    def fall_behind(self) -> None:
        """tmux pauses a pane whose client is too slow."""
        if self._pause():
            self.queue.append(PanePaused(PANE))

    def execute(self, lines: Sequence[AnyCommand]) -> None:
        for line in lines:
            if line == PausePane(PANE):
                told = ("%pause %1",) if self._pause() else ()
                self.queue.append(answer(*told))
                continue
            assert line in (capture(PANE), capture_and_continue(PANE))
            self.queue += [answer(screen()), answer(str(self.printed))]
            if line == capture_and_continue(PANE):
                self.paused = False
                self.queue.append(answer())

    def send(self) -> list[WireEvent]:
        """Send the first of what waits."""
        sent, self.queue[:1] = self.queue[:1], []
        return sent

    def overtake(self) -> Sequence[WireEvent]:
        """Send the first output, before the answers that wait."""
        waiting = [item for item in self.queue if isinstance(item, Output)]
        if waiting:
            self.queue.remove(waiting[0])
        return waiting[:1]

    def send_all(self) -> list[WireEvent]:
        sent, self.queue = self.queue, []
        return sent

    def _pause(self) -> bool:
        if self.paused:
            return False
        self.paused = True
        self.queue = [item for item in self.queue if isinstance(item, Reply | PanePaused)]
        return True
