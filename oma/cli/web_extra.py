"""The web server, whose packages are an extra: imported when it is asked for, if it is installed."""

import importlib.util
import shlex
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import trio

from oma.cli.cli_context import CliContext
from oma.cli.live import RunContext
from oma.cli.option_values import ServeOptions
from oma.errors import ConfigError

Told = Callable[[str], Awaitable[None]]


class WebServer(Protocol):
    """Serves browsers; its socket listens already."""

    async def serve(self, live: RunContext, told: Told, ending: trio.Event) -> None:
        """Serve until `ending` is set; `told` gets the address that logs the user in."""

    async def show(self, live: RunContext, told: Told) -> None:
        """Serve until the run ends."""


def wrong_words(words: Sequence[str]) -> str:
    """Return the message for words after `oma web` that mean nothing."""
    usage = "expected 'oma web tokens add NAME', 'list' or 'revoke NAME', or 'oma web link'"
    return f"oma web {' '.join(words)}: {usage}"


PACKAGES = ("fastapi", "hypercorn")
"""Of the extra; without them there is nothing to serve with."""


def check_packages() -> None:
    """See that the extra is installed.

    Raises:
        ConfigError: It is not.
    """
    if any(importlib.util.find_spec(package) is None for package in PACKAGES):
        raise ConfigError(
            "the web needs packages that are not installed: install 'oma-tmux[web]' in place of "
            f"'oma-tmux', by uv, pipx or {shlex.quote(sys.executable)} -m pip"
        )


def serving_for(context: CliContext, options: ServeOptions) -> WebServer:
    """Return what serves as the command line asks; its socket listens already.

    Raises:
        ConfigError: The extra is not installed, or an option is wrong.
    """
    check_packages()
    serving = importlib.import_module("oma.cli.web_serving")  # fastapi: only when it is asked for
    made: WebServer = serving.serving_for(context, options)
    return made
