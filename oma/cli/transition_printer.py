"""Prints one line per transition, as it happens."""

import sys

import attrs
import trio

from oma.cli.cli_context import CliContext, why_none
from oma.cli.live import RunContext
from oma.cli.transition_lines import transition_json, transition_text
from oma.errors import CommandError
from oma.model.printable import printable
from oma.runtime.client.server_finder import find_sessions
from oma.runtime.stdout import until_nobody_reads, write_stdout

FOUND_S = 1.0
"""Within that the agents that there are were found."""


@attrs.frozen
class TransitionPrinter:
    """A frontend that prints every transition.

    Args:
        as_json: For machines.
        awaited: Which agents are watched, where it is to be said that there are none yet.
    """

    as_json: bool
    awaited: CliContext | None = None

    async def show(self, live: RunContext) -> None:
        """Print until the tail ends.

        Raises:
            BrokenPipeError: Nobody reads any more.
            OutputError: What is printed cannot be written.
        """
        async with trio.open_nursery() as nursery:
            nursery.start_soon(until_nobody_reads)
            if self.awaited is not None:
                nursery.start_soon(_tell_what_is_awaited, self.awaited, live)
            await self._print(live)
            nursery.cancel_scope.cancel()

    async def _print(self, live: RunContext) -> None:
        live.tail.only_transitions = True
        while steps := await live.tail.receive():
            lines = [
                transition_json(transition)
                if self.as_json
                else transition_text(transition, live.clock.wall_time())
                for step in steps
                for transition in step.transitions
            ]
            if lines:
                await write_stdout("".join(f"{line}\n" for line in lines))


async def _tell_what_is_awaited(context: CliContext, live: RunContext) -> None:
    """Say on stderr what a watch waits for that has nothing to watch yet."""
    try:
        sessions = await find_sessions(context.server)
    except CommandError:
        return  # it hangs, and may come back
    if sessions is None:
        words = f"no tmux server at {context.socket}: waiting for one"
    else:
        with trio.move_on_after(FOUND_S):
            while not live.store.state.agents:
                await live.store.wait_newer(live.store.seq)
            return
        words = f"no agents yet, waiting: {why_none(context)}"
    print(f"oma: {printable(words)}", file=sys.stderr)
