"""`oma watch` on several machines."""

import pytest

from oma.cli.hosts_watch import watch_hosts
from oma.cli.option_values import HostOptions
from oma.errors import ConfigError


def test_what_is_not_there_for_several_machines_is_refused():
    with pytest.raises(ConfigError, match="'oma record' there"):
        watch_hosts(HostOptions(ssh="box"), "f.jsonl", as_json=False)
    with pytest.raises(ConfigError, match="is no host"):
        watch_hosts(HostOptions(ssh="-x"), None, as_json=False)
