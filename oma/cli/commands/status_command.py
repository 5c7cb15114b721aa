"""`oma status`: one look at every agent.

Light as long as the service answers: what takes a look of its own is imported when there is none.
"""

import argparse
import json
from typing import NamedTuple

from oma.cli.arguments import add_hosts, add_json
from oma.cli.garbage import no_garbage
from oma.cli.service_question import ask
from oma.runtime.service.protocol import STATUS, TABLE

_OF_NO_LOOK = frozenset({"names", "ssh", "hosts"})

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
    ssh: str | None = None
    hosts: bool = False
    names: bool = False
    """Print names alone, for the completion of a shell: those that no shell reads specially."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma status`."""
    add_json(parser)
    add_hosts(parser)
    parser.add_argument("--names", action="store_true", help=argparse.SUPPRESS)


def run(options: StatusOptions) -> int:
    """Print the agents, or that there are none, or that there is no server."""
    if options.ssh is not None or options.hosts:
        with no_garbage():
            from oma.cli.hosts_status import hosts_status
        return hosts_status(options.config, options.ssh, as_json=options.json)
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
    answer = ask(options, STATUS if options.json else TABLE)
    if answer is None:
        return None
    if options.json:
        return json.dumps({name: answer.get(name) for name in ("server", "tmux", "agents")})
    return str(answer.get("table"))


def _of_a_look(options: StatusOptions) -> str:
    with no_garbage():
        from oma.cli import status_look  # heavy, as said above

    return status_look.look({k: v for k, v in options._asdict().items() if k not in _OF_NO_LOOK})
