"""What the subcommands about one agent share: find it, look at it, and act on it.

They act by the controller that the dashboard and the browser act by, so an act means the same
everywhere. An act that needs no screen takes one look; one that types watches the agent meanwhile.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import attrs
import trio

from oma.cli.agent_control import controller_for, live_controller
from oma.cli.cli_context import CliContext
from oma.cli.live import Run, RunContext
from oma.cli.one_look import look_once
from oma.errors import OmaError
from oma.model.health import Health
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController
from oma.runtime.agents.lookup import find_agent
from oma.runtime.monitor.settling import settle

PATIENCE_S = 15.0
"""How long a look may take; tmux answers in milliseconds unless the machine is overloaded."""

Result = TypeVar("Result")


async def with_look(
    context: CliContext,
    name: str,
    work: Callable[[AgentController, AgentState], Awaitable[Result]],
) -> Result:
    """Look once at the agent of this name, do something about it, and return what came of it.

    Raises:
        OmaError: There is no such agent, or it could not be done.
    """
    _, context = await only_agent(context, name)
    look = await look_once(context)
    controller = controller_for(context, look.rules, look.store)
    return await work(controller, _agent(look.store.state.agents))


async def with_watch(
    context: CliContext, name: str, work: Callable[[AgentController, AgentState], Awaitable[None]]
) -> int:
    """Watch the agent of this name, and do something about it once its verdict has settled.

    Returns:
        The exit code of the run.

    Raises:
        OmaError: There is no such agent, or it could not be done.
    """
    found, context = await only_agent(context, name)
    frontend = _Frontend(context, found, work)
    return await Run(context=context, frontend=frontend.show, samples_processes=False).run()


@attrs.frozen
class _Frontend:
    context: CliContext
    name: str
    work: Callable[[AgentController, AgentState], Awaitable[None]]

    async def show(self, live: RunContext) -> None:
        try:
            with trio.move_on_after(PATIENCE_S) as patience:
                await settle(live.store, self.name, Health.WAITING)
            if patience.cancelled_caught:
                # Which pane is the agent's, and whether it asks something, may not be known yet.
                message = f"{self.name} was not seen within {PATIENCE_S:g} s: nothing was done"
                raise OmaError(message)
            controller = live_controller(self.context, live)
            await self.work(controller, _agent(live.store.state.agents))
        finally:
            live.scope.cancel()


async def only_agent(context: CliContext, name: str) -> tuple[str, CliContext]:
    """Find the agent of this name; return its full name, and the context that is about it alone.

    Raises:
        OmaError: There is no such agent.
    """
    prefix = context.config.dashboard.session_prefix
    found = await find_agent(context.server, context.watched, prefix, name)
    return found.name, attrs.evolve(context, include=frozenset({found.name}))


def _agent(agents: tuple[AgentState, ...]) -> AgentState:
    for agent in agents:
        if not agent.gone:
            return agent
    message = "this agent is gone: its tmux session has ended"
    raise OmaError(message)
