"""`oma status`: one look at every agent.

Light as long as the service answers: what takes a look of its own is imported when there is none.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from oma.cli.arguments import add_flag, add_hosts, add_json
from oma.cli.exit_codes import DONE
from oma.cli.garbage import no_garbage
from oma.cli.output import shows_colours
from oma.cli.service_question import ask
from oma.errors import ConfigError
from oma.runtime.service.protocol import STATUS, TABLE

_PLAIN = " :._-+/@,"
"""Beside letters and digits; a shell that completes a name quotes what has to be."""


class StatusOptions(NamedTuple):
    """As if it extended `global_options.GlobalOptions`, without its imports."""

    socket_name: str | None = None
    socket_path: str | None = None
    config: str | None = None
    match: str | None = None
    only_own: bool = False
    no_service: bool = False
    json: bool = False
    ssh: str | None = None
    hosts: bool = False
    fleet: str | None = None
    watch: bool = False
    format: str | None = None
    filter: str | None = None
    names: bool = False
    """Print names alone, for the completion of a shell: those that no shell reads specially."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma status`."""
    add_json(parser)
    add_flag(parser, "--watch", "show it again whenever something has changed, until interrupted")
    parser.add_argument(
        "--format",
        metavar="TEMPLATE",
        help="a line for each agent, such as '{health:<8} {agent}': the fields of --json",
    )
    parser.add_argument("--filter", metavar="F", help="only agents that fit, as in the dashboard")
    add_hosts(parser)
    parser.add_argument("--names", action="store_true", help=argparse.SUPPRESS)


def run(options: StatusOptions) -> int:
    """Print the agents, or that there are none, or that there is no server.

    Raises:
        ConfigError: The options exclude each other, or the template is none.
    """
    if options.json and options.format is not None:
        raise ConfigError("--json and --format are two forms; give one")
    are_several = options.ssh is not None or options.hosts or options.fleet is not None
    if options.filter is not None and are_several:
        raise ConfigError("--filter is for the agents of one machine")
    if are_several:
        if options.watch:
            raise ConfigError("--watch is for one machine; oma watch --ssh tells of several")
        with no_garbage():
            from oma.cli.hosts_status import hosts_status
        return hosts_status(
            options.config,
            options.ssh,
            options.fleet,
            as_json=options.json,
            template=options.format,
        )
    if options.watch:
        return _watch(options)
    if told := _once(options):
        print(told)
    return DONE


def is_plain(name: str) -> bool:
    """Say whether shells may be given a name: it holds nothing that one expands, and is no option."""
    is_known = all(letter.isalnum() or letter in _PLAIN for letter in name)
    return is_known and name[:1] != "-" and name == name.strip()


def _once(options: StatusOptions) -> str:
    if options.names:
        found = [str(agent["agent"]) for agent in _document(options)["agents"]]
        return "\n".join(filter(is_plain, found))
    if options.format is not None:
        return _formatter(options.format)(_document(options))
    return json.dumps(_document(options)) if options.json else _table(options)


def _table(options: StatusOptions) -> str:
    is_terminal = sys.stdout.isatty()
    columns = os.get_terminal_size(sys.stdout.fileno()).columns if is_terminal else None
    colours = shows_colours()
    answer = ask(options, TABLE, columns=columns, colours=colours, **_narrow(options))
    if answer is not None:
        return str(answer.get("table"))
    with no_garbage():
        from oma.cli import status_look  # heavy, as said above

    layout = status_look.Layout(columns, colours)
    return status_look.look_for_text(_global(options), layout, options.filter)


def _document(options: StatusOptions) -> Mapping[str, Any]:
    answer = ask(options, STATUS, **_narrow(options))
    if answer is not None:
        return {name: answer.get(name) for name in ("server", "tmux", "agents")}
    with no_garbage():
        from oma.cli import status_look

    return status_look.look_for_document(_global(options), options.filter)


def _watch(options: StatusOptions) -> int:
    with no_garbage():
        from oma.cli.status_watch import watch_status
    if options.format is not None:
        return watch_status(_global(options), _formatter(options.format), options.filter)
    return watch_status(_global(options), json.dumps if options.json else None, options.filter)


def _narrow(options: StatusOptions) -> dict[str, object]:
    """Return what is asked of a service besides; one that finds a mistake in it does not answer."""
    return {} if options.filter is None else {"filter": options.filter}


def _formatter(template: str) -> Callable[[Mapping[str, Any]], str]:
    with no_garbage():
        from oma.cli.status_format import StatusFormat
    form = StatusFormat.of(template)
    return lambda told: "\n".join(form.line(agent) for agent in told["agents"])


def _global(options: StatusOptions) -> Any:  # noqa: ANN401  # its class is heavy
    with no_garbage():
        from oma.cli.global_options import GlobalOptions
    return GlobalOptions(
        socket_name=options.socket_name,
        socket_path=options.socket_path,
        config=options.config,
        match=options.match,
        only_own=options.only_own,
        no_service=options.no_service,
    )
