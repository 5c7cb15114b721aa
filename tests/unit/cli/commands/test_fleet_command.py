"""`oma fleet`."""

import pytest

from oma.cli.commands.fleet_command import FleetOptions, run
from oma.errors import ConfigError
from oma.runtime.fleet.engine_users import machine_rules, user_line, viewer_rules


def test_an_engine_is_named():
    with pytest.raises(ConfigError, match="of which machines"):
        run(FleetOptions(action="record", target="logs"))
    with pytest.raises(ConfigError, match="expected rediss"):
        run(FleetOptions(action="record", target="logs", fleet="http://x"))


def test_a_password_is_shown_once_and_the_line_of_its_user_holds_its_hash(capsys):
    for viewer in (False, True):
        assert run(FleetOptions(action="token", target="box", viewer=viewer)) == 0
        out, err = capsys.readouterr()
        password = err.split("=")[1].split()[0]
        rules = viewer_rules() if viewer else machine_rules("box")
        assert out == user_line("box", password, rules) + "\n"
        assert password not in out


def test_a_name_that_could_say_more_than_a_name_is_refused():
    for name in ("", "box on nopass", "a\nuser b", "*"):
        with pytest.raises(ConfigError, match="is no name"):
            run(FleetOptions(action="token", target=name))
