"""The controller that every subcommand acts by."""

from types import SimpleNamespace

import attrs
import pytest

from oma.cli.agent_control import controller_for, live_controller, proposals_of
from oma.cli.cli_context import read_context
from oma.cli.option_values import GlobalOptions
from oma.config.profiles import packaged_profiles
from oma.config.schema import AgentSection
from oma.detection.thresholds import Thresholds
from oma.reducers.rules import Rules

RULES = Rules(tuple(packaged_profiles()), Thresholds())


def context(**agent):
    found = read_context(GlobalOptions(socket_name="x"))
    return attrs.evolve(found, config=attrs.evolve(found.config, agent=AgentSection(**agent)))


def test_it_knows_each_kind_and_the_variables_of_new_agents(monkeypatch):
    monkeypatch.setenv("HERE", "1")
    controller = controller_for(context(env=("HERE", "GIVEN=2")), RULES, None)

    assert controller.server.socket_name == "x"
    assert controller.profiles["claude"].commands == {"claude", "claude-code"}
    assert controller.profiles["aider"].resume == "aider --restore-chat-history"
    assert controller.variables == {"HERE": "1", "GIVEN": "2"}


def test_in_a_live_run_it_asks_the_monitor_for_everything_again():
    monitor = SimpleNamespace(resync=lambda: None)
    live = SimpleNamespace(rules=RULES, store=None, monitor=monitor)

    assert live_controller(context(), live).resync is monitor.resync


@pytest.mark.parametrize(("given", "shown"), [("~", "HOME"), ("/srv/x/../y", "/srv/y")])
def test_a_form_for_a_new_agent_begins_with_what_is_configured(home, given, shown):
    live = SimpleNamespace(rules=RULES)
    proposals = proposals_of(context(default_workdir=given, default_command="codex"), live)

    assert proposals.directory == (str(home) if shown == "HOME" else shown)
    assert proposals.command == "codex"
    assert "claude" in proposals.profiles
    assert "generic" not in proposals.profiles


def test_where_the_directory_was_removed_it_begins_with_the_home(home, tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()

    found = proposals_of(context(default_workdir="."), SimpleNamespace(rules=RULES))
    assert found.directory == str(home)
