"""`oma restore`: says who is gone, asks once, and starts them."""

import io
import sys

import attrs
import pytest

from oma.cli.commands import restore_command
from oma.cli.commands.restore_command import RestoreOptions, run
from oma.errors import OmaError
from oma.model.kept_fleet import KeptAgent
from tests.unit.cli.parsing import parsed


@attrs.define
class Restorer:
    """Of two agents, one of which cannot be started."""

    gone: tuple = (KeptAgent("oma-agent-a", "/a\x1b"), KeptAgent("oma-agent-b", "/b"))
    started: list = attrs.Factory(list)
    forgotten: list = attrs.Factory(list)

    async def missing(self):
        return self.gone

    def told(self, agent, others):
        return "claude"

    async def restore(self, agent, others):
        if agent.session == "oma-agent-b":
            raise OmaError("no such directory")
        self.started.append(agent.session)
        return f"started {agent.session}"

    async def forget(self, agents):
        self.forgotten += [agent.session for agent in agents]


@pytest.fixture
def restorer(monkeypatch):
    """Give what starts them; the question is answered with yes."""
    restorer = Restorer()
    monkeypatch.setattr(restore_command, "restorer_of", lambda context, profiles: restorer)
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    return restorer


def test_its_words_become_options():
    assert parsed("restore", "a", "b") == RestoreOptions(agents=("a", "b"))
    assert parsed("restore", "--list") == RestoreOptions(list=True)


def test_all_are_started_after_one_question_and_what_fails_is_told(restorer, capsys):
    assert run(RestoreOptions()) == 1
    told = capsys.readouterr()
    assert restorer.started == ["oma-agent-a"]
    assert "oma-agent-a  /a␛" in told.out
    assert told.err == "start 2 agents again? [y/N] oma: oma-agent-b: no such directory\n"


def test_a_choice_is_named_with_or_without_the_prefix(restorer):
    assert run(RestoreOptions(agents=("a",))) == 0
    assert restorer.started == ["oma-agent-a"]
    with pytest.raises(OmaError, match="'x' is not gone; there are: oma-agent-a, oma-agent-b"):
        run(RestoreOptions(agents=("x",)))


@pytest.mark.parametrize("options", [{"list": True}, {"forget": True}])
def test_the_list_and_forgetting_start_nothing(restorer, options):
    assert run(RestoreOptions(**options)) == 0
    assert restorer.started == []
    assert bool(restorer.forgotten) is bool(options.get("forget"))


def test_only_yes_is_yes(restorer, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    with pytest.raises(OmaError, match="nothing was started"):
        run(RestoreOptions())
    assert restorer.started == []


def test_where_none_is_gone_it_is_said(restorer):
    restorer.gone = ()
    with pytest.raises(OmaError, match="no agents are gone"):
        run(RestoreOptions())
