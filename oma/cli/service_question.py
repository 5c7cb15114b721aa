"""What a command asks the service of its tmux server, and is answered at once. Light: no attrs, no trio."""

import os
from typing import Protocol

from oma.cli.service_key import service_key
from oma.config.places import find_path
from oma.errors import ConfigError, OmaError
from oma.runtime.client.tmux_socket import socket_path
from oma.runtime.service.service_address import service_address
from oma.runtime.service.service_query import ask_service
from oma.tmux.address import ServerAddress


class Asking(Protocol):
    """Of the options of a command, those that say what it would watch."""

    @property
    def socket_name(self) -> str | None:
        """Of the tmux server."""

    @property
    def socket_path(self) -> str | None:
        """Of the tmux server."""

    @property
    def config(self) -> str | None:
        """The configuration file."""

    @property
    def match(self) -> str | None:
        """The glob for the sessions."""

    @property
    def only_own(self) -> bool:
        """No agents are found in other sessions."""

    @property
    def no_service(self) -> bool:
        """Nothing is asked."""


def ask(options: Asking, want: str, **more: object) -> dict[str, object] | None:
    """Return what the service answers; `None` where there is none for these options.

    Args:
        options: Of the command.
        want: What is asked for.
        more: The rest of the request.
    """
    if options.no_service or None not in (options.socket_name, options.socket_path):
        return None
    server = ServerAddress(options.socket_name, options.socket_path)
    try:
        config = find_path(os.environ, options.config)
        address = service_address(socket_path(server, os.environ), os.environ)
    except (ConfigError, OmaError):
        return None  # a look of its own says it
    if not address.socket.exists():
        return None
    key = service_key(os.environ, config, options.match, only_own=options.only_own)
    return ask_service(address, want, key, **more)
