r"""The screens of many panes by one process of tmux, sans I/O.

What tmux prints is one stream: the state of a pane's terminal, which begins with a mark that no program
in a pane can know, and what the pane shows. A pane that is gone ends the command there.

>>> ask_screens([PaneId("%1")], "x").commands[1].words()
('capture-pane', '-p', '-e', '-J', '-t', '%1')
>>> screens_told([PaneId("%1")], "x", b"x\t3\t1\t0\t0\t0\nabc\n")[0].data
b'abc\n'
"""

from collections.abc import Container, Sequence

from oma.model.events import PaneCaptured
from oma.model.ids import PaneId
from oma.tmux.commands.command import Command, CommandList, in_order
from oma.tmux.queries.fields import TAB
from oma.tmux.queries.screen import capture
from oma.tmux.queries.screen_state import parse_screen

MOST_PANES = 48
"""In one command line: tmux takes 16 KiB, and this many need 11."""


def ask_screens(
    panes: Sequence[PaneId], mark: str, ended: Container[PaneId] = frozenset()
) -> CommandList:
    """Ask for the screens of panes, of `MOST_PANES` at most.

    Args:
        panes: Which, in which order.
        mark: Letters and digits that nobody else knows.
        ended: Those whose programs have ended.
    """
    commands: list[Command] = []
    for pane in panes:
        commands += capture(pane, has_ended=pane in ended, mark=mark + TAB).commands
    return in_order(*commands)


def screens_told(panes: Sequence[PaneId], mark: str, output: bytes) -> list[PaneCaptured]:
    """Return the screens in what tmux printed: of the first of the panes, up to one that is gone.

    Raises:
        ProtocolError: It is no answer to `ask_screens`.
    """
    begin = f"{mark}{TAB}".encode()
    _, *blocks = (b"\n" + output).split(b"\n" + begin)
    found: list[PaneCaptured] = []
    for at, (pane, block) in enumerate(zip(panes, blocks, strict=False)):
        state, _, data = block.partition(b"\n")
        if at < len(blocks) - 1:
            data += b"\n"  # the one before the mark that follows
        if not data:
            break  # it ended after it told its state
        found.append(parse_screen([state.decode(errors="replace")]).captured(pane, data))
    return found
