"""`oma wait`: return when an agent is in one of some states."""

import argparse
import sys

import attrs
import trio

from oma.cli.arguments import add_flag, add_json, add_record
from oma.cli.cli_context import CliContext, read_context
from oma.cli.live import Run, RunContext, recording_for
from oma.cli.one_agent import find_agent
from oma.cli.option_values import AgentOptions
from oma.cli.quantities import seconds
from oma.cli.transition_lines import transition_json
from oma.model.health import Health
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
    reached: bool = False

    async def show(self, live: RunContext) -> None:
        """Read transitions until the agent is in a state that is waited for."""
        live.tail.only_transitions = True
        while steps := await live.tail.receive():
            # Nothing else is watched; and its name may change.
            for transition in (t for step in steps for t in step.transitions):
                if transition.verdict.health in self.wanted and not self.reached:
                    self.reached = True
                    line = (
                        transition_json(transition)
                        if self.as_json
                        else f"{transition.agent} {transition.verdict.health}"
                    )
                    await write_stdout(f"{line}\n")
                    live.scope.cancel()


def run(options: WaitOptions) -> int:
    """Wait; 0 when the state was reached, 1 when time ran out first.

    Raises:
        OmaError: There is no such agent, and none is waited for.
    """
    return trio.run(_wait, read_context(options), options)


async def _wait(context: CliContext, options: WaitOptions) -> int:
    waiter = Waiter(wanted=options.health, as_json=options.json)
    if options.appear:
        names = frozenset({options.agent, context.full_name(options.agent)})
        context = attrs.evolve(context, include=names)
    else:
        context = context.only(await find_agent(context, options.agent))
    run = Run(
        context=context,
        frontend=waiter.show,
        record=recording_for(options.record),
        duration_s=options.timeout,
    )
    code = await run.run()
    if waiter.reached or code != 0:
        return code
    print(f"oma: {options.agent!r} was not {','.join(options.health)} in time", file=sys.stderr)
    return 1
