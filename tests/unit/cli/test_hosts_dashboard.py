"""The dashboard of several machines; its screen is looked at in `tests/integration`."""

import attrs
import pytest

from oma.cli.hosts_dashboard import show_hosts
from oma.cli.option_values import DashboardOptions
from oma.errors import ConfigError

OPTIONS = DashboardOptions(ssh="box")


@pytest.mark.parametrize("given", [{"web": True}, {"record": "f.jsonl"}])
def test_what_is_for_one_machine_is_refused_for_several(given):
    with pytest.raises(ConfigError, match="are for the agents of one machine"):
        show_hosts(attrs.evolve(OPTIONS, **given))


def test_a_host_that_is_none_is_refused():
    with pytest.raises(ConfigError, match="is no host"):
        show_hosts(attrs.evolve(OPTIONS, ssh="box;x"))
