"""What the subcommands about one agent share: find it, look at it, and act on it.

They act by the controller that the dashboard and the browser act by, so an act means the same
everywhere. An act that needs no screen takes one look; one that types watches the agent meanwhile.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import attrs
import trio

from oma.cli.agent_control import controller_for, live_controller
from oma.cli.cli_context import CliContext, read_context
from oma.cli.exit_codes import DONE
from oma.cli.live import Run, RunContext
from oma.cli.one_look import look_once
from oma.cli.option_values import AgentOptions
from oma.errors import OmaError
from oma.model.health import Health
from oma.model.intents import Act
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController
from oma.runtime.agents.lookup import choose_agent
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
    look = await look_once(context)
    agent = choose_agent(look.store.state.agents, name, context.config.dashboard.session_prefix)
    return await work(controller_for(context, look.rules, look.store), agent)


async def find_agent(context: CliContext, name: str) -> AgentState:
    """Return the agent that a name means, as one look shows it.

    Raises:
        OmaError: There is no such agent.
    """
    return await with_look(context, name, _itself)


async def _itself(_controller: AgentController, agent: AgentState) -> AgentState:
    return agent


def act_on_agent(options: AgentOptions, act: Callable[[AgentState], Act]) -> int:
    """Carry out an act on the agent that the options name, say how it went, and return 0.

    Raises:
        OmaError: There is no such agent, or it could not be done.
    """

    async def work(controller: AgentController, agent: AgentState) -> None:
        print(await controller.carry_out(act(agent)))

    trio.run(with_look, read_context(options), options.agent, work)
    return DONE


async def with_watch(
    context: CliContext, name: str, work: Callable[[AgentController, AgentState], Awaitable[None]]
) -> int:
    """Watch the agent of this name, and do something about it once its verdict has settled.

    Returns:
        The exit code of the run.

    Raises:
        OmaError: There is no such agent, or it could not be done.
    """
    return await watch_found(context, await find_agent(context, name), work)


async def watch_found(
    context: CliContext,
    found: AgentState,
    work: Callable[[AgentController, AgentState], Awaitable[None]],
) -> int:
    """As `with_watch`, for an agent that was found."""
    context = context.only(found)
    frontend = _Frontend(context, found, work)
    return await Run(context=context, frontend=frontend.show, samples_processes=False).run()


@attrs.frozen
class _Frontend:
    context: CliContext
    agent: AgentState
    work: Callable[[AgentController, AgentState], Awaitable[None]]

    async def show(self, live: RunContext) -> None:
        try:
            with trio.move_on_after(PATIENCE_S) as patience:
                await settle(live.store, self.agent.name, Health.WAITING)
            if patience.cancelled_caught:
                # Which pane is the agent's, and whether it asks something, may not be known yet.
                raise OmaError(
                    f"{self.agent.name} was not seen within {PATIENCE_S:g} s: nothing was done"
                )
            controller = live_controller(self.context, live)
            await self.work(controller, controller.agent(self.agent.id))
        finally:
            live.scope.cancel()
