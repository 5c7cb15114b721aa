"""The command lines that we send to a control client, each rendered here and nowhere else.

One function returns one line without its newline. tmux answers with one block per command on the
line, up to the first that fails. Targets are ids, never names; text goes through `quote`.
"""

from oma.model.ids import PaneId
from oma.tmux.escape import quote
from oma.tmux.queries import PANES_FORMAT, SCREEN_FORMAT

KEYS = frozenset(
    {
        *("Enter", "Escape", "Tab", "BTab", "BSpace", "Space"),
        *("Up", "Down", "Left", "Right", "Home", "End", "PPage", "NPage"),
        *("C-a", "C-c", "C-d", "C-e", "C-l", "C-r", "C-u", "C-z"),
    }
)
"""Names of keys that can be sent: tmux would type any other word as text."""


def subscribe(name: str, what: str) -> str:
    """Subscribe to the format `what` of the client's session, under a name without colons."""
    return f"refresh-client -B {quote(f'{name}::{what}')}"


def list_panes_all() -> str:
    """Ask for every pane of the server; `parse_panes` reads the answer."""
    return f"list-panes -a -F {quote(PANES_FORMAT)}"


def pause(pane: PaneId) -> str:
    """Make tmux drop output of the pane, for this client alone, until it is continued."""
    return f"refresh-client -A {quote(f'{pane}:pause')}"


def capture(pane: PaneId) -> str:
    """Ask for the state of the pane's terminal, then for its screen: two blocks.

    One block, an error, when there is no such pane.
    """
    target = quote(pane)
    # Not display-message, which answers for another pane when this one is gone.
    this = quote(f"#{{==:#{{pane_id}},{pane}}}")
    return (
        f"list-panes -t {target} -f {this} -F {quote(SCREEN_FORMAT)} ; "
        f"capture-pane -p -e -J -t {target}"
    )


def capture_and_continue(pane: PaneId) -> str:
    """As `capture`, and in the same breath let output of the pane flow again: three blocks."""
    return f"{capture(pane)} ; refresh-client -A {quote(f'{pane}:continue')}"
