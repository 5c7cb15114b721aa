import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.model.dialog import Dialog, DialogOption
from oma.model.health import ATTENTION, Health, Transition, Verdict
from oma.notify.notification import (
    LINE_CHARACTERS,
    TITLE_CHARACTERS,
    Notice,
    Notification,
    NotificationKind,
)
from tests.support.strategies import texts
from tests.unit.tui.fleets import ASKS, agent


def notice(health=Health.WAITING, reason="permission", evidence="it stands", again=False, **facts):
    verdict = Verdict(health, reason, "rule", evidence, 0.0)
    facts = {"name": "fix", "project": "/srv/api"} | facts
    return Notice(
        agent(1, verdict=verdict, **facts), Transition(1.0, 1, "a", None, verdict), again
    )


def told(*notices):
    return Notification(5.0, notices)


def test_it_says_agent_project_question_subject_and_options():
    notification = told(notice(dialog=ASKS))

    assert notification.title == "oma-agent-fix (api) asks you"
    assert notification.lines == (
        "Do you want to proceed?",
        "Bash command · rm -rf build",
        "1. Yes · 2. No",
    )
    assert notification.body.count("\n") == 2
    assert notification.kind is NotificationKind.NEWS


@pytest.mark.parametrize(
    ("health", "reason", "again", "title"),
    [
        (Health.WAITING, "permission", True, "oma-agent-fix (api) still asks you"),
        (Health.STUCK, "retry", False, "oma-agent-fix (api) is stuck: retry"),
        (Health.STUCK, "retry", True, "oma-agent-fix (api) is still stuck: retry"),
        (Health.EXITED, "exit-status", False, "oma-agent-fix (api) has ended"),
        (Health.IDLE, ATTENTION, False, "oma-agent-fix (api) shows a screen that needs a look"),
        (Health.IDLE, "silent", False, "oma-agent-fix (api) is idle: silent"),
        (Health.OK, "active", False, "oma-agent-fix (api) is at work"),
    ],
)
def test_it_says_what_became_of_the_agent_and_why(health, reason, again, title):
    notification = told(notice(health, reason, again=again))

    assert notification.title == title
    assert notification.lines == ("it stands",)


def test_an_agent_that_is_called_after_its_project_is_named_once():
    assert told(notice(project="/srv/oma-agent-fix")).title == "oma-agent-fix asks you"
    assert told(notice(project="")).title == "oma-agent-fix asks you"


def test_a_summary_has_one_line_for_each_agent_up_to_ten():
    few = told(notice(dialog=ASKS), notice(Health.STUCK, "retry", "API error"))
    many = told(*[notice()] * 13)

    assert (few.title, few.kind) == ("2 agents need you", NotificationKind.SUMMARY)
    assert few.lines == (
        "oma-agent-fix (api) asks you: Do you want to proceed? [Bash command · rm -rf build]",
        "oma-agent-fix (api) is stuck: retry: API error",
    )
    assert len(many.lines) == 11
    assert many.lines[-1] == "and 3 more"


def test_evidence_that_is_blank_gives_no_line():
    notification = told(notice(evidence=" "))

    assert notification.lines == ()


@given(texts(), texts(), texts(), st.text(), st.booleans())
def test_whatever_an_agent_writes_is_printable_and_of_bounded_length(a, b, c, d, many):
    dialog = Dialog(a, f"{b}\n{d}" * 100, (DialogOption(c, d * 50), DialogOption("", a)))
    one = notice(dialog=dialog, name=d, project=f"/{c}", evidence=a)
    notification = told(one, one) if many else told(one)

    assert len(notification.title) <= TITLE_CHARACTERS
    for line in (notification.title, *notification.lines):
        assert not any(unicodedata.category(character) in {"Cc", "Cs", "Zl"} for character in line)
    assert all(len(line) <= LINE_CHARACTERS for line in notification.lines)
