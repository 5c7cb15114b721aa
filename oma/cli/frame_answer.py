"""What a dashboard that starts is answered, by a service or by one look: its first frame, which then need not wait for anything."""

from collections.abc import Mapping

import attrs

from oma.cli.cli_context import CliContext
from oma.runtime.clock import LogClock
from oma.store.store import Store
from oma.tui.cells import Size
from oma.tui.compose import compose
from oma.tui.first_view import first_view
from oma.tui.frame_lines import encode_lines
from oma.tui.keymap import keymap_of
from oma.tui.preview import rows_to_read
from oma.tui.render_input import RenderInput
from oma.tui.theme import TerminalCapabilities
from oma.tui.view_model import UpdateContext, selected_agent, settled

MOST_CELLS = 1_000_000
"""Of a terminal that is answered; more is nobody's."""


def frame_answer(
    context: CliContext, store: Store, clock: LogClock, asked: Mapping[str, object]
) -> Mapping[str, object]:
    """Return the first frame of a dashboard, and how its terminal is to be taken.

    Args:
        context: Of the service, whose options the dashboard shares.
        store: What is known.
        clock: Of its log.
        asked: `columns` and `rows` of the terminal, and whether it shows `emoji` or `ascii` alone.
    """
    columns, rows = asked.get("columns"), asked.get("rows")
    if not (isinstance(columns, int) and isinstance(rows, int)):
        return {"refused": "expected 'columns' and 'rows' to be numbers"}
    if min(columns, rows) < 1 or columns * rows > MOST_CELLS:
        return {"refused": f"cannot compose a frame of {columns}x{rows}"}
    options, size, state = context.config.dashboard, Size(columns, rows), store.state
    seen = UpdateContext(state, size, keymap_of(context.config.keys), options.session_prefix)
    view = settled(first_view(options), seen)
    agent, detail = selected_agent(view, seen), seen.regions(view).detail
    wanted = 0 if detail is None else rows_to_read(agent, detail.rows - 1)
    render_input = RenderInput(
        state=state,
        now_s=clock.now_s(),
        wall_time=clock.wall_time(),
        prefix=options.session_prefix,
        keymap=seen.keymap,
        capabilities=TerminalCapabilities(
            emoji=asked.get("emoji") is True, ascii=asked.get("ascii") is True
        ),
        transitions=tuple(store.told),
        styled_rows=store.styled_rows(agent.id, wanted) if agent and wanted else None,
    )
    lines = encode_lines(compose(render_input, view, size, seen.kept).lines)
    colours = attrs.asdict(context.config.theme)
    return {"lines": lines, "theme": options.theme, "colours": colours, "mouse": options.mouse}
