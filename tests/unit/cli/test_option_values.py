"""Options of the command line as values."""

import pytest

from oma.cli.option_values import HostOptions


@pytest.mark.parametrize(
    "given", [{"ssh": "box"}, {"hosts": True}, {"fleet": "redis://localhost"}]
)
def test_several_machines_are_meant_where_one_way_to_them_is_given(given):
    assert HostOptions(**given).are_several
    assert not HostOptions().are_several
