"""`oma tmux`: what the user's own tmux shows of agents, and the keys there; all of it can be undone."""

import argparse
import os
import shlex
import sys

import attrs
import trio

from oma.cli.arguments import add_flag
from oma.cli.cli_context import CliContext, read_context
from oma.cli.exit_codes import DONE
from oma.cli.key_actions import do_key, own_command
from oma.cli.one_look import look_once
from oma.cli.option_values import GlobalOptions
from oma.errors import ConfigError, OmaError
from oma.model.ids import parse_pane_id
from oma.model.printable import printable
from oma.runtime.integration.applied_settings import (
    apply_plan,
    clear_marks,
    marked_windows,
    read_settings,
)
from oma.runtime.integration.status_publisher import StatusPublisher
from oma.runtime.service.service_address import service_address
from oma.tmux.installation import (
    KEY_ACTIONS,
    InstallationPlan,
    describe,
    installation,
    is_key,
    removal,
)

_ACTIONS = ("install", "uninstall", "key")


@attrs.frozen(kw_only=True)
class TmuxOptions(GlobalOptions):
    """What is done, and which keys are bound."""

    action: str | None = None
    name: str | None = None
    """Of what a key does."""
    dry_run: bool = False
    line: bool = False
    next: str = KEY_ACTIONS[0].key
    dashboard: str = KEY_ACTIONS[1].key
    answer: str = KEY_ACTIONS[2].key
    client: str | None = None
    pane: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma tmux`."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=_ACTIONS,
        help="set it, undo that, or do what a key does; without one, list what is set",
    )
    names = tuple(action.name for action in KEY_ACTIONS)
    parser.add_argument("name", nargs="?", choices=names, help=argparse.SUPPRESS)
    add_flag(parser, "--dry-run", "only say what would be changed")
    add_flag(parser, "--line", "print the line for your tmux.conf, and change nothing")
    for action in KEY_ACTIONS:
        parser.add_argument(
            f"--{action.name}",
            metavar="KEY",
            default=action.key,
            help=f"{action.about.removeprefix('oma: ')}: {action.key!r} unless given; '' for none",
        )
    parser.add_argument("--client", metavar="TTY", help=argparse.SUPPRESS)
    parser.add_argument("--pane", metavar="PANE", help=argparse.SUPPRESS)


def run(options: TmuxOptions) -> int:
    """Change or list what is set on the running server.

    Raises:
        ConfigError: A key is none.
        OmaError: There is no server, or tmux refused.
    """
    context = read_context(options)
    keys = {"next": options.next, "dashboard": options.dashboard, "answer": options.answer}
    for name, key in keys.items():
        if key and not is_key(key):
            raise ConfigError(f"--{name} {key!r}: expected a key such as a, M-a or F5, or ''")
    if options.action == "key":
        return trio.run(_press, context, options)
    if options.line:
        print(_configuration_line(context, keys))
        return DONE
    return trio.run(_change if options.action else _list, context, options, keys)


async def _press(context: CliContext, options: TmuxOptions) -> int:
    if options.name is None or options.client is None or options.pane is None:
        raise ConfigError("oma tmux key is for key bindings: expected a name, --client and --pane")
    await do_key(context, options.name, options.client, parse_pane_id(options.pane))
    return DONE


async def _list(context: CliContext, _options: TmuxOptions, _keys: dict[str, str]) -> int:
    lines = [*describe(await read_settings(context.server))]
    lines += [f"window {window}: has a mark" for window in await marked_windows(context.server)]
    for line in lines or ["nothing of oma is set"]:
        print(printable(line))
    return DONE


async def _change(context: CliContext, options: TmuxOptions, keys: dict[str, str]) -> int:
    now = await read_settings(context.server)
    if options.action == "install":
        lines = {name: _line_of_key(context, name) for name in keys}
        plan = installation(now, keys, lines)
    else:
        plan = removal(now)
    _print(plan, dry_run=options.dry_run)
    if options.dry_run:
        return DONE
    await apply_plan(context.server, plan)
    if options.action == "uninstall":
        await clear_marks(context.server)
    elif _service_runs(context):
        look = await look_once(context)  # the service goes on with it at the next change
        await StatusPublisher(context.server, look.store).show(look.store.state)
    else:
        print("oma: 'oma serve' sets what is shown; it does not run", file=sys.stderr)
    return DONE


def _service_runs(context: CliContext) -> bool:
    try:
        with service_address(context.socket, os.environ).held():
            return False
    except OmaError:
        return True


def _line_of_key(context: CliContext, name: str) -> str:
    return shlex.join(own_command([*context.argv(), "tmux", "key", name]))


def _configuration_line(context: CliContext, keys: dict[str, str]) -> str:
    """Return the line that does it whenever a server starts."""
    changed = [
        word
        for action in KEY_ACTIONS
        if keys[action.name] != action.key
        for word in (f"--{action.name}", keys[action.name])
    ]
    words = own_command([*context.argv(), "tmux", "install", *changed])
    return f"run-shell -b {shlex.quote(f'{shlex.join(words)} >/dev/null 2>&1')}"


def _print(plan: InstallationPlan, *, dry_run: bool) -> None:
    would = "would " if dry_run else ""
    for change in plan.changes:
        print(printable(f"{would}{change.about}"))
    for line in plan.left:
        print(printable(f"left as it is: {line}"))
    if not plan.changes:
        print("nothing to change")
