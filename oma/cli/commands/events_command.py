"""`oma events`: what is known and what happens, as the socket of the service tells it."""

import argparse
import json

import attrs
import trio

from oma.cli.arguments import add_flag, add_json
from oma.cli.cli_context import read_context
from oma.cli.live import Run, RunContext
from oma.cli.option_values import JsonOptions
from oma.model.events import Record
from oma.model.printable import printable
from oma.model.standing import AgentsStand
from oma.recording.codec import tag_of, to_fields
from oma.recording.recording_format import encode_header, encode_record
from oma.runtime.stdout import until_nobody_reads, write_stdout

STANDS_S = 3.0
"""How long what there is may take to be known where no service knows it already."""

MOST_COLUMNS = 160


@attrs.frozen(kw_only=True)
class EventsOptions(JsonOptions):
    """How long events are told."""

    follow: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma events`."""
    add_flag(parser, "--follow", "go on with what happens, until interrupted")
    add_json(parser)


def run(options: EventsOptions) -> int:
    """Print events."""
    context = read_context(options)
    teller = EventTeller(as_json=options.json, follows=options.follow)
    run = Run(context=context, frontend=teller.show, uses_service=True, settled=not options.follow)
    return trio.run(run.run)


@attrs.frozen(kw_only=True)
class EventTeller:
    """A frontend that prints every record: how things stand, and what happens.

    Args:
        as_json: As lines of a recording, in ASCII.
        follows: It goes on when how things stand was told.
    """

    as_json: bool
    follows: bool

    async def show(self, live: RunContext) -> None:
        """Print until the tail ends."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(until_nobody_reads)
            if self.as_json:
                await write_stdout(_ascii(encode_header(live.header)))
            with trio.CancelScope() as scope:
                if not self.follows and live.monitor.feed is None:
                    scope.deadline = trio.current_time() + STANDS_S
                await self._print(live)
            nursery.cancel_scope.cancel()
        live.scope.cancel()

    async def _print(self, live: RunContext) -> None:
        line = _json_line if self.as_json else _text_line
        while steps := await live.tail.receive():
            await write_stdout("".join(line(step.record) for step in steps))
            stands = any(isinstance(step.record.event, AgentsStand) for step in steps)
            if stands and not self.follows:
                return


def _json_line(record: Record) -> str:
    return _ascii(encode_record(record))


def _ascii(line: bytes) -> str:
    """Return a line of JSON without what a terminal may take for more than text."""
    return line.decode() if line.isascii() else f"{json.dumps(json.loads(line))}\n"


def _text_line(record: Record) -> str:
    fields = to_fields(record.event)
    told = " ".join(f"{name}={value}" for name, value in fields.items())
    return f"{record.t:10.3f}  {tag_of(record.event):<18}  {printable(told)[:MOST_COLUMNS]}\n"
