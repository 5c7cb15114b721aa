import json
from datetime import UTC, datetime

import attrs
import pytest

from oma.model.checkout import Changes
from oma.model.dialog import Dialog, DialogOption
from oma.model.documents import (
    agent_document,
    explanation_document,
    status_document,
    transition_document,
)
from oma.model.health import Ending, Health, Transition, Verdict
from oma.model.ids import AgentId
from oma.model.wall_time import Sleep, WallTime
from tests.unit.model.test_explanation import COMING, WON, explanation
from tests.unit.tui.fleets import agent, state

BEGAN = WallTime(datetime(2026, 11, 20, tzinfo=UTC))
VERDICT = Verdict(Health.WAITING, "ask", "x/ask", "Sure?", 1.0)


def test_an_agent_has_wall_time_and_age():
    told = agent_document(agent(1), 2.5, BEGAN)

    assert (told["agent"], told["health"], told["idle_s"]) == ("oma-agent-1", "ok", 2.5)
    assert told["since"] == "2026-11-20T00:00:00.000+00:00"


def test_what_the_machine_slept_through_counts_for_the_user():
    slept = WallTime(BEGAN.began, (Sleep(1.0, 3600.0),))
    told = agent_document(agent(1, active_s=0.5), 2.5, slept)

    assert (told["idle_s"], told["since"][:19]) == (3602.0, "2026-11-20T00:00:00")


def test_a_status_has_the_server_and_all_agents():
    told = status_document(state(agent(1), agent(2)), 2.5, BEGAN)

    assert (told["server"], told["tmux"], len(told["agents"])) == (True, "3.3a", 2)


def test_an_agent_tells_what_it_is_grouped_by_and_what_it_does():
    facts = {"session_name": "work", "project": "/src/app", "branch": "fix", "task": "Fix it"}
    told = agent_document(agent(1, **facts), 2.5, BEGAN)

    assert {key: told[key] for key in facts} == facts


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (None, None),
        (Changes(3, 1, 2, None), {"dirty": 3, "conflicts": 1, "ahead": 2, "behind": None}),
    ],
)
def test_an_agent_tells_what_is_not_committed_where_it_works(changes, told):
    assert agent_document(agent(1, changes=changes), 2.5, BEGAN)["changes"] == told


def test_what_an_agent_asks_is_told_with_its_options():
    dialog = Dialog("Proceed?", "ls", (DialogOption("1", "Yes", chosen=True),))
    told = agent_document(agent(1, dialog=dialog), 2.5, BEGAN)

    assert told["dialog"] == {
        "question": "Proceed?",
        "subject": "ls",
        "options": [{"key": "1", "label": "Yes", "chosen": True}],
        "takes_text": False,
        "fingerprint": dialog.fingerprint,
    }
    assert agent_document(agent(1), 1.0, BEGAN)["dialog"] is None


def test_an_agent_that_was_never_active_has_no_age():
    never = attrs.evolve(agent(1), active_s=float("-inf"))
    told = agent_document(never, 2.5, BEGAN)

    assert told["idle_s"] is None
    json.dumps(told, allow_nan=False)


def test_a_transition_tells_from_what_to_what():
    told = transition_document(Transition(1.5, 7, "a", None, VERDICT))

    assert (told["t"], told["seq"], told["from"], told["to"]) == (1.5, 7, None, "waiting")


def test_agents_and_transitions_tell_their_ids_and_places():
    pane = AgentId("%5")
    told = agent_document(agent(1, id=pane, place="work:3.1"), 2.5, BEGAN)
    changed = transition_document(Transition(1.5, 7, "a", None, VERDICT, pane, "work:3.1"))

    assert (told["id"], told["place"]) == (changed["id"], changed["place"]) == ("%5", "work:3.1")
    assert agent_document(agent(1, place=""), 2.5, BEGAN)["place"] is None


def test_lines_of_an_explanation_count_from_one():
    told = explanation_document(explanation(COMING, WON))

    assert (told["line"], told["since"]) == (4, 1.0)
    assert [seen["lost"] for seen in told["seen"]] == ["counts in 1 s", None]
    assert told["if_nothing_happens"] is None


@pytest.mark.parametrize(
    ("ending", "at"),
    [(Ending("in 5m", 300.5), "2026-11-20T00:05:00.500+00:00"), (Ending("3pm"), None)],
)
def test_when_a_failure_ends_is_told(ending, at):
    fails = Verdict(Health.STUCK, "quota", "x/error", "limit", 0.0, ending)
    told = agent_document(agent(1, verdict=fails), 2.5, BEGAN)
    why = explanation_document(attrs.evolve(explanation(COMING, WON), verdict=fails))

    assert told["until"] == {"text": ending.text, "at": at}
    assert why["until"] == {"text": ending.text, "t": ending.t}
