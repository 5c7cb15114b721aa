"""The panes of a server: looked at, and changed by a step of a plan.

What is known of them comes from tmux alone, and is asked for each time; a change is done whole, or
not at all when the window is not as it was seen any more. Agent panes and the right pane go this way.
"""

import attrs

from oma.errors import CommandError, ProtocolError
from oma.model.ids import PaneId, parse_pane_id
from oma.placement.plan import Step
from oma.runtime.client.tmux_client import CommandChannel
from oma.tmux.commands.panes import SplitWindow
from oma.tmux.queries.window_panes import LIST_WINDOW_PANES, WindowPane, parse_window_panes
from oma.tmux.window_change import CHANGED, change


@attrs.frozen
class Program:
    """What runs in a new pane."""

    words: tuple[str, ...]
    """Run as they are, by no shell."""
    cwd: str | None = None


@attrs.frozen
class Done:
    """A change was made."""

    pane: PaneId | None
    """The new one, if one was made."""


@attrs.frozen
class NotDone:
    """A change was not made."""

    refusal: str | None
    """tmux's words; `None` when the window was not as it was seen any more."""


async def list_window_panes(channel: CommandChannel) -> tuple[WindowPane, ...]:
    """Return every pane of the server.

    Raises:
        CommandError: tmux does not answer, or says something else.
    """
    output = (await channel.ask(LIST_WINDOW_PANES)).check()
    try:
        return parse_window_panes(output.split("\n"))
    except ProtocolError as error:
        raise CommandError(str(error)) from None


async def change_window(
    channel: CommandChannel, seen: WindowPane, step: Step, program: Program | None
) -> Done | NotDone:
    """Do a step of a plan; verified by what tmux says.

    Args:
        channel: To the server of the window.
        seen: A row of the window that the plan was made from.
        step: What to do.
        program: What runs in the pane that the step makes, if it makes one.

    Raises:
        CommandError: tmux does not answer, or cannot be given the program.
    """
    new = None
    if step.spawn is not None and program is not None:
        beside, axis, size = step.spawn.beside, step.spawn.axis, step.spawn.size
        new = SplitWindow(beside, program.words, axis, size, program.cwd)
    answer = await channel.ask(change(seen, step.close, new, step.tree))
    if answer.status != 0:
        return NotDone(answer.complaint)
    said = answer.output.splitlines()
    if CHANGED in said:
        return NotDone(None)
    made = [parse_pane_id(line) for line in said if line.startswith("%")]
    return Done(made[0] if made else None)
