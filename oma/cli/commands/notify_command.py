"""`oma notify`: tell the user which agents need them; try that; or say what would have been told."""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import attrs
import trio

from oma.cli.arguments import add_hosts, add_json, add_rule_options
from oma.cli.cli_context import CliContext, read_context
from oma.cli.exit_codes import DONE, FAILED
from oma.cli.garbage import no_garbage
from oma.cli.live import Run
from oma.cli.notify_dry_run import would_tell
from oma.cli.notify_rules import rules_of
from oma.cli.notifying import channel_of, notify, notify_log
from oma.cli.option_values import HostOptions, RuleOptions
from oma.cli.recording_rules import carried_rules, refuse_without_recording
from oma.cli.service_frontend import ServiceFrontend
from oma.config.notify_section import CHANNELS
from oma.errors import ConfigError
from oma.model.printable import printable
from oma.model.text_table import text_table
from oma.notify.message import message_of, trial_message
from oma.notify.notification import Notification
from oma.notify.notification_policy import NotifyPolicy
from oma.recording.files import open_recording
from oma.reducers.fleet import Fleet
from oma.runtime.clock import wall_time
from oma.runtime.notify.delivery import send_one


@attrs.frozen(kw_only=True)
class NotifyOptions(HostOptions):
    """What is done, of whose agents, and by which rules a recording is judged."""

    json: bool = False
    action: str | None = None
    """`test` or `log`; else agents are watched, or a recording is read."""
    channel: str | None = None
    """The only one that is tried."""
    recording: str | None = None
    rules: RuleOptions = attrs.Factory(RuleOptions)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma notify`."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=("test", "log"),
        help="send a test on the channels in use, or on one; print what was sent",
    )
    parser.add_argument("channel", nargs="?", choices=CHANNELS)
    parser.add_argument(
        "--recording", metavar="FILE", help="send nothing: say what would have been sent"
    )
    add_rule_options(parser, "take every agent of the recording to be of this kind")
    add_json(parser)
    add_hosts(parser.add_argument_group("whose agents, if not those of this machine"))


def run(options: NotifyOptions) -> int:
    """Tell the user until interrupted, or do what else is asked for.

    Raises:
        ConfigError: Options do not fit, or a channel is not there.
        OmaError: Another process tells the user of this tmux server already.
    """
    _check(options)
    if options.action == "log":
        return _print_log(as_json=options.json)
    context = read_context(options)
    if options.action == "test":
        return trio.run(_test, context, options.channel)
    if options.recording is not None:
        return _print_dry_run(context, options, Path(options.recording))
    refuse_without_recording(None, options.rules)
    if not context.config.notify.channels:
        raise ConfigError("[notify] channels is empty: there is nothing to notify by")
    channels = ", ".join(context.config.notify.channels)
    print(f"oma: notifying by {channels} until interrupted", file=sys.stderr)
    if options.are_several:
        with no_garbage():
            from oma.cli.hosts_notify import notify_of_hosts  # of no use for one machine
        return notify_of_hosts(context, options)
    return trio.run(Run(context=context, frontend=ServiceFrontend(context, (notify,)).show).run)


def _check(options: NotifyOptions) -> None:
    """See that options fit."""
    if options.action is not None and options.recording is not None:
        raise ConfigError(f"--recording has nothing to do with oma notify {options.action}")
    if options.are_several and (options.action is not None or options.recording is not None):
        raise ConfigError("--ssh, --hosts and --fleet are for telling of agents as they are now")
    if options.channel is not None and options.action != "test":
        raise ConfigError(f"only a test is of one channel: oma notify test {options.channel}")


async def _test(context: CliContext, name: str | None) -> int:
    names = context.config.notify.channels if name is None else (name,)
    failed = False
    for each in names:
        result, ok = await send_one(channel_of(each, context), trial_message(wall_time()))
        failed |= not ok
        print(printable(f"{each}: {'sent' if ok else 'failed'}: {result}"))
    return FAILED if failed else DONE


def _print_log(*, as_json: bool) -> int:
    entries = notify_log(os.environ).entries()
    if as_json:
        for entry in entries:
            print(json.dumps(attrs.asdict(entry)))
        return DONE
    rows = [
        (entry.at[:19], entry.channel, "sent" if entry.ok else "failed", entry.title, entry.result)
        for entry in entries
    ]
    for line in text_table(rows):
        print(printable(line))
    return DONE


def _print_dry_run(context: CliContext, options: NotifyOptions, path: Path) -> int:
    with open_recording(path) as reader:
        began = datetime.fromisoformat(reader.header.started_at)
        fleet = Fleet(carried_rules(reader.header, options.rules, str(path)))
        rules = rules_of(context.config.notify)
        policy = NotifyPolicy(rules, lambda t: (began + timedelta(seconds=t)).astimezone())
        _print(would_tell(fleet, policy, reader), began, as_json=options.json)
        if reader.torn is not None:
            print(f"oma: {path}: {reader.torn}", file=sys.stderr)
    return DONE


def _print(told: Iterable[Notification], began: datetime, *, as_json: bool) -> None:
    for notification in told:
        message = message_of(notification, began)
        if as_json:
            print(message.document)
        else:
            at = (began + timedelta(seconds=notification.t)).astimezone()
            print(f"{at:%H:%M:%S}  {message.kind:<8}  {message.one_line}")
