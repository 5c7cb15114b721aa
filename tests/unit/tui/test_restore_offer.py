"""Agents that went with their tmux server are offered in one line, and started after one question."""

import attrs
import pytest

from oma.config.key_section import KeysSection
from oma.model.intents import RestartAgent, RestoreAgents
from oma.model.kept_fleet import LostAgent
from oma.tui.inputs import Key
from oma.tui.keymap import keymap_of
from oma.tui.restore_offer import ask_to_restore, offer
from oma.tui.update import step
from oma.tui.view_model import Browsing, Confirming, View, settled
from tests.unit.tui.fleets import KEYMAP, agent, update_context

BOB = LostAgent("oma-agent-bob", "/srv/app", "claude --resume abc-123")
KIM = LostAgent("other", "/srv", "codex\x1b[2J")
OFFER = "2 agents of the tmux before are gone: R restores them"


def test_the_offer_is_one_line_with_the_key_that_accepts_it():
    assert offer((BOB, KIM), KEYMAP) == OFFER
    assert offer((BOB,), KEYMAP) == "1 agent of the tmux before is gone: R restores it"
    assert offer((), KEYMAP) == ""


def test_where_no_key_does_it_the_command_is_named():
    keymap = keymap_of(attrs.evolve(KeysSection(), restart=()))
    assert offer((BOB,), keymap).endswith(": 'oma restore' starts it")


@pytest.mark.parametrize(
    ("agents", "notice", "key", "asks"),
    [
        ([agent(1)], OFFER, "R", True),
        ([agent(1)], OFFER, "j", False),
        ([agent(1)], "", "R", False),
        ([agent(1, gone=True)], "", "R", True),
        ([], "", "R", True),
    ],
)
def test_the_key_restores_while_that_is_offered_or_nobody_else_is_meant(agents, notice, key, asks):
    context = update_context(*agents)
    view = attrs.evolve(settled(View(lost=(BOB, KIM)), context), notice=notice)
    after, asked = step(view, Key(key), context)
    assert asked == ()
    restores = isinstance(after.mode, Confirming) and isinstance(after.mode.intent, RestoreAgents)
    assert restores is asks


def test_where_nobody_is_gone_the_key_restarts():
    context = update_context(agent(1))
    after, _ = step(settled(View(), context), Key("R"), context)
    assert after.mode.intent == RestartAgent("$1")


def test_one_question_names_all_of_them_and_what_would_run():
    view = ask_to_restore(View(lost=(BOB, KIM), notice="x"), update_context())
    assert view.mode.question == "start 2 agents again: bob, other?"
    assert not any("\x1b" in line for line in view.mode.about)
    assert [line.split()[0] for line in view.mode.about] == ["AGENT", "bob", "other"]


def test_yes_starts_them_and_anything_else_does_not():
    context = update_context()
    asking = ask_to_restore(View(lost=(BOB, KIM)), context)
    after, asked = step(asking, Key("y"), context)
    assert (after.mode, asked) == (Browsing(), (RestoreAgents(("oma-agent-bob", "other")),))
    assert step(asking, Key("n"), context)[1] == ()
