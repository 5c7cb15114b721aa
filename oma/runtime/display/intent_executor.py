"""Does what a user at a terminal asks for: acts on agents, and shows them.

A refusal is one line for the user, in tmux's own words; nothing is tried twice.
"""

from collections.abc import Awaitable, Callable, Sequence

import attrs
import trio

from oma.errors import BlockedError, OmaError
from oma.model import intents
from oma.model.ids import AgentId
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController
from oma.runtime.agents.queue_file import QueueFile
from oma.runtime.agents.queueing import queue_prompt
from oma.runtime.agents.spawn import directories
from oma.runtime.display.agent_display import AgentDisplay, Suspend
from oma.runtime.display.dashboard_tiling import DashboardTiling


def told_together(acts: int, refused: Sequence[str]) -> str:
    """Return how several acts went: a line, and one more for each that was refused."""
    if not refused:
        return f"done for {acts} agent{'s' * (acts > 1)}"
    done = acts - len(refused)
    return "\n".join([f"done for {done} of {acts} agents; not for:", *refused])


@attrs.define
class IntentExecutor:
    """Where intents are carried out.

    Args:
        controller: Does what needs no terminal.
        viewing: How agents are shown.
        tiling: Of the dashboard's own window.
        queue: Of prompts; `None` where there is no place for it.
        restore: Starts agents again, by the names of their sessions, and says how it went.
    """

    controller: AgentController
    viewing: AgentDisplay
    tiling: DashboardTiling
    queue: QueueFile | None = None
    restore: Callable[[Sequence[str]], Awaitable[str]] | None = None

    async def carry_out(self, intent: intents.Intent, suspend: Suspend) -> str:  # noqa: C901  # a table
        """Do what is asked; return one line that says how it went, or an empty text.

        Raises:
            BlockedError: A text is not sent unless that is meant.
        """
        try:
            match intent:
                case intents.ShowAgent(agent_id):
                    return await self._show(self.controller.agent(agent_id), suspend)
                case intents.AttachAgent(agent_id):
                    return await self._attach(self.controller.agent(agent_id), suspend)
                case intents.JumpToAgent(agent_id):
                    return await self._jump(self.controller.agent(agent_id), suspend)
                case intents.ToggleTiling(filter_text):
                    self.controller.note("tile", None, filter_text)
                    return await self.tiling.toggle(filter_text)
                case intents.CycleTiling():
                    self.controller.note("layout", None, "")
                    return await self.tiling.cycle()
                case intents.LetType(agent_id):
                    agent = self.controller.agent(agent_id)
                    self.controller.note("type", agent.pane, "")
                    return await self.tiling.let_type(agent)
                case intents.QueueText(agent_id, text):
                    return await self._queue(self.controller.agent(agent_id), text)
                case intents.RestoreAgents(sessions):
                    self.controller.note("restore", None, " ".join(sessions))
                    return "" if self.restore is None else await self.restore(sessions)
                case intents.Together(acts):
                    return await self._together(acts)
                case act:
                    return await self.controller.carry_out(act)
        except BlockedError:
            raise
        except OmaError as error:
            return str(error)

    async def refusal(self, new: intents.NewAgent) -> intents.Refusal | None:
        """Say what keeps an agent from being started, before anything runs."""
        return await self.controller.refusal(new)

    async def directories(self, text: str) -> tuple[str, ...]:
        """Return the directories that `text` is the beginning of."""
        # A directory on a network that is gone takes its time; nobody has to wait for it.
        return await trio.to_thread.run_sync(directories, text, abandon_on_cancel=True)

    def resized(self) -> None:
        """Take note that the dashboard has another size."""
        self.viewing.look()

    @property
    def occupant(self) -> AgentId | None:
        """The agent in the right pane."""
        return self.viewing.occupant

    async def _together(self, acts: Sequence[intents.EachAct]) -> str:
        """Do each at the same time; return how many were done, and a line for each that was not."""
        refused: dict[int, str] = {}

        async def attempt(number: int, act: intents.EachAct) -> None:
            try:
                if isinstance(act, intents.QueueText):
                    await self._queue(self.controller.agent(act.agent), act.text)
                else:
                    await self.controller.carry_out(act)
            except OmaError as error:
                refused[number] = str(error)

        async with trio.open_nursery() as nursery:
            for number, act in enumerate(acts):
                nursery.start_soon(attempt, number, act)
        return told_together(len(acts), [refused[number] for number in sorted(refused)])

    async def _attach(self, agent: AgentState, suspend: Suspend) -> str:
        words = await self.controller.revive(agent)
        self.controller.note("attach", agent.pane, "")
        return await self.viewing.open(agent, suspend) or words

    async def _queue(self, agent: AgentState, text: str) -> str:
        if self.queue is None:
            return "nothing was queued: there is no directory for it"
        self.controller.note("queue", agent.pane, text)
        return await queue_prompt(self.controller.server, self.queue, agent, text)

    async def _jump(self, agent: AgentState, suspend: Suspend) -> str:
        self.controller.note("jump", agent.pane, "")
        return await self.viewing.jump(agent, suspend)

    async def _show(self, agent: AgentState, suspend: Suspend) -> str:
        self.controller.note("show", agent.pane, "")
        return await self.viewing.show(agent, suspend)
