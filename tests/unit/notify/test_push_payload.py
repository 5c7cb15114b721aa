import json

from oma.notify.message import Message, trial_message
from oma.notify.push_payload import push_payload


def message(ids, body="Proceed?", title="fix asks you"):
    agents = [{"id": each, "evidence": "secret", "cwd": "/secret"} for each in ids]
    return Message("news", title, body, json.dumps({"kind": "news", "agents": agents}))


def test_a_payload_has_the_texts_of_the_notification_the_place_of_its_agent_and_no_more():
    assert json.loads(push_payload(message(["%5"])).content) == {
        "title": "fix asks you",
        "body": "Proceed?",
        "tag": "oma %5",
        "place": "#/agents/%255",
    }


def test_several_agents_lead_to_the_inbox_and_so_does_a_test():
    for each in (message(["%5", "%6"]), trial_message("2026-11-20T20:00:00Z")):
        assert json.loads(push_payload(each).content)["place"] == "#/inbox"


def test_a_payload_fits_a_push_service_whatever_is_in_it():
    for text in ("é" * 9000, '"\\' * 9000, "\U0001f600" * 9000, "\ud800" * 9000):
        payload = push_payload(message(["%5"], body=text[:3300], title=text[:100]))
        assert len(payload.content) <= 3993
        json.loads(payload.content)


def test_a_push_service_learns_a_topic_that_says_nothing_of_the_agent():
    one, same, other = (push_payload(message([each])).topic for each in ("%5", "%5", "%6"))

    assert one == same != other
    assert len(one) == 32
    assert "%" not in one
