"""`oma web`: the agents in a browser, and who may see them."""

import argparse
import importlib.util
import os
import shlex
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Protocol

import trio

from oma.cli.context import CliContext, read_context
from oma.cli.live import Run, RunContext, recording_for
from oma.errors import ConfigError, OmaError
from oma.runtime.client.runtime_directory import runtime_directory
from oma.runtime.stdout import write_stdout

Told = Callable[[str], Awaitable[None]]


class Serving(Protocol):
    """What serves; imported when it is asked for."""

    async def serve(self, live: RunContext, told: Told, ending: trio.Event) -> None:
        """Serve until `ending` is set; `told` gets the address that logs the user in."""

    async def show(self, live: RunContext, told: Told) -> None:
        """Serve until the run ends."""


PACKAGES = ("fastapi", "hypercorn")
"""Of the extra; without them there is nothing to serve with."""

NO_PAGE = "this oma was installed without node and has no page; the address says how to get it"


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted, or see to tokens and links.

    Raises:
        ConfigError: The extra is not installed, or an option is wrong.
    """
    if arguments.words[:1] == ["link"]:
        from oma.cli import web_links  # the server that it is for runs elsewhere

        return web_links.run(arguments)
    if arguments.words:
        from oma.cli import web_tokens  # no server is needed for them

        return web_tokens.run(arguments)
    context = read_context(arguments)
    serving = serving_for(context, arguments)
    told = partial(_tell, arguments)

    async def frontend(live: RunContext) -> None:
        await serving.show(live, told)

    return trio.run(Run(context, frontend, recording_for(arguments.record)).run)


def serving_for(context: CliContext, arguments: argparse.Namespace) -> Serving:
    """Return what serves as the command line asks; its socket listens already.

    Raises:
        ConfigError: The extra is not installed, or an option is wrong.
    """
    if any(importlib.util.find_spec(package) is None for package in PACKAGES):
        message = (
            "the web needs packages that are not installed: install 'oma-tmux[web]' in place of "
            f"'oma-tmux', by uv, pipx or {shlex.quote(sys.executable)} -m pip"
        )
        raise ConfigError(message)
    serving = importlib.import_module("oma.cli.web_serving")  # fastapi: only when it is asked for
    made: Serving = serving.serving_for(context, arguments)
    return made


async def _tell(arguments: argparse.Namespace, url: str) -> None:
    from oma.web.assets import has_page  # with the web alone

    await write_stdout(f"open {url}\n")
    if not has_page():
        print(f"oma: {NO_PAGE}", file=sys.stderr)
    if arguments.open:
        try:
            await _open(url)
        except OmaError as error:
            print(f"oma: {error}", file=sys.stderr)


async def _open(url: str) -> None:
    import webbrowser  # for this alone

    # Through a file: a code on the command line of a browser could be read by other users.
    path = runtime_directory(os.environ) / f"login-{os.getpid()}.html"
    page = f'<!doctype html><meta http-equiv="refresh" content="0; url={url}"><title>oma</title>\n'
    _write(path, page)
    try:
        # In a thread: a browser in the terminal returns when the user leaves it.
        if not await trio.to_thread.run_sync(
            webbrowser.open, path.as_uri(), abandon_on_cancel=True
        ):
            message = "no browser was found on this machine: open the address yourself"
            raise OmaError(message)
        await trio.sleep_forever()
    finally:
        path.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    try:
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(text)
    except OSError as failure:
        message = f"cannot write {path}: {failure.strerror}"
        raise OmaError(message) from None
