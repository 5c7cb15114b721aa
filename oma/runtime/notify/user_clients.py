"""The tmux clients of the user: what they look at, and the terminals that they sit at."""

import os
import stat
from collections.abc import Iterable

from oma.errors import NotifyError, OmaError
from oma.model.ids import PaneId
from oma.runtime.client.tmux_client import TmuxClient
from oma.tmux.address import ServerAddress
from oma.tmux.queries.client_rows import LIST_USER_CLIENTS, UserClient, parse_user_clients

ASK_S = 1.0
"""How long tmux may take: a server that hangs delays no notification for longer."""

PRESENT_S = 60
"""Where tmux does not know the focus, who pressed a key so many seconds ago looks at the terminal."""


async def list_user_clients(server: ServerAddress) -> tuple[UserClient, ...]:
    """Return the clients on terminals; none where there is no server.

    Raises:
        OmaError: tmux does not answer.
    """
    answer = await TmuxClient(server).ask(LIST_USER_CLIENTS, ASK_S)
    return parse_user_clients(answer.output.splitlines()) if answer.status == 0 else ()


def looked_at(clients: Iterable[UserClient], now_epoch_s: float) -> frozenset[PaneId]:
    """Return the panes that the user looks at.

    Args:
        clients: The user's.
        now_epoch_s: By the clock of the machine.
    """
    return frozenset(
        client.pane
        for client in clients
        if client.focused
        or (client.focused is None and now_epoch_s - client.activity_epoch_s <= PRESENT_S)
    )


async def panes_looked_at(server: ServerAddress, now_epoch_s: float) -> frozenset[PaneId]:
    """Return the panes that the user looks at now; none where tmux does not say."""
    try:
        return looked_at(await list_user_clients(server), now_epoch_s)
    except OmaError:
        return frozenset()


def write_to_terminal(path: str, data: bytes) -> None:
    """Write to a terminal of this user; never waits for it.

    Raises:
        NotifyError: It is none, or takes nothing now.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISCHR(status.st_mode) or status.st_uid != os.getuid():
                raise NotifyError(f"{path} is no terminal of this user")
            os.write(descriptor, data)
        finally:
            os.close(descriptor)
    except OSError as failure:
        raise NotifyError(f"cannot write to {path}: {failure.strerror}") from None
