"""`oma status`: one look at every agent.

Light as long as the service answers: what takes a look of its own is imported when there is none.
"""

import argparse
import json
import os
from typing import NamedTuple

from oma.cli.arguments import add_json
from oma.cli.service_key import service_key
from oma.config.places import find_path
from oma.errors import ConfigError, OmaError
from oma.runtime.client.tmux_socket import socket_path
from oma.runtime.service.protocol import STATUS, TABLE
from oma.runtime.service.service_address import service_address
from oma.runtime.service.service_query import ask_service
from oma.tmux.address import ServerAddress

_PLAIN = " :._-+/@,"
"""Beside letters and digits; a shell that completes a name quotes what has to be."""


class StatusOptions(NamedTuple):
    """As `option_values.JsonOptions`, without its imports."""

    socket_name: str | None = None
    socket_path: str | None = None
    config: str | None = None
    match: str | None = None
    only_own: bool = False
    no_service: bool = False
    json: bool = False
    names: bool = False
    """Print names alone, for the completion of a shell: those that no shell reads specially."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma status`."""
    add_json(parser)
    parser.add_argument("--names", action="store_true", help=argparse.SUPPRESS)


def run(options: StatusOptions) -> int:
    """Print the agents, or that there are none, or that there is no server."""
    given = options._replace(json=options.json or options.names)
    told = _of_service(given) or _of_a_look(given)
    if options.names:
        found = [agent["agent"] for agent in json.loads(told)["agents"]]
        told = "\n".join(filter(is_plain, found))
    print(told)
    return 0


def is_plain(name: str) -> bool:
    """Say whether shells may be given a name: it holds nothing that one expands, and is no option."""
    is_known = all(letter.isalnum() or letter in _PLAIN for letter in name)
    return is_known and name[:1] != "-" and name == name.strip()


def _of_service(options: StatusOptions) -> str | None:
    """Return what the service says; `None` where there is none for these options."""
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
    answer = ask_service(address, STATUS if options.json else TABLE, key)
    if answer is None:
        return None
    if options.json:
        return json.dumps({name: answer.get(name) for name in ("server", "tmux", "agents")})
    return str(answer.get("table"))


def _of_a_look(options: StatusOptions) -> str:
    from oma.cli import status_look  # heavy, as said above

    return status_look.look({k: v for k, v in options._asdict().items() if k != "names"})
