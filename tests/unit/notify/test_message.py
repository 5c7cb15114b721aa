import json
from datetime import UTC, datetime

from oma.model.health import Health, Transition, Verdict
from oma.notify.message import Message, message_of, trial_message
from oma.notify.notification import Notice, Notification
from tests.unit.tui.fleets import ASKS, agent


def test_it_holds_the_texts_and_the_document_of_a_notification():
    verdict = Verdict(Health.WAITING, "permission", "rule", "évidence", 0.0)
    change = Transition(1.0, 1, "fix", Health.OK, verdict)
    notification = Notification(
        3.0, (Notice(agent(1, "fix", verdict=verdict, dialog=ASKS), change),)
    )

    message = message_of(notification, datetime(2026, 11, 29, tzinfo=UTC))

    assert (message.kind, message.title, message.body) == (
        "news",
        notification.title,
        notification.body,
    )
    assert message.document.isascii()
    assert json.loads(message.document)["agents"][0]["evidence"] == "évidence"


def test_one_line_holds_all_of_it():
    assert Message("news", "a", "b\nc", "{}").one_line == "a: b · c"
    assert Message("news", "a", "", "{}").one_line == "a"


def test_a_trial_says_that_nobody_asks():
    message = trial_message("2026-11-29T12:00:00Z")

    assert json.loads(message.document)["agents"] == []
    assert "test" in message.body
