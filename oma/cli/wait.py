"""`oma wait`: return when an agent is in one of some states."""

import argparse
import sys

import attrs
import trio

from oma.cli.context import CliContext, read_context
from oma.cli.lines import transition_json
from oma.cli.live import Run, RunContext, recording_for
from oma.errors import ConfigError
from oma.model.health import Health
from oma.runtime.agents.lookup import find_agent
from oma.runtime.stdout import write_stdout


@attrs.define
class Waiter:
    """The face of `wait`."""

    wanted: frozenset[Health]
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


def run(arguments: argparse.Namespace) -> int:
    """Wait; 0 when the state was reached, 1 when time ran out first.

    Raises:
        OmaError: There is no such agent, and none is waited for.
    """
    context = read_context(arguments)
    return trio.run(_wait, context, arguments)


async def _wait(context: CliContext, arguments: argparse.Namespace) -> int:
    prefix = context.config.dashboard.session_prefix
    waiter = Waiter(wanted=_wanted(arguments.health), as_json=arguments.json)
    if arguments.appear:
        names = {arguments.agent, f"{prefix}{arguments.agent}"}
    else:
        names = {(await find_agent(context.server, context.watched, prefix, arguments.agent)).name}
    run = Run(
        context=attrs.evolve(context, include=frozenset(names)),
        frontend=waiter.show,
        record=recording_for(arguments.record),
        duration_s=float("inf") if arguments.timeout is None else arguments.timeout,
    )
    code = await run.run()
    if waiter.reached or code != 0:
        return code
    print(f"oma: {arguments.agent!r} was not {arguments.health} in time", file=sys.stderr)
    return 1


def _wanted(text: str) -> frozenset[Health]:
    try:
        return frozenset(Health(word.strip()) for word in text.split(","))
    except ValueError:
        message = f"--for {text!r}: expected some of {', '.join(Health)}"
        raise ConfigError(message) from None
