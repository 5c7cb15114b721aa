import attrs
import pytest

from oma.notify.push_subscription import PushSubscription, endpoint_problem, subscription_of

SUBSCRIPTION = PushSubscription("https://fcm.googleapis.com/fcm/send/a", "p", "a", "ann", 9.0, "t")

GOOD = (
    "https://fcm.googleapis.com/fcm/send/x:y",
    "https://updates.push.services.mozilla.com/wpush/v2/x",
    "https://web.push.apple.com/x",
    "https://wns2-by3p.notify.windows.com/w/?token=x",
    "https://push.example.org:8443/up",
    "https://box.example.org/up",
)
BAD = (
    "http://fcm.googleapis.com/fcm/send/x",
    "ftp://fcm.googleapis.com/x",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com:99999/x",
    "https://fcm.googleapis.com:/x y",
    "https://fcm.googleapis.com@10.0.0.1/x",
    "https://a:b@fcm.googleapis.com/x",
    "https://10.0.0.1/x",
    "https://127.0.0.1:8420/api/agents",
    "https://[::1]/x",
    "https://localhost/x",
    "https://evil-push.services.mozilla.com.example.org/x",
    "https://evilnotify.windows.com/x",
    "https://push.example.org/up",
    "https://box.example.org:444/up",
    "https:///x",
    "file:///etc/passwd",
    "https://fcm.googleapis.com/\nHost: x",
    "https://fcm.googleapis.com/é",
    "https://fcm.googleapis.com/" + "x" * 1024,
    "",
)


def test_only_https_to_push_services_that_are_known_or_configured_is_sent_to():
    hosts = ("push.example.org:8443", "box.example.org")

    assert [each for each in GOOD if endpoint_problem(each, hosts)] == []
    assert [each for each in BAD if not endpoint_problem(each, hosts)] == []


def test_a_subscription_is_read_as_it_was_written_and_shows_none_of_its_secrets():
    assert subscription_of(attrs.asdict(SUBSCRIPTION)) == SUBSCRIPTION
    assert "send/a" not in repr(SUBSCRIPTION)
    assert (SUBSCRIPTION.host, len(SUBSCRIPTION.name)) == ("fcm.googleapis.com", 13)


@pytest.mark.parametrize("wrong", [{}, {"x": 1}, {"endpoint": 1}, {"expires_s": "soon"}])
def test_what_is_no_subscription_is_refused(wrong):
    found = {**attrs.asdict(SUBSCRIPTION), **wrong} if wrong else wrong

    with pytest.raises((TypeError, ValueError)):
        subscription_of(found)
