"""`oma watch`: one line per transition, as it happens."""

import argparse

import attrs
import trio

from oma.cli.lines import transition_json, transition_text
from oma.cli.live import Live, Run, recording_for
from oma.cli.setting import read_setting
from oma.runtime.stdout import until_nobody_reads, write_stdout


@attrs.frozen
class Printer:
    """The face of `watch`: prints every transition."""

    as_json: bool

    async def show(self, live: Live) -> None:
        """Print until the tail ends.

        Raises:
            BrokenPipeError: Nobody reads any more.
            OutputError: What is printed cannot be written.
        """
        async with trio.open_nursery() as nursery:
            nursery.start_soon(until_nobody_reads)
            await self._print(live)
            nursery.cancel_scope.cancel()

    async def _print(self, live: Live) -> None:
        live.tail.only_transitions = True
        while steps := await live.tail.receive():
            lines = [
                transition_json(transition)
                if self.as_json
                else transition_text(transition, live.clock.started_at)
                for step in steps
                for transition in step.transitions
            ]
            if lines:
                await write_stdout("".join(f"{line}\n" for line in lines))


def run(arguments: argparse.Namespace) -> int:
    """Watch until interrupted."""
    run = Run(
        setting=read_setting(arguments),
        face=Printer(arguments.json).show,
        record=recording_for(arguments.record),
    )
    return trio.run(run.run)
