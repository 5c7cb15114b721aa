import json
from datetime import UTC, datetime

from oma.model.documents import transition_document
from oma.model.health import Health, Transition, Verdict
from oma.model.ids import AgentId
from oma.notify.notification import Notice, Notification
from oma.notify.notification_documents import notification_document
from tests.unit.tui.fleets import ASKS, agent


def test_it_holds_the_texts_the_transition_and_the_dialog():
    verdict = Verdict(Health.WAITING, "permission", "claude/dialog", "evidence", 0.0)
    change = Transition(1.5, 7, "old", Health.OK, verdict, AgentId("%1"), "work:1.0")
    known = agent(1, "fix", verdict=verdict, project="/srv/api", branch="main", dialog=ASKS)
    notification = Notification(3.5, (Notice(known, change),))

    told = json.loads(
        json.dumps(notification_document(notification, datetime(2026, 11, 29, tzinfo=UTC)))
    )

    (about,) = told.pop("agents")
    assert told == {
        "kind": "news",
        "at": "2026-11-29T00:00:03.500+00:00",
        "title": notification.title,
        "body": notification.body,
    }
    assert about.pop("dialog")["fingerprint"] == ASKS.fingerprint
    assert about == transition_document(change) | {
        "agent": "oma-agent-fix",
        "again": False,
        "project": "/srv/api",
        "branch": "main",
        "task": "",
    }
