"""Types a text into an agent as a user would, and finds out whether its screen shows it.

An agent that shows something else (a pasted block, a password prompt) gives no echo: what was typed
may have arrived all the same.
"""

import attrs
import trio

from oma.errors import CommandError
from oma.model.events import CommandSent
from oma.model.health import Health
from oma.model.ids import AgentId
from oma.runtime.agents.input_writer import PaneInput
from oma.screen.echo import times_shown
from oma.store.store import Store
from oma.tmux.pane_input import ENTER, check_text, is_pasted

ECHO_S = 2.0
"""How long the echo may take; agents show typed text within a frame or two."""

UNECHOED_S = 0.4
"""An agent that painted something else, and then nothing for so long, will not show the text."""

QUIET_S = 0.15
"""Silence after the text and before Enter: codex takes an Enter within 120 ms as part of it."""

TAKEN_S = 1.0
"""How long an agent may take to answer Enter on its screen, before the next sender may type."""


@attrs.frozen
class TextSender:
    """Types into one agent; whoever makes one holds the lock of its pane.

    Args:
        store: Follows the agent's screen.
        agent: Which.
        into: The input of the agent's pane.
        by: Who sends, as in `CommandSent`.
    """

    store: Store
    agent: AgentId
    into: PaneInput
    by: str = ""

    async def send(self, text: str, *, enter: bool) -> bool:
        r"""Type a text, and Enter; several lines arrive as one paste. Both are logged.

        Args:
            text: What is typed; its lines end in `\n`.
            enter: Whether Enter is pressed, when the agent has taken the text.

        Returns:
            Whether the agent's screen shows the text once more than before.

        Raises:
            CommandError: tmux refused, or cannot be given the text; or the agent asks something now
                that it did not ask before.
        """
        check_text(text)
        asked = self._asks()
        before = times_shown(await self._first_screen(), text)
        active_s = self._active_s()
        self._note("send", text)
        await self.into.put(text.encode(), bracketed=is_pasted(text))
        arrived = await self._shows(text, before, active_s)
        if enter:
            await self._quiet()
            if self._asks() and not asked:
                message = "it began to ask while the text was typed: Enter, which would answer, was not pressed"
                raise CommandError(message)
            active_s = self._active_s()
            self._note("key", "Enter")
            await self.into.put(ENTER)
            with trio.move_on_after(TAKEN_S):
                while self._active_s() == active_s:
                    await self.store.wait_newer(self.store.seq)
        return arrived

    async def _first_screen(self) -> tuple[str, ...]:
        with trio.move_on_after(ECHO_S):
            while (screen := self.store.shown(self.agent)) is None:
                await self.store.wait_newer(self.store.seq)
            return screen
        return ()

    async def _shows(self, text: str, before: int, active_s: float) -> bool:
        """Wait for the echo; `active_s` is when the agent was last active before the text."""
        with trio.move_on_after(ECHO_S):
            while times_shown(self.store.shown(self.agent), text) <= before:
                with trio.move_on_after(UNECHOED_S) as silence:
                    await self.store.wait_newer(self.store.seq)
                if silence.cancelled_caught and self._active_s() != active_s:
                    return False
            return True
        return False

    async def _quiet(self) -> None:
        """Wait until the agent has finished painting; not for one that never does."""
        with trio.move_on_after(ECHO_S):
            active_s = -1.0
            while (now_s := self._active_s()) != active_s:
                active_s = now_s
                await trio.sleep(QUIET_S)

    def _active_s(self) -> float:
        agent = self.store.state.agent(self.agent)
        return -1.0 if agent is None else agent.active_s

    def _asks(self) -> bool:
        agent = self.store.state.agent(self.agent)
        return agent is not None and agent.verdict.health is Health.WAITING

    def _note(self, command: str, text: str) -> None:
        self.store.append(CommandSent(command, self.into.pane, text, self.by))
