"""Notifications of several machines; they are sent in `tests/integration`."""

import pytest

from oma.cli.cli_context import read_context
from oma.cli.commands.notify_command import NotifyOptions, run
from oma.cli.hosts_notify import notify_of_hosts
from oma.cli.option_values import HostOptions
from oma.errors import ConfigError


def test_a_host_that_is_none_is_refused():
    options = HostOptions(ssh="-x")
    with pytest.raises(ConfigError, match="is no host"):
        notify_of_hosts(read_context(options), options)


@pytest.mark.parametrize("more", [{"action": "log"}, {"recording": "f.jsonl"}])
def test_hosts_are_for_what_is_told_as_it_happens(more):
    with pytest.raises(ConfigError, match="as they are now"):
        run(NotifyOptions(ssh="box", **more))
