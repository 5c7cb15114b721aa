"""What `oma status` says: a document for machines, a table for users."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import attrs

from oma.cli.cli_context import CliContext, read_context, why_none
from oma.cli.global_options import GlobalOptions
from oma.cli.one_look import look_now
from oma.cli.transition_lines import ago
from oma.model.document_shapes import StatusDocument
from oma.model.documents import status_document
from oma.model.health import grounds
from oma.model.printable import printable
from oma.model.state import FleetState
from oma.model.wall_time import WallTime, log_calendar
from oma.tui.cells import cells, pad, shorten

WHY_CELLS = 100
"""As much of the grounds a row shows where no terminal says how wide it is."""

_LEAST_WHY_CELLS = 12
_GAP = 2

_MOST_COLUMNS = 10_000
"""Of a terminal that is believed; more is nobody's."""

StatusRow = tuple[str, str, str, str, str]
"""Of an agent: its name, its health, when it was active, its kind, and why it is judged so."""


@attrs.frozen
class Layout:
    """How a table is laid out."""

    columns: int | None = None
    """Of the terminal that shows it; `None` where it is shown by none."""
    colours: bool = False
    """Healths are coloured."""


PLAIN = Layout()


@attrs.frozen
class Narrowing:
    """Which agents are meant."""

    text: str = ""
    """The filter."""
    narrow: Callable[[FleetState], FleetState] = lambda state: state
    """Leaves the agents that it fits."""

    @classmethod
    def of(cls, context: CliContext, filter_text: str | None) -> "Narrowing":
        """Return what an option asks for; raises as `filter_of`."""
        if filter_text is None:
            return ALL
        from oma.cli.agent_filter import (  # a fifth of what `oma status` imports
            filter_of,
            narrowed,
        )

        return cls(filter_text, partial(narrowed, meant=filter_of(context.config, filter_text)))


ALL = Narrowing()


def layout_asked(asked: Mapping[str, object]) -> Layout:
    """Return the layout that a request to the service asks for; what is no such thing is ignored."""
    columns = asked.get("columns")
    if not (isinstance(columns, int) and 0 < columns <= _MOST_COLUMNS):
        columns = None
    return Layout(columns, asked.get("colours") is True)


def look_for_text(
    options: GlobalOptions, layout: Layout = PLAIN, filter_text: str | None = None
) -> str:
    """Return what one look tells a user, by the options that every command has.

    Raises:
        OmaError: An option is wrong, or tmux does not answer.
    """
    context = read_context(options)
    narrowing = Narrowing.of(context, filter_text)
    found = look_now(context)
    state = found.store.state
    return status_text(state, state.t, log_calendar(found.started_at), context, layout, narrowing)


def look_for_document(options: GlobalOptions, filter_text: str | None = None) -> StatusDocument:
    """Return what one look tells machines; raises as `look_for_text`."""
    context = read_context(options)
    narrowing = Narrowing.of(context, filter_text)
    found = look_now(context)
    state = narrowing.narrow(found.store.state)
    return status_document(state, state.t, log_calendar(found.started_at))


def status_text(
    known: FleetState,
    t: float,
    wall_time: WallTime,
    context: CliContext,
    layout: Layout = PLAIN,
    narrowing: Narrowing = ALL,
) -> str:
    """Return the agents as a table, or that there are none, or none that fits, or that there is no server."""
    if not known.has_server:
        where = f" at {context.socket}" if context.server.argv() else ""
        return f"no tmux server is running{printable(where)}"
    state = narrowing.narrow(known)
    if known.agents and not state.agents:
        return f"no agent fits {printable(narrowing.text)!r}"
    if not state.agents:
        ways = "'oma new' starts one, --match GLOB watches sessions of other names"
        return f"no agents: {why_none(context)}; {ways}"
    rows: list[StatusRow] = []
    for agent in state.agents:
        verdict = agent.verdict
        until = "" if verdict.ending is None else wall_time.until(verdict.ending, t)
        why = printable(grounds(verdict.reason, verdict.evidence, until))
        rows.append(
            (
                printable(agent.name),
                verdict.health.upper(),
                ago(wall_time.elapsed_s(agent.active_s, t)),
                agent.profile,
                why,
            )
        )
    return status_table(rows, layout)


def status_table(rows: Iterable[StatusRow], layout: Layout = PLAIN) -> str:
    """Return rows below their headings; every cell is printable.

    On a terminal no line is wider than that, unless the columns before the grounds fill it.
    """
    head: StatusRow = ("AGENT", "HEALTH", "ACTIVE", "PROFILE", "WHY")
    told = list(rows)
    widths = [max(cells(row[column]) for row in (head, *told)) for column in range(4)]
    why_cells = WHY_CELLS
    if layout.columns is not None:
        why_cells = max(_LEAST_WHY_CELLS, layout.columns - sum(widths) - 4 * _GAP)
    return "\n".join(
        [
            _line(head, widths, why_cells, "strong" if layout.colours else None),
            *(_line(row, widths, why_cells, None, colours=layout.colours) for row in told),
        ]
    )


def _line(
    row: StatusRow,
    widths: list[int],
    why_cells: int,
    style: str | None,
    *,
    colours: bool = False,
) -> str:
    name, health, active, profile = (
        pad(cell, width) for cell, width in zip(row[:4], widths, strict=True)
    )
    if colours:
        health = _painted(health, row[1].lower())
    gap = " " * _GAP
    line = gap.join([name, health, active, profile, shorten(row[4], why_cells)]).rstrip()
    return line if style is None else _painted(line, style)


def _painted(text: str, style: str) -> str:
    from oma.cli.sgr import painted  # the themes: for a terminal alone

    return painted(text, style)
