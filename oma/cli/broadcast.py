"""Sends one text to several agents: asked once, with their names; one that waits gets none."""

import sys
from collections.abc import Sequence

import attrs
import trio

from oma.cli.agent_control import live_controller
from oma.cli.cli_context import CliContext, why_none
from oma.cli.exit_codes import DONE, FAILED
from oma.cli.live import Run, RunContext
from oma.errors import OmaError
from oma.model.attention import by_attention
from oma.model.health import Health
from oma.model.intents import SendText
from oma.model.printable import printable
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController
from oma.runtime.agents.lookup import know_agents
from oma.runtime.monitor.settling import settle
from oma.tui.filtering import Filter

PATIENCE_S = 15.0
"""How long it may take until all agents were seen."""


@attrs.define
class Broadcast:
    """One text for all agents that a filter lets pass.

    Args:
        context: Which server.
        text: What is sent.
        meant: Those that get it.
        anyway: Also to those that wait or hold a draft.
    """

    context: CliContext
    text: str
    meant: Filter
    anyway: bool
    _code: int = DONE

    async def run(self) -> int:
        """Ask, send, and say of each how it went; return 1 where one got nothing.

        Raises:
            OmaError: There is no such agent, or the answer was no.
        """
        code = await Run(context=self.context, frontend=self._show).run()
        return code or self._code

    async def _show(self, live: RunContext) -> None:
        try:
            with trio.move_on_after(PATIENCE_S):
                await know_agents(self.context.server, self.context.watched, live.store)
                for agent in live.store.state.agents:
                    await settle(live.store, agent.name, Health.WAITING)
            meant = filter(self.meant.fits, by_attention(live.store.state.agents))
            agents = [each for each in meant if _takes(each)]
            if not agents:
                raise OmaError(f"no agents: {self._why_none(live)}")
            await _ask(agents)
            controller = live_controller(self.context, live)
            async with trio.open_nursery() as nursery:
                for agent in agents:
                    nursery.start_soon(self._send, controller, agent)
        finally:
            live.scope.cancel()

    def _why_none(self, live: RunContext) -> str:
        if any(map(_takes, live.store.state.agents)):
            return "none fits the filter"
        return why_none(self.context)

    async def _send(self, controller: AgentController, agent: AgentState) -> None:
        try:
            act = SendText(agent.id, self.text, anyway=self.anyway)
            said = await controller.carry_out(act)
        except OmaError as error:
            print(f"oma: {printable(str(error))}", file=sys.stderr)
            self._code = FAILED
        else:
            print(printable(said))


def _takes(agent: AgentState) -> bool:
    return not agent.gone and agent.verdict.health is not Health.EXITED


async def _ask(agents: Sequence[AgentState]) -> None:
    names = printable(", ".join(agent.name for agent in agents))
    count = f"{len(agents)} agent{'s' * (len(agents) > 1)}"
    print(f"send to {count}: {names}? [y/N] ", end="", file=sys.stderr, flush=True)
    answer = await trio.to_thread.run_sync(sys.stdin.readline, abandon_on_cancel=True)
    if answer.strip().lower() not in {"y", "yes"}:
        raise OmaError("nothing was sent")
