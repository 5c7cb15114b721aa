"""`oma status --watch`: the same as `oma status`, again whenever something has changed."""

import os
import sys
from collections.abc import Awaitable, Callable

import attrs
import trio

from oma.cli.cli_context import CliContext, read_context
from oma.cli.live import Run, RunContext
from oma.cli.option_values import GlobalOptions
from oma.cli.output import shows_colours
from oma.cli.status_look import ALL, PLAIN, Layout, Narrowing, status_text
from oma.model.document_shapes import StatusDocument
from oma.model.documents import status_document
from oma.runtime.stdout import until_nobody_reads, write_stdout

FOUND_S = 1.5
"""Within that the agents that there are were found and judged."""

GATHER_S = 0.1
"""How long changes gather after one was shown."""

TICK_S = 1.0
"""How often ages and the size of a terminal are looked at."""

_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
"""The alternate screen without a cursor, and back to what the terminal showed before."""

_UNSEEN = "unseen"
"""The reason of an agent that has not been judged yet."""

_VOLATILE = frozenset({"idle_s", "cpu_percent", "rss_bytes"})
"""What changes while nothing happens."""


def watch_status(
    options: GlobalOptions,
    of_document: Callable[[StatusDocument], str] | None,
    filter_text: str | None = None,
) -> int:
    """Show the agents until interrupted; return the exit code.

    On a terminal they are drawn in place; else they are printed again when they are others, tables with an
    empty line between them.

    Args:
        options: Those that every command has.
        of_document: What is shown of the agents; `None` is the table.
        filter_text: Only the agents that it fits are shown; `None` is all.

    Raises:
        OmaError: An option is wrong.
    """
    context = read_context(options)
    on_terminal = sys.stdout.isatty()
    watch = _Watch(context, of_document, Narrowing.of(context, filter_text))
    run = Run(
        context=context,
        frontend=watch.on_terminal if on_terminal else watch.in_lines,
        uses_service=True,
        holds_terminal=on_terminal,
    )
    return trio.run(run.run)


@attrs.frozen
class _Watch:
    """Shows a run as it goes on."""

    context: CliContext
    of_document: Callable[[StatusDocument], str] | None
    narrowing: Narrowing = ALL

    async def on_terminal(self, live: RunContext) -> None:
        """Draw in place; at the end the terminal shows what it showed before, and the last state."""
        text = ""

        async def draw() -> None:
            nonlocal text
            shown = ""
            while True:
                seq, size = live.store.seq, os.get_terminal_size(sys.stdout.fileno())
                text = self._text(live, Layout(size.columns, colours=shows_colours()))
                frame = "\x1b[K\r\n".join(text.split("\n")[: size.lines - 1])
                if frame != shown:
                    shown = frame
                    await write_stdout(f"\x1b[H{frame}\x1b[K\x1b[J")
                with trio.move_on_after(TICK_S):
                    await live.store.wait_newer(seq)
                await trio.sleep(GATHER_S)

        await write_stdout(_ENTER)
        try:
            await _until_the_end(live, draw)
        finally:
            with trio.CancelScope(shield=True):
                await write_stdout(_LEAVE + (f"{text}\n" if text else ""))

    async def in_lines(self, live: RunContext) -> None:
        """Print what has become another one."""

        async def tell() -> None:
            known: object = None
            separator = ""
            while True:
                seq, lasting = live.store.seq, _lasting(self._document(live))
                if lasting != known:
                    known = lasting
                    await write_stdout(f"{separator}{self._text(live, PLAIN)}\n")
                    separator = "" if self.of_document else "\n"
                await live.store.wait_newer(seq)
                await trio.sleep(GATHER_S)

        async with trio.open_nursery() as nursery:
            nursery.start_soon(until_nobody_reads)
            await _until_the_end(live, tell)
            nursery.cancel_scope.cancel()

    def _text(self, live: RunContext, layout: Layout) -> str:
        if self.of_document is not None:
            return self.of_document(self._document(live))
        now_s, wall_time = live.clock.now_s(), live.clock.wall_time()
        state = live.store.state
        return status_text(state, now_s, wall_time, self.context, layout, self.narrowing)

    def _document(self, live: RunContext) -> StatusDocument:
        state = self.narrowing.narrow(live.store.state)
        return status_document(state, live.clock.now_s(), live.clock.wall_time())


async def _until_the_end(live: RunContext, show: Callable[[], Awaitable[None]]) -> None:
    """Run `show`, once the agents were found, until the log ends."""
    async with trio.open_nursery() as nursery:

        async def show_found() -> None:
            with trio.move_on_after(FOUND_S):
                await live.monitor.known()
                while not _is_judged(live):
                    await live.store.wait_newer(live.store.seq)
            await show()

        nursery.start_soon(show_found)
        while await live.tail.receive():
            pass
        nursery.cancel_scope.cancel()


def _is_judged(live: RunContext) -> bool:
    agents = live.store.state.agents
    return bool(agents) and all(agent.verdict.reason != _UNSEEN for agent in agents)


def _lasting(told: StatusDocument) -> object:
    """Return what of a document is the same for as long as nothing happens."""
    agents = [
        {name: value for name, value in agent.items() if name not in _VOLATILE}
        for agent in told["agents"]
    ]
    return {**told, "agents": agents}
