import attrs
import pytest

pytest.importorskip("http_ece", reason="the extra oma-tmux[push] is not installed")

from oma.cli.browser_push import BrowserPush
from oma.runtime.notify.push_file import PushFile
from oma.web.api.push_routes import LASTS_S
from oma.web.auth.roles import Role
from tests.support.fake_web import make_web
from tests.support.push_service import PushBrowser

BROWSER = PushBrowser("https://push.example.org/a")
PATH = "/api/push/subscribe"


@pytest.fixture
def web(tmp_path):
    """Give a web app that knows browsers which take notifications."""
    file = PushFile(tmp_path / "web-push.json", lambda: 0.0)
    push = BrowserPush(file, "KEY", ("push.example.org",))
    made = make_web(tmp_path, push=push)
    yield made
    made.access.audit.close()


def body(**fields):
    made = BROWSER.subscription()
    return {"endpoint": made.endpoint, "p256dh": made.p256dh, "auth": made.auth, **fields}


async def test_a_browser_subscribes_by_the_key_and_is_listed_and_revoked(web):
    page = web.login()
    assert (await web.get("/api/session", page)).json["push_key"] == "KEY"

    assert (await web.post(PATH, page, body())).status == 200

    (kept,) = web.control.push.subscriptions()
    assert kept == BROWSER.subscription(holder=kept.holder, expires_s=web.wall.t + LASTS_S)
    (listed,) = (await web.get("/api/tokens", page)).json
    assert (listed["name"], listed["push"], listed["shared"]) == (kept.name, True, False)
    line = web.audited[-1]
    assert (line["event"], line["name"], line["host"]) == ("push-added", kept.name, kept.host)
    assert "endpoint" not in line
    await web.call("DELETE", f"/api/tokens/{kept.name}", page)
    assert web.control.push.subscriptions() == ()


async def test_a_browser_ends_its_own_subscription(web):
    page = web.login(Role.VIEWER)
    await web.post(PATH, page, body())
    await web.post("/api/push/unsubscribe", page, {"endpoint": BROWSER.endpoint})

    assert web.control.push.subscriptions() == ()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"endpoint": "https://10.0.0.1/a"}, "endpoint"),
        ({"endpoint": "http://push.example.org/a"}, "endpoint"),
        ({"p256dh": "A" * 87}, "p256dh"),
        ({"p256dh": "x"}, "p256dh"),
        ({"auth": "x"}, "auth"),
    ],
)
async def test_an_endpoint_or_a_key_that_is_none_is_refused(web, wrong, field):
    answer = await web.post(PATH, web.login(), body(**wrong))

    assert (answer.status, answer.json["field"]) == (422, field)
    assert web.control.push.subscriptions() == ()


async def test_who_sees_one_agent_alone_is_not_told_of_others(web):
    guest = web.login(Role.OPERATOR, "oma-agent-1")

    assert (await web.get("/api/session", guest)).json["push_key"] is None
    assert (await web.post(PATH, guest, body())).status == 403


async def test_a_stranger_and_a_cookie_without_its_secret_subscribe_nothing(web):
    page = web.login()
    del page["x-oma-secret"]

    assert [(await web.post(PATH, each, body())).status for each in ({}, page)] == [403, 403]
    assert web.control.push.subscriptions() == ()


async def test_without_the_channel_there_is_no_key_and_nothing_to_subscribe_to(tmp_path):
    web = make_web(tmp_path)
    page = web.login()

    assert (await web.get("/api/session", page)).json["push_key"] is None
    assert (await web.post(PATH, page, body())).status == 409
    web.access.audit.close()


async def test_a_subscription_rests_on_the_token_of_its_login(web):
    secret = web.access.tokens.add("ann", Role.VIEWER, None, 3600.0)
    (token,) = web.access.tokens.tokens()
    bearer = {"authorization": f"Bearer {secret}"}

    assert (await web.post(PATH, bearer, body())).status == 200

    (kept,) = web.control.push.file.subscriptions()
    assert (kept.holder, kept.token_sha256) == ("ann", token.sha256)
    assert attrs.evolve(kept, holder="owner", token_sha256=None).name == kept.name
