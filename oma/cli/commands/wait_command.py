"""`oma wait`: return when an agent is in one of some states."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import attrs
import trio

from oma.cli.arguments import add_flag, add_json, add_record
from oma.cli.cli_context import CliContext, read_context
from oma.cli.exit_codes import FAILED
from oma.cli.live import Run, RunContext, recording_for
from oma.cli.one_agent import find_agent
from oma.cli.one_look import look_once
from oma.cli.option_values import AgentOptions
from oma.cli.quantities import seconds
from oma.cli.transition_lines import transition_json
from oma.cli.watching import connect_service
from oma.model.health import Health, Transition
from oma.model.ids import AgentId
from oma.model.state import AgentState
from oma.runtime.agents.lookup import agents_called, choose_agent, is_called
from oma.runtime.stdout import write_stdout


@attrs.frozen(kw_only=True)
class WaitOptions(AgentOptions):
    """Which healths are waited for, and how long."""

    health: tuple[Health, ...]
    appear: bool = False
    timeout: float = float("inf")
    json: bool = False
    record: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma wait`."""
    parser.add_argument("agent")
    parser.add_argument(
        "--for",
        dest="health",
        type=healths,
        required=True,
        metavar="HEALTH[,HEALTH]",
        help="ok, idle, waiting, stuck, exited",
    )
    add_flag(parser, "--appear", "wait for the agent, too, when it is not there yet")
    parser.add_argument(
        "--timeout",
        type=seconds,
        default=float("inf"),
        metavar="S",
        help="give up after S seconds",
    )
    add_json(parser)
    add_record(parser)


def healths(text: str) -> tuple[Health, ...]:
    """Return the healths that a list with commas names: the `type` of an option."""
    try:
        return tuple(Health(word.strip()) for word in text.split(","))
    except ValueError:
        message = f"{text!r}: expected some of {', '.join(Health)}"
        raise argparse.ArgumentTypeError(message) from None


@attrs.define
class Waiter:
    """The frontend of `wait`."""

    wanted: tuple[Health, ...]
    as_json: bool
    choose: Callable[[Sequence[AgentState]], AgentState | None] | None = None
    """Finds it among those that the service knows; `None` is one that is yet to appear."""
    is_meant: Callable[[AgentState], bool] | None = None
    """Says whether an agent is the one that is waited for; `None` where no other one is watched."""
    goes_on: bool = False
    """Waits on when the agent ends: another one may be called so."""
    reached: bool = False
    ended: bool = False
    """The agent was not in a state that is waited for, and cannot come into one any more."""
    _last: dict[AgentId | None, Transition] = attrs.Factory(dict)
    """Of each agent."""
    _meant: set[AgentId | None] = attrs.Factory(set)
    """They stay so under any name."""

    async def show(self, live: RunContext) -> None:
        """Read transitions until the agent is in a state that is waited for, or has ended."""
        if self.choose is not None:
            await live.monitor.known()
            agent = self.choose(live.store.state.agents)
            if agent is not None:
                self.is_meant = partial(_is, agent.id)
        live.tail.only_transitions = self.is_meant is None
        while steps := await live.tail.receive():
            told = [transition for step in steps for transition in step.transitions]
            if self.is_meant is not None:
                told = self._of_meant(told, filter(self.is_meant, live.store.state.agents))
            reached = next((each for each in told if each.verdict.health in self.wanted), None)
            if reached is not None and not self.reached:
                self.reached = True
                line = (
                    transition_json(reached)
                    if self.as_json
                    else f"{reached.agent} {reached.verdict.health}"
                )
                await write_stdout(f"{line}\n")
                live.scope.cancel()
            elif told and told[-1].verdict.health is Health.EXITED and not self.goes_on:
                self.ended = not self.reached
                live.scope.cancel()

    def _of_meant(self, told: list[Transition], meant: Iterable[AgentState]) -> list[Transition]:
        """Return those of the agents that are meant; of one that is called so only now, the last one."""
        new = {agent.id for agent in meant} - self._meant
        self._meant |= new
        standing = [self._last[each] for each in new if each in self._last]
        self._last |= {transition.id: transition for transition in told}
        return standing + [each for each in told if each.id in self._meant]


def run(options: WaitOptions) -> int:
    """Wait; 0 when the state was reached, 1 when time ran out or the agent ended first.

    Raises:
        OmaError: There is no such agent, and none is waited for.
    """
    return trio.run(_wait, read_context(options), options)


async def _wait(context: CliContext, options: WaitOptions) -> int:
    prefix, name = context.config.dashboard.session_prefix, options.agent
    waiter = Waiter(wanted=options.health, as_json=options.json, goes_on=options.appear)
    feed = await connect_service(context, settled=True)
    if options.appear and (feed is not None or not await _is_there(context, name)):
        waiter.is_meant = lambda agent: is_called(agent, name, prefix)
    if feed is not None:

        def choose(agents: Sequence[AgentState]) -> AgentState | None:
            is_there = not options.appear or agents_called(agents, name, prefix)
            return choose_agent(agents, name, prefix) if is_there else None

        waiter.choose = choose
    elif waiter.is_meant is None:
        context = context.only(await find_agent(context, name))
    run = Run(
        context=context,
        frontend=waiter.show,
        record=recording_for(options.record),
        duration_s=options.timeout,
        keeps_renamed=True,
        feed=feed,
    )
    code = await run.run()
    if waiter.reached or code != 0:
        return code
    why = "has ended" if waiter.ended else f"was not {','.join(options.health)} in time"
    print(f"oma: {options.agent!r} {why}", file=sys.stderr)
    return FAILED


def _is(agent_id: AgentId, agent: AgentState) -> bool:
    return agent.id == agent_id


async def _is_there(context: CliContext, name: str) -> bool:
    look = await look_once(context)
    prefix = context.config.dashboard.session_prefix
    return bool(agents_called(look.store.state.agents, name, prefix))
