"""Arguments that several subcommands share, and how what was parsed becomes an options value.

Light, for `oma report` runs at every hook of an agent: no attrs, no pathlib.
"""

import argparse
from collections.abc import Mapping
from typing import Any, TypeVar, get_type_hints

from oma import __version__
from oma.cli.quantities import duration, port, seconds

WEB_PORT = 8420

Options = TypeVar("Options")


def options_of(kind: type[Options], found: Mapping[str, Any]) -> Options:
    """Return the options value of a subcommand.

    Args:
        kind: Its class. A field whose type is an attrs class is made from the same arguments.
        found: What was parsed, by the names of the fields.
    """
    values = {}
    for name, field in get_type_hints(kind).items():
        if hasattr(field, "__attrs_attrs__"):
            values[name] = options_of(field, found)
        else:
            values[name] = tuple(found[name]) if isinstance(found[name], list) else found[name]
    return kind(**values)


def add_global_options(parser: argparse.ArgumentParser) -> None:
    """Add what every subcommand takes."""
    group = parser.add_argument_group("which tmux server, and how")
    group.add_argument("-L", dest="socket_name", metavar="NAME", help="tmux socket name")
    group.add_argument("-S", dest="socket_path", metavar="PATH", help="tmux socket path")
    group.add_argument("--config", metavar="FILE", help="configuration file")
    group.add_argument(
        "--match", metavar="GLOB", help="watch sessions of these names, and no others"
    )
    add_flag(group, "--only-own", "find no agents in sessions of other names")
    add_flag(group, "--no-service", "watch by itself, also where oma serve runs")


def add_version(parser: argparse.ArgumentParser, about: str = argparse.SUPPRESS) -> None:
    """Add `--version` and `-V`."""
    parser.add_argument(
        "-V", "--version", action="version", version=f"oma {__version__}", help=about
    )


def add_dashboard_options(parser: argparse.ArgumentParser, title: str) -> None:
    """Add what the dashboard takes: `oma` and `oma up`."""
    group = parser.add_argument_group(title)
    add_record(group)
    add_flag(group, "--ascii", "draw with ASCII alone")
    add_flag(group, "--web", "serve browsers beside it, as oma web")
    add_hosts(group)
    group.add_argument(
        "--web-port", type=port, default=WEB_PORT, metavar="N", help=argparse.SUPPRESS
    )


def add_rule_options(parser: argparse.ArgumentParser, about: str) -> None:
    """Add what gives other rules than those that a recording carries.

    Args:
        parser: Of the subcommand.
        about: What `--profile` does.
    """
    parser.add_argument("--profile", metavar="P", help=about)
    parser.add_argument(
        "--profiles", metavar="DIR", help="judge by the profiles in DIR in place of others"
    )


def add_flag(parser: argparse._ActionsContainer, name: str, about: str) -> None:
    """Add an option without a value."""
    parser.add_argument(name, action="store_true", help=about)


def add_json(parser: argparse._ActionsContainer) -> None:
    """Add `--json`."""
    add_flag(parser, "--json", "for machines")


def add_record(parser: argparse._ActionsContainer) -> None:
    """Add `--record FILE`."""
    parser.add_argument("--record", metavar="FILE", help="record what happens, too")


def add_hosts(parser: argparse._ActionsContainer) -> None:
    """Add `--ssh`, `--hosts` and `--fleet`: the machines whose agents are meant."""
    parser.add_argument(
        "--ssh", metavar="HOST[,HOST…]", help="the agents of these machines; . is this one"
    )
    add_flag(parser, "--hosts", "the agents of the machines of [fleet] hosts")
    parser.add_argument(
        "--fleet", metavar="URL", help="the agents of the machines that publish on this engine"
    )


def add_duration(parser: argparse.ArgumentParser) -> None:
    """Add `--duration S`."""
    parser.add_argument(
        "--duration", type=seconds, default=float("inf"), metavar="S", help="stop after S seconds"
    )


def add_since(parser: argparse._ActionsContainer) -> None:
    """Add `--since LENGTH`."""
    parser.add_argument(
        "--since", type=duration, metavar="LENGTH", help="only of the last 90m, 8h, 7d…"
    )


def add_recordings(parser: argparse._ActionsContainer) -> None:
    """Add `--recording FILE`, which may be given several times."""
    parser.add_argument(
        "--recording", action="append", default=[], metavar="FILE", help="of these recordings"
    )


def add_client(parser: argparse._ActionsContainer) -> None:
    """Add `--client TTY`."""
    parser.add_argument(
        "--client", metavar="TTY", help="of a tmux client, for key bindings: '#{client_tty}'"
    )


def add_command(
    parser: argparse.ArgumentParser, about: str = "after --, with its arguments"
) -> None:
    """Add `command`: the words of a program."""
    parser.add_argument("command", nargs="*", metavar="COMMAND", help=about)
