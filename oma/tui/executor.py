"""What a dashboard is given to have done what its user asks for."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

import attrs

from oma.model.ids import AgentId
from oma.model.intents import Intent, NewAgent, Refusal
from oma.screen.styled import StyledRows


class Executor(Protocol):
    """Where intents go."""

    async def carry_out(
        self, intent: Intent, suspend: Callable[[], AbstractAsyncContextManager[None]]
    ) -> str:
        """Do what is asked; return one line that says how it went, or an empty text.

        Args:
            intent: What is asked.
            suspend: Gives the terminal to another program while the block runs.

        Raises:
            BlockedError: A text is not sent unless that is meant.
        """

    async def refusal(self, new: NewAgent) -> Refusal | None:
        """Say what keeps an agent from being started."""

    async def directories(self, text: str) -> tuple[str, ...]:
        """Return the directories that `text` is the beginning of."""

    def resized(self) -> None:
        """Take note that the dashboard has another size."""

    @property
    def occupant(self) -> AgentId | None:
        """The agent in the right pane, which the list marks."""


async def _unknown(agent: AgentId) -> StyledRows | None:  # noqa: ARG001  # of no agent
    return None


async def _not_copied(text: str) -> bool:  # noqa: ARG001  # whatever it is
    return False


@attrs.frozen
class PaneAccess:
    """How an agent's pane is read, and what was read is copied."""

    rows: Callable[[AgentId], Awaitable[StyledRows | None]] = _unknown
    """Its screen and what scrolled away above that; `None` where that cannot be read."""
    copy: Callable[[str], Awaitable[bool]] = _not_copied
    """Gives the user a text to paste; false where only their terminal can."""
