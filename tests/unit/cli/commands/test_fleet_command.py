"""`oma fleet`."""

import pytest

from oma.cli.commands.fleet_command import FleetOptions, run
from oma.errors import ConfigError


def test_an_engine_is_named():
    with pytest.raises(ConfigError, match="of which machines"):
        run(FleetOptions(action="record", directory="logs"))
    with pytest.raises(ConfigError, match="expected rediss"):
        run(FleetOptions(action="record", directory="logs", fleet="http://x"))
