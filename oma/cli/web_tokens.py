"""`oma web tokens`: who may log in."""

import argparse
import json
import os
from pathlib import Path

from oma.cli.context import read_context
from oma.cli.lines import ago
from oma.config.load import state_directory
from oma.errors import ConfigError
from oma.runtime.clock import epoch_s
from oma.web.auth.roles import Role
from oma.web.auth.tokens import TokenFile

USAGE = "expected 'oma web tokens add NAME', 'list' or 'revoke NAME', or 'oma web link'"

LONGEST_S = 366 * 86_400.0

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def run(arguments: argparse.Namespace) -> int:
    """Add, list or revoke tokens; a server that runs sees it within a second.

    Raises:
        ConfigError: The command line is wrong, or the name.
    """
    file = token_file()
    match arguments.words:
        case ["tokens", "add", name]:
            _add(file, name, arguments)
        case ["tokens", "list"] | ["tokens"]:
            _list(file, as_json=arguments.json)
        case ["tokens", "revoke", name]:
            file.revoke(name)
            print(f"revoked {name}")
        case words:
            message = f"oma web {' '.join(words)}: {USAGE}"
            raise ConfigError(message)
    return 0


def token_file() -> TokenFile:
    """Return the tokens of this user.

    Raises:
        ConfigError: There is no place for them.
    """
    return TokenFile(web_state() / "web-tokens.json", epoch_s)


def web_state() -> Path:
    """Return the directory of what the web keeps of this user.

    Raises:
        ConfigError: There is no place for it.
    """
    state = state_directory(os.environ)
    if state is None:
        message = "HOME is not set: set it, or XDG_STATE_HOME, to keep tokens and the audit log"
        raise ConfigError(message)
    return state


def parse_duration(text: str) -> float:
    """Return the seconds of a duration such as `90s`, `30m`, `12h` or `7d`.

    Raises:
        ConfigError: It is none, or too short or long for a token.
    """
    digits, unit = text[:-1], text[-1:]
    if digits.isascii() and digits.isdigit() and len(digits) < 10 and unit in _UNITS:
        seconds = int(digits) * _UNITS[unit]
        if 0 < seconds <= LONGEST_S:
            return float(seconds)
    message = f"--expires {text!r}: expected a time such as 90s, 30m, 12h or 7d, at most 366d"
    raise ConfigError(message)


def _add(file: TokenFile, name: str, arguments: argparse.Namespace) -> None:
    agent = arguments.agent
    prefix = read_context(arguments).config.dashboard.session_prefix
    if agent is not None and not agent.startswith(prefix):
        agent = f"{prefix}{agent}"
    secret = file.add(name, Role(arguments.role), agent, parse_duration(arguments.expires))
    print(json.dumps({"name": name, "secret": secret}) if arguments.json else secret)


def _list(file: TokenFile, *, as_json: bool) -> None:
    tokens = file.tokens()
    if as_json:
        told = [
            {
                "name": token.name,
                "role": token.role,
                "agent": token.agent,
                "expires_s": round(token.expires_s - epoch_s()),
            }
            for token in tokens
        ]
        print(json.dumps(told))
        return
    if not tokens:
        print("no tokens: oma web tokens add NAME makes one")
    for token in tokens:
        left = ago(max(1.0, token.expires_s - epoch_s()))
        about = f" for {token.agent}" if token.agent else ""
        print(f"{token.name:<20}  {token.role:<8}  {left:>4} left{about}")
