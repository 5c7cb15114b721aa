"""What is found by default."""

from oma.config.load import config_from_mapping
from oma.config.schema import Config


def test_agents_are_found_everywhere_unless_that_is_turned_off():
    assert Config().discovery.enabled

    config = config_from_mapping({"discovery": {"enabled": False, "match": ["work*"]}}, "f")

    assert (config.discovery.enabled, config.discovery.match) == (False, ("work*",))
