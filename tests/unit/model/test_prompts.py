"""Queued prompts: what becomes of them, and when an agent takes one."""

import pytest

from oma.model.health import Health
from oma.model.ids import PaneId
from oma.model.prompts import (
    TYPING,
    UNSURE,
    Addressee,
    PromptQueue,
    bad_answer,
    takes_prompt,
)
from tests.unit.tui.fleets import agent, verdict

BOB = Addressee("run 1", PaneId("%1"), "oma-agent-bob", "oma-agent-bob")
ANN = Addressee("run 1", PaneId("%2"), "ann")


def queue():
    return PromptQueue().added(BOB, "one").added(ANN, "two").added(BOB, "three")


def test_prompts_keep_their_order_and_their_numbers():
    there = queue().without(lambda prompt: prompt.number == 1).added(BOB, "four")
    assert [(p.number, p.text) for p in there.prompts] == [(2, "two"), (3, "three"), (4, "four")]
    assert there.with_text(3, "drei").prompt(3).text == "drei"
    assert there.prompt(1) is None


def test_a_queue_stops_for_one_agent_and_goes_on():
    there = queue().halted(BOB, "why").halted(BOB, "because")
    assert (there.why_stopped(BOB), there.why_stopped(ANN)) == ("because", "")
    assert there.resumed(BOB).why_stopped(BOB) == ""


def test_what_was_being_typed_is_not_typed_again():
    there = queue().with_state(1, TYPING).recovered()
    assert there.prompt(1).state == UNSURE
    assert "may have been typed" in there.why_stopped(BOB)
    assert queue().recovered() == queue()


@pytest.mark.parametrize(
    ("to", "server", "changes", "is_now"),
    [
        (BOB, "run 1", {}, True),
        (BOB, "run 1", {"name": "other"}, True),
        (BOB, "run 1", {"gone": True}, False),
        (BOB, "run 1", {"pane": PaneId("%7")}, False),
        (BOB, "run 2", {"pane": PaneId("%7")}, True),
        (BOB, "run 2", {"name": "other"}, False),
        (ANN, "run 2", {"pane": ANN.pane}, False),
    ],
)
def test_an_agent_is_known_by_its_pane_and_after_a_restart_by_its_name(
    to, server, changes, is_now
):
    there = agent(1, **{"name": "bob", "pane": PaneId("%1")} | changes)
    assert to.is_now(there, server) is is_now


@pytest.mark.parametrize(
    ("health", "reason", "since_s", "t", "sent_s", "takes"),
    [
        (Health.IDLE, "finished", 1.0, 9.0, None, True),
        (Health.IDLE, "silent", 1.0, 9.0, None, False),
        (Health.IDLE, "panel", 1.0, 9.0, None, False),
        (Health.OK, "active", 1.0, 9.0, None, False),
        (Health.WAITING, "permission", 1.0, 9.0, None, False),
        (Health.IDLE, "finished", 8.5, 9.0, 8.0, True),
        (Health.IDLE, "finished", 1.0, 9.0, 8.0, False),
        (Health.IDLE, "finished", 1.0, 13.0, 8.0, True),
    ],
)
def test_a_prompt_is_taken_at_rest_and_after_the_answer_before(
    health, reason, since_s, t, sent_s, takes
):
    there = agent(1, verdict=verdict(health, reason, since_s=since_s))
    assert takes_prompt(there, t, sent_s, 5.0) is takes


@pytest.mark.parametrize(
    ("health", "reason", "takes"),
    [
        (Health.STUCK, "error", True),
        (Health.STUCK, "rate-limit", True),
        (Health.STUCK, "retry", False),
        (Health.STUCK, "silent", False),
        (Health.STUCK, "no-progress", False),
        (Health.WAITING, "question", False),
        (Health.IDLE, "finished", True),
    ],
)
def test_after_an_error_one_is_taken_where_the_user_said_so(health, reason, takes):
    there = agent(1, verdict=verdict(health, reason, since_s=1.0))
    assert takes_prompt(there, 9.0, None, 5.0, is_resumed=True) is takes
    assert takes_prompt(there, 9.0, None, 5.0) is (health is Health.IDLE)


def test_that_an_agent_goes_on_is_known_until_it_is_stopped_again_or_its_queue_cleared():
    queue = PromptQueue().added(BOB, "one")
    assert not queue.resumed(BOB).is_resumed(BOB)
    resumed = queue.halted(BOB, "an error").resumed(BOB)
    assert (resumed.is_resumed(BOB), resumed.resumed(BOB)) == (True, resumed)
    assert not resumed.halted(BOB, "an error").is_resumed(BOB)
    assert not resumed.cleared(BOB).is_resumed(BOB)


@pytest.mark.parametrize(
    ("health", "reason", "since_s", "words"),
    [
        (Health.STUCK, "rate-limit", 9.0, "its answer is an error: "),
        (Health.WAITING, "question", 9.0, "its answer is a question: "),
        (Health.WAITING, "permission", 9.0, ""),
        (Health.EXITED, "process-ended", 9.0, "it has ended"),
        (Health.IDLE, "finished", 9.0, ""),
        (Health.STUCK, "rate-limit", 7.0, ""),
    ],
)
def test_an_error_or_a_question_stops_the_rest(health, reason, since_s, words):
    said = bad_answer(agent(1, verdict=verdict(health, reason, since_s=since_s)), 8.0)
    assert said.startswith(words)
    assert bool(said) == bool(words)
