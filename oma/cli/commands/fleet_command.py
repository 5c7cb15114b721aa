"""`oma fleet`: what is done for all machines that publish on an engine."""

import argparse
import secrets
import sys
from pathlib import Path

import attrs
import trio

from oma.cli.exit_codes import DONE
from oma.cli.fleet_engine import address_of, engine_at
from oma.cli.option_values import GlobalOptions
from oma.cli.stop_signals import run_with_signals
from oma.errors import ConfigError, ProtocolError
from oma.model.printable import printable
from oma.runtime.fleet.engine_users import machine_rules, user_line, viewer_rules
from oma.runtime.fleet.log_archive import LogArchive


@attrs.frozen(kw_only=True)
class FleetOptions(GlobalOptions):
    """What is done, and for which machines."""

    action: str
    target: str
    fleet: str | None = None
    viewer: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma fleet`."""
    parser.add_argument(
        "action",
        choices=("record", "token"),
        help="record: keep the logs of all machines; token: make a password for one of them",
    )
    parser.add_argument(
        "target", metavar="DIR|NAME", help="of the recordings; of the machine, or of a viewer"
    )
    parser.add_argument("--fleet", metavar="URL", help="of the engine on which they publish")
    parser.add_argument(
        "--viewer", action="store_true", help="with token: for who reads all, and writes nothing"
    )


def run(options: FleetOptions) -> int:
    """Keep the logs until interrupted, or make a password; return the exit code.

    Raises:
        ConfigError: No engine is named, or what is named is none, or a name is none.
        OmaError: The directory cannot be made.
    """
    if options.action == "token":
        return _make_token(options)
    if options.fleet is None:
        raise ConfigError("of which machines? oma fleet record DIR --fleet URL")
    archive = LogArchive(engine_at(address_of(options.fleet)), Path(options.target), _say)

    async def record() -> int:
        await archive.run()
        return DONE

    return trio.run(run_with_signals, record)


def _make_token(options: FleetOptions) -> int:
    """Print the line of `users.acl` for a new password, and that on stderr."""
    name, password = options.target, secrets.token_urlsafe(24)
    try:
        rules = machine_rules(name)
    except ProtocolError:
        raise ConfigError(
            f"{name!r} is no name: expected letters, digits, '.', '_' and '-', at most 63"
        ) from None
    print(user_line(name, password, viewer_rules() if options.viewer else rules))
    _say(f"OMA_FLEET_PASSWORD={password} for {name!r}: it is shown once, the line holds its hash")
    return DONE


def _say(words: str) -> None:
    print(f"oma: {printable(words)}", file=sys.stderr)
