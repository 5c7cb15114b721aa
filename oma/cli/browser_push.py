"""Composes Web Push: the file of browsers, the channel that sends to them, and what the page's server does with it."""

import importlib
import shlex
import sys
from collections.abc import Callable, Sequence

import attrs

from oma.cli.cli_context import CliContext
from oma.cli.web_tokens import push_file, token_file
from oma.errors import ConfigError
from oma.notify.push_subscription import PushSubscription, endpoint_problem
from oma.runtime.notify.channel import Channel
from oma.runtime.notify.push_file import PushFile, has_packages


def push_channel(hosts: Sequence[str]) -> Channel:
    """Return the channel `push`.

    Raises:
        ConfigError: The extra is not installed, or there is no place for its file.
    """
    _refuse_without_packages()
    module = importlib.import_module("oma.runtime.notify.push_channel")
    channel: Channel = module.PushChannel(push_file(), hosts, _holds)
    return channel


def browser_push(context: CliContext) -> "BrowserPush | None":
    """Return what the page's server does with browsers that subscribe; `None` where the channel is not in use.

    Raises:
        ConfigError: The extra is not installed.
        OmaError: The file cannot be read or written.
    """
    if "push" not in context.config.notify.channels:
        return None
    _refuse_without_packages()
    file = push_file()
    return BrowserPush(file, file.public_key(), context.config.notify.push_hosts)


@attrs.frozen
class BrowserPush:
    """The browsers that take notifications, as the page's server sees them.

    Args:
        file: Knows them.
        key: What a browser has to know, base64url.
        hosts: Push services beside those of the browsers' makers.
    """

    file: PushFile
    key: str
    hosts: Sequence[str]

    def endpoint_problem(self, endpoint: str) -> str:
        """Return why nothing is sent to an endpoint; empty where it may be."""
        return endpoint_problem(endpoint, self.hosts)

    def subscriptions(self) -> tuple[PushSubscription, ...]:
        """Return those that are good still."""
        return tuple(each for each in self.file.subscriptions() if _holds(each))

    def add(self, subscription: PushSubscription) -> None:
        """Add a browser."""
        self.file.add(subscription)

    def remove(self, which: Callable[[PushSubscription], bool]) -> bool:
        """Remove these; say whether there were any."""
        return self.file.remove(which)


def _holds(subscription: PushSubscription) -> bool:
    """Say whether what a subscription rests on is good still: a token, if it was no login address."""
    of_token = subscription.token_sha256
    return of_token is None or any(of_token == token.sha256 for token in token_file().tokens())


def _refuse_without_packages() -> None:
    if not has_packages():
        raise ConfigError(
            "[notify] channels has 'push', which needs packages that are not installed: install "
            f"'oma-tmux[push]' beside 'oma-tmux[web]', by uv, pipx or {shlex.quote(sys.executable)} -m pip"
        )
