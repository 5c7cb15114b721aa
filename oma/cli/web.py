"""`oma web`: the fleet in a browser."""

import argparse
import importlib.util

import trio

from oma.cli.live import Run, recording_for
from oma.cli.setting import read_setting
from oma.errors import ConfigError

PACKAGES = ("fastapi", "hypercorn")
"""Of the extra; without them there is nothing to serve with."""


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted, or see to the tokens.

    Raises:
        ConfigError: The extra is not installed, or an option is wrong.
    """
    need_extra()
    from oma.cli.web_serving import serving_for  # fastapi: only when it is asked for

    setting = read_setting(arguments)
    face = serving_for(setting, arguments).show
    run = Run(setting=setting, face=face, record=recording_for(arguments.record))
    return trio.run(run.run)


def need_extra() -> None:
    """Refuse to go on without the packages of the extra.

    Raises:
        ConfigError: One is missing.
    """
    if any(importlib.util.find_spec(package) is None for package in PACKAGES):
        message = "the web needs packages that are not installed: pip install 'oma[web]'"
        raise ConfigError(message)
