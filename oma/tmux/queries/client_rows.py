"""Asks who looks at a server: the user's clients, what each shows, and whether it has the focus."""

from collections.abc import Iterable

import attrs

from oma.errors import ProtocolError
from oma.model.ids import PaneId, parse_pane_id
from oma.tmux.commands.clients import ListClients
from oma.tmux.commands.command import in_order
from oma.tmux.commands.pane_questions import ListPanes
from oma.tmux.numbers import parse_number
from oma.tmux.queries.fields import parse_flag, split_fields


@attrs.frozen
class UserClient:
    """A client on a terminal that is no pane of the same server."""

    terminal: str
    """Its path, which is the client's name."""
    pane: PaneId
    """The active one of the window that it shows."""
    focused: bool | None
    """Whether its terminal has the focus; `None` where that is not known.

    It is where the server asks terminals for it (`focus-events`), and this one is of a kind that tells.
    """
    activity_epoch_s: int
    """When the user last pressed a key there, by the server's clock."""


LIST_USER_CLIENTS = in_order(
    ListPanes("pane #{pane_tty}"),
    ListClients(
        "client #{client_control_mode} #{focus-events} #{client_termfeatures} #{client_flags}"
        " #{client_activity} #{pane_id} #{client_tty}"
    ),
)
"""Asks for them; `parse_user_clients` reads the answer."""


def parse_user_clients(lines: Iterable[str]) -> tuple[UserClient, ...]:
    """Return the clients of users: no control clients, and none that run in a pane of the server.

    Raises:
        ProtocolError: A line is no answer to `LIST_USER_CLIENTS`.
    """
    panes, clients = set(), []
    for line in filter(None, lines):
        kind, _, rest = line.partition(" ")
        if kind == "pane":
            panes.add(rest)
        elif kind == "client":
            clients += _client(rest)
        else:
            raise ProtocolError(f"neither a pane nor a client: {line[:200]!r}")
    return tuple(client for client in clients if client.terminal not in panes)


def _client(text: str) -> list[UserClient]:
    control, asks, features, flags, activity, pane, terminal = split_fields(text, 7, " ")
    if parse_flag(control) or not pane or not terminal:
        return []
    tells_focus = parse_flag(asks) and "focus" in features.split(",")
    focused = "focused" in flags.split(",") if tells_focus else None
    return [UserClient(terminal, parse_pane_id(pane), focused, parse_number(activity))]
