"""`oma notify`: tell the user which agents need them; or what would have been told of a recording."""

import argparse
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import attrs

from oma.cli.arguments import add_json, add_rule_options
from oma.cli.cli_context import read_context
from oma.cli.notify_dry_run import would_tell
from oma.cli.notify_rules import rules_of
from oma.cli.option_values import JsonOptions, RuleOptions
from oma.cli.recording_rules import carried_rules
from oma.errors import ConfigError
from oma.notify.documents import notification_document
from oma.notify.notification import Notification
from oma.notify.policy import NotifyPolicy
from oma.recording.files import open_recording
from oma.reducers.fleet import Fleet


@attrs.frozen(kw_only=True)
class NotifyOptions(JsonOptions):
    """What is told of, and by which rules a recording is judged."""

    recording: str | None = None
    rules: RuleOptions = attrs.Factory(RuleOptions)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma notify`."""
    parser.add_argument(
        "--recording", metavar="FILE", help="send nothing: say what would have been sent"
    )
    add_rule_options(parser, "take every agent of the recording to be of this kind")
    add_json(parser)


def run(options: NotifyOptions) -> int:
    """Say what would have been told of a recording.

    Raises:
        ConfigError: No recording is named.
        RecordingError: It cannot be read.
    """
    if options.recording is None:
        raise ConfigError("oma notify: expected --recording FILE")
    path = Path(options.recording)
    rules = rules_of(read_context(options).config.notify)
    with open_recording(path) as reader:
        began = datetime.fromisoformat(reader.header.started_at)
        fleet = Fleet(carried_rules(reader.header, options.rules, str(path)))
        policy = NotifyPolicy(rules, lambda t: (began + timedelta(seconds=t)).astimezone())
        _print(would_tell(fleet, policy, reader), began, as_json=options.json)
    return 0


def _print(told: Iterable[Notification], began: datetime, *, as_json: bool) -> None:
    for notification in told:
        if as_json:
            print(json.dumps(notification_document(notification, began)))
        else:
            at = (began + timedelta(seconds=notification.t)).astimezone()
            print(f"{at:%H:%M:%S}  {notification.kind:<8}  {notification.one_line}")
