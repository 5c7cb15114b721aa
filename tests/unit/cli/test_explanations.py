"""Why an agent is as it is, for the user."""

from datetime import datetime

import attrs
import pytest

from oma.cli.explanations import TEXT_COLUMNS, ahead, explanation_text
from oma.model.explanation import EvidenceItem, Explanation, Outlook, Recognised
from oma.model.health import Ending, Health, Verdict
from oma.model.ids import AgentId, PaneId, SessionId

BEGAN = datetime(2026, 11, 20, 12, 0, 0).astimezone().isoformat()

DECISIVE = EvidenceItem(Health.WAITING, "claude/dialog", 3, "Proceed?\x1b[m", 5.0, True, "")
WEAKER = EvidenceItem(Health.OK, "claude/busy", None, "works", 1.0, True, "weaker")
TOLD = Explanation(
    t=65.0,
    agent="bob",
    profile="claude",
    verdict=Verdict(Health.WAITING, "dialog", "claude/dialog", "Proceed?\x1b[m", 5.0),
    seen=(DECISIVE, WEAKER),
    outlook=None,
    sees_screen=True,
)


def test_it_tells_the_verdict_its_grounds_and_what_would_change_it():
    lines = explanation_text(TOLD, BEGAN).splitlines()

    assert lines[0] == "bob is WAITING: dialog"
    assert lines[1].split() == ["at", "12:01:05,", "65.000", "s", "of", "the", "log"]
    assert lines[4].startswith("  because  line 4: Proceed?")
    assert "  if that goes        OK by claude/busy" in lines
    assert "  if nothing happens  it stays so" in lines
    assert lines[-1] == "  OK       claude/busy: works; weaker"
    assert "\x1b" not in "".join(lines)


def test_what_time_will_change_and_a_screen_that_is_not_known_are_told():
    outlook = Outlook(70.5, Health.STUCK, "silent", "generic/silence")
    told = attrs.evolve(TOLD, outlook=outlook, sees_screen=False, seen=(DECISIVE,))
    text = explanation_text(told, BEGAN)

    assert "STUCK (silent) at 12:01:10, in 5.5s, by generic/silence" in text
    assert "nothing else that was seen counts" in text
    assert "its screen is not known now" in text


def test_where_it_was_found_and_what_told_of_its_kind_is_told():
    told = attrs.evolve(
        TOLD,
        id=AgentId(PaneId("%5")),
        pane=PaneId("%5"),
        place="work:3.1",
        recognised=Recognised("process", "node \x1b[m cli.js"),
    )
    lines = explanation_text(told, BEGAN).splitlines()

    assert "  listed   work:3.1, pane %5: an agent was found there" in lines
    assert "  kind     claude, recognised by its process: node ␛[m cli.js" in lines


def test_that_it_is_sampled_is_told_with_the_reason():
    told = attrs.evolve(TOLD, sampled="to keep tmux\x1b fast", sampled_s=3.0)

    (line,) = [line for line in explanation_text(told, BEGAN).splitlines() if "sampled" in line]

    assert line.startswith("  sampled  since ")
    assert "\x1b" not in line
    assert "sampled  since" not in explanation_text(TOLD, BEGAN)


def test_that_a_session_is_one_for_agents_is_told_and_that_nothing_tells_a_kind():
    told = attrs.evolve(TOLD, id=AgentId(SessionId("$2")), profile="generic")
    lines = explanation_text(told, BEGAN).splitlines()

    assert "  listed   nowhere any more: its session is one for agents" in lines
    assert "  kind     generic: nothing tells another one now" in lines


def test_a_kind_that_the_user_gave_has_no_evidence():
    told = attrs.evolve(TOLD, recognised=Recognised("option", ""))

    assert "  kind     claude, recognised by an option\n" in explanation_text(told, BEGAN)


def test_a_long_text_is_cut():
    verdict = attrs.evolve(TOLD.verdict, evidence="x" * 300)
    text = explanation_text(attrs.evolve(TOLD, verdict=verdict, seen=()), BEGAN)

    assert f"  because  {'x' * (TEXT_COLUMNS - 1)}…\n" in text


@pytest.mark.parametrize(("seconds", "words"), [(0.04, "0.0s"), (9.94, "9.9s"), (10.0, "10s")])
def test_what_is_near_is_told_with_a_decimal(seconds, words):
    assert ahead(seconds) == words


def test_when_a_failure_ends_is_told_as_the_agent_said_it():
    fails = Verdict(Health.STUCK, "quota", "x/error", "limit", 5.0, Ending("3pm\x1b[m"))

    text = explanation_text(attrs.evolve(TOLD, verdict=fails), BEGAN)

    assert "  ends     until 3pm␛[m, as it says: 3pm␛[m" in text.splitlines()
