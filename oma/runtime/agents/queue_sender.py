"""Sends queued prompts: one at a time to each agent, when it rests at its prompt with no draft in it.

One process of a user does it for a tmux server. Before a text is typed the file says so: whoever comes after a
sender that ended types nothing twice.
"""

import math
from collections.abc import Callable

import attrs
import trio

from oma.errors import BlockedError, OmaError
from oma.model.ids import PaneId
from oma.model.intents import SendText
from oma.model.prompts import (
    TYPING,
    UNSURE,
    WAITING,
    Addressee,
    Prompt,
    PromptQueue,
    bad_answer,
    takes_prompt,
)
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController
from oma.runtime.agents.queue_file import QueueFile
from oma.runtime.agents.server_run import server_run

LOOK_EVERY_S = 1.0
"""How often it is looked whether something was queued."""

AGAIN_S = 0.2
"""The least time between two looks at the agents."""

BLOCKED_S = 2.0
"""How long an agent whose prompt holds a draft is left alone before it is looked at again."""

QUICK_S = 5.0
"""An answer that no change of the agent tells of is over after this."""


@attrs.define
class QueueSender:
    """The sender of one server; whoever runs it is the only one.

    Args:
        controller: Sends as `oma send` does.
        file: Of the queue.
        now_s: The time of the log.
        say: Tells the user what went wrong.
    """

    controller: AgentController
    file: QueueFile
    now_s: Callable[[], float]
    say: Callable[[str], None]
    _sent: dict[PaneId, float] = attrs.Factory(dict)
    """When a prompt was last sent to the agent of a pane."""
    _blocked: dict[PaneId, float] = attrs.Factory(dict)
    """When the agent of a pane was last found not to take a text."""
    _busy: set[PaneId] = attrs.Factory(set)
    _server: tuple[int | None, str] = (None, "")

    async def run(self) -> None:
        """Send until cancelled.

        Raises:
            OmaError: The file cannot be read or written.
        """
        queue, stamp = PromptQueue(), None
        if self.file.stamp() is not None:  # nobody has queued anything where there is no file
            await self._change(PromptQueue.recovered)
        async with trio.open_nursery() as nursery:
            while True:
                if self.file.stamp() != stamp:
                    stamp = self.file.stamp()
                    queue = await trio.to_thread.run_sync(self.file.read)
                if queue.prompts:
                    await self._look(queue, nursery)
                    await self._wait_for_change()
                else:
                    await trio.sleep(LOOK_EVERY_S)

    async def _wait_for_change(self) -> None:
        await trio.sleep(AGAIN_S)
        store = self.controller.store
        with trio.move_on_after(LOOK_EVERY_S):
            await store.wait_newer(store.seq)

    async def _look(self, queue: PromptQueue, nursery: trio.Nursery) -> None:
        server = await self._server_run()
        for agent in self.controller.store.state.agents:
            prompt = next((p for p in queue.prompts if p.to.is_now(agent, server)), None)
            if prompt is None or agent.pane is None or agent.pane in self._busy:
                continue
            if prompt.state != WAITING or queue.why_stopped(prompt.to):
                continue
            sent_s = self._sent.get(agent.pane)
            why = "" if sent_s is None else bad_answer(agent, sent_s)
            if why:
                del self._sent[agent.pane]
                await self._halt(prompt.to, why)
            elif self.now_s() - self._blocked.get(agent.pane, -math.inf) < BLOCKED_S:
                continue
            elif takes_prompt(
                agent, self.now_s(), sent_s, QUICK_S, is_resumed=queue.is_resumed(prompt.to)
            ):
                self._busy.add(agent.pane)
                nursery.start_soon(self._send, agent, agent.pane, prompt)

    async def _send(self, agent: AgentState, pane: PaneId, prompt: Prompt) -> None:
        try:
            await self._send_one(agent, pane, prompt)
        finally:
            self._busy.discard(pane)

    async def _send_one(self, agent: AgentState, pane: PaneId, prompt: Prompt) -> None:
        claim = QueueClaim(prompt.number)
        await self._change(claim.made)
        if claim.text is None:
            return
        try:
            await self.controller.send(SendText(agent.id, claim.text))
        except BlockedError:  # nothing was typed: it waits, or somebody types there
            self._blocked[pane] = self.now_s()
            await self._change(lambda now: now.with_state(prompt.number, WAITING))
        except OmaError as error:
            await self._change(lambda now: now.with_state(prompt.number, UNSURE))
            await self._halt(prompt.to, str(error))
        else:
            self._sent[pane] = self.now_s()
            await self._change(
                lambda now: now.without(lambda p: p.number == prompt.number).cleared(prompt.to)
            )

    async def _halt(self, to: Addressee, why: str) -> None:
        await self._change(lambda queue: queue.halted(to, why))
        self.say(f"the queue of {to.name} has stopped: {why}")

    async def _change(self, change: Callable[[PromptQueue], PromptQueue]) -> PromptQueue:
        return await trio.to_thread.run_sync(self.file.change, change)

    async def _server_run(self) -> str:
        """Return which run of the server this is; asked again when its agents are others."""
        pids = hash(tuple(agent.pid for agent in self.controller.store.state.agents))
        if self._server[0] != pids:
            try:
                self._server = pids, await server_run(self.controller.server)
            except OmaError:
                self._server = None, ""  # it is gone: none of its agents is there
        return self._server[1]


@attrs.define
class QueueClaim:
    """What makes one of several senders the one that types a prompt."""

    number: int
    text: str | None = None
    """As it stands when it is claimed; `None` where it was removed meanwhile, is another's, or is not to be sent."""

    def made(self, queue: PromptQueue) -> PromptQueue:
        """Return the queue with the prompt being typed by us, if it is still to be sent."""
        prompt = queue.prompt(self.number)
        if prompt is None or prompt.state != WAITING or queue.why_stopped(prompt.to):
            return queue
        self.text = prompt.text
        return queue.with_state(self.number, TYPING)
