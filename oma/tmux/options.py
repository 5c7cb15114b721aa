"""Options of a server that a user may have set and that bear on what `oma` starts."""

from collections.abc import Sequence

import attrs

from oma.tmux.commands.command import in_order
from oma.tmux.commands.server_settings import ShowGlobalOption


@attrs.frozen
class ServerOptions:
    """How sessions and panes end, unless they are told otherwise."""

    destroy_unattached: bool
    """A session ends when nobody is attached to it."""
    remain_on_exit: bool
    """A pane stays when its program has ended."""


SHOW_SERVER_OPTIONS = in_order(
    ShowGlobalOption("destroy-unattached"), ShowGlobalOption("remain-on-exit")
)
"""Asks for them; `parse_server_options` reads the answer."""


def parse_server_options(lines: Sequence[str]) -> ServerOptions | None:
    """Return what tmux answered; `None` when it is something else."""
    if len(lines) < 2:
        return None
    unattached, remain = lines[:2]
    return ServerOptions(unattached not in {"off", "0"}, remain not in {"off", "0"})
