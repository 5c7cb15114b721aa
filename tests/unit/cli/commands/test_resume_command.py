"""`oma resume`: the very conversation, and no other one."""

import pytest

from oma.cli.commands import resume_command
from oma.cli.commands.resume_command import ResumeOptions, run
from oma.errors import ConfigError, OmaError
from oma.model.health import Health
from tests.unit.cli.commands import acting as acting_module
from tests.unit.cli.commands.acting import acting
from tests.unit.cli.parsing import parsed


@pytest.fixture
def known(monkeypatch):
    """Give what is known of the conversation."""
    known = {"conversation": "abc-123"}

    async def conversation_of(server, agent, profile, screen):
        return known["conversation"]

    async def restart(controller, agent, *, conversation):
        controller.asked.append(conversation)
        return f"restarted with {conversation}"

    class Store:
        def shown(self, agent):
            return ()

    monkeypatch.setattr(resume_command, "conversation_of", conversation_of)
    monkeypatch.setattr(acting_module.Controller, "restart", restart, raising=False)
    monkeypatch.setattr(acting_module.Controller, "store", Store(), raising=False)
    monkeypatch.setattr(acting_module.Controller, "server", None, raising=False)
    return known


ENDED = {"health": Health.EXITED, "profile": "codex"}


def test_its_words_become_options():
    assert parsed("resume", "a") == ResumeOptions(agent="a")
    assert parsed("resume", "a", "abc") == ResumeOptions(agent="a", conversation="abc")


def test_the_conversation_that_it_held_goes_on(known, monkeypatch, capsys):
    asked = acting(monkeypatch, resume_command, **ENDED)
    assert run(ResumeOptions(agent="bob")) == 0
    assert asked == ["abc-123"]
    assert capsys.readouterr().out == "restarted with abc-123\n"


def test_another_one_goes_on_where_that_is_meant(known, monkeypatch):
    asked = acting(monkeypatch, resume_command, **ENDED)
    run(ResumeOptions(agent="bob", conversation="other-1"))
    assert asked == ["other-1"]


@pytest.mark.parametrize(
    ("facts", "conversation", "words"),
    [
        ({"health": Health.EXITED, "profile": "aider"}, "abc-123", "no profile says how"),
        ({"profile": "codex"}, "abc-123", "still runs"),
        (ENDED, "", "is not known: give its id"),
    ],
)
def test_what_cannot_go_on_is_refused(known, monkeypatch, facts, conversation, words):
    known["conversation"] = conversation
    acting(monkeypatch, resume_command, **facts)
    with pytest.raises(OmaError, match=words):
        run(ResumeOptions(agent="bob"))


def test_what_is_no_id_is_refused():
    with pytest.raises(ConfigError, match="expected letters, digits"):
        run(ResumeOptions(agent="bob", conversation="$(x)"))
