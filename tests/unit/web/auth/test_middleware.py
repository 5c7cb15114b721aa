import json

import pytest
import trio

from oma.web.auth.middleware import BODY_BYTES
from oma.web.auth.roles import Role
from oma.web.auth.web_address import Address
from tests.support.fake_web import ORIGIN, make_web, scope_of


async def test_every_answer_carries_the_headers(web):
    for path in ("/", "/api/agents", "/login?code=x", "/nothing", "/assets/x"):
        answer = await web.get(path)
        assert "default-src 'none'" in answer.header("content-security-policy")
        assert "unsafe-inline' 'self'; script" not in answer.header("content-security-policy")
        assert "frame-ancestors 'none'" in answer.header("content-security-policy")
        assert answer.header("x-content-type-options") == "nosniff"
        assert answer.header("referrer-policy") == "no-referrer"
        assert answer.header("cross-origin-opener-policy") == "same-origin"
        assert answer.header("cross-origin-resource-policy") == "same-origin"
        assert "camera=()" in answer.header("permissions-policy")
        assert answer.header("access-control-allow-origin") is None
        assert answer.header("strict-transport-security") is None


async def test_no_browser_keeps_what_is_told_of_agents(web):
    web.agent(1)
    page = web.login()

    for path in ("/api/agents", "/api/agents/1", "/api/agents/1/why", "/api/session", "/api/x"):
        assert (await web.get(path, page)).header("cache-control") == "no-store"


async def test_tls_is_asked_for_next_time_too_but_not_of_this_machines_own_name(tmp_path):
    far = Address((ORIGIN.replace("http:", "https:"),), local=False)
    near = Address((ORIGIN.replace("http:", "https:"),), local=True)
    told = [
        (await make_web(tmp_path, address=each).get("/")).header("strict-transport-security")
        for each in (far, near)
    ]
    assert told == ["max-age=31536000", None]


async def test_below_a_base_path_is_the_same_and_nothing_beside_it(tmp_path):
    web = make_web(tmp_path, address=Address((ORIGIN,), local=True, base_path="/oma"))
    page = web.login()

    assert (await web.get("/oma/api/session", page)).status == 200
    assert (await web.get("/oma/login")).status == 200
    for path in ("/api/session", "/omax/api/session", "/oma", "/", "/x/oma/api/session"):
        assert (await web.get(path, page)).status == 404


async def test_a_body_that_two_servers_could_read_in_two_ways_is_refused(web):
    framed = {"content-length": "4", "transfer-encoding": "chunked"}

    answer = await web.get("/api/agents", web.login() | framed)

    assert (answer.status, answer.header("connection")) == (400, "close")


async def test_a_refusal_is_one_line_of_json_and_is_written_down(web):
    answer = await web.get("/api/agents", host="evil.example")

    assert answer.status == 421
    assert set(answer.json) == {"error"}
    assert web.audited[-1] | {"at": ""} == {
        "at": "",
        "event": "refused",
        "who": "",
        "from": "127.0.0.1",
        "status": 421,
        "what": "GET /api/agents",
    }


async def test_a_token_with_the_request_needs_no_page(web):
    secret = web.access.tokens.add("ci", Role.VIEWER, None, 60.0)

    answer = await web.get("/api/session", {"authorization": f"Bearer {secret}"})

    assert (answer.status, answer.json["name"]) == (200, "ci")


async def test_wrong_tokens_have_to_wait_and_right_ones_do_not(web):
    secret = web.access.tokens.add("ci", Role.VIEWER, None, 60.0)
    wrong = [await web.get("/api/agents", {"authorization": "Bearer x"}) for _ in range(6)]

    assert [answer.status for answer in wrong] == [401] * 5 + [429]
    assert [line["status"] for line in web.audited] == [401] * 5 + [429]
    right = await web.get("/api/agents", {"authorization": f"Bearer {secret}"})
    assert right.status == 200


async def test_a_cookie_that_another_port_saw_writes_nothing(web):
    page = web.login()
    stolen = {"cookie": page["cookie"], "origin": ORIGIN}

    assert (await web.post("/api/logout", stolen)).status == 403
    assert (await web.post("/api/logout", stolen | {"x-oma-secret": "guess"})).status == 403
    assert (await web.post("/api/logout", page)).status == 200


@pytest.mark.parametrize(
    "cookie", ["", "oma_session_8420", "oma_session_8420=x", "a=b; ;;=", '="']
)
async def test_damaged_cookies_are_no_login(web, cookie):
    assert (await web.get("/api/agents", {"cookie": cookie})).status == 401


async def test_a_body_is_bounded(web):
    page = web.login()

    declared = await web.call(
        "POST", "/api/logout", page | {"content-length": str(BODY_BYTES + 1)}
    )
    sent = await web.call("POST", "/api/logout", page, b"x" * (BODY_BYTES + 1))

    assert (declared.status, sent.status) == (413, 413)
    assert declared.header("connection") == "close"


async def test_a_body_that_does_not_come_is_not_waited_for(web, autojump_clock):
    said = []

    async def receive():
        await trio.sleep_forever()

    async def send(message):
        said.append(message)

    await web.app(scope_of("POST", "/api/logout", web.login()), receive, send)

    assert said[0]["status"] == 408


async def test_a_websocket_of_another_page_is_closed_before_it_opens(web):
    said = []

    async def send(message):
        said.append(message)

    page = web.login()
    for headers in ({}, {"cookie": page["cookie"], "origin": "http://127.0.0.1:9599"}):
        scope = scope_of(
            "GET", "/ws/terminal/1", headers, kind="websocket", subprotocols=["oma.v1"]
        )
        await web.app(scope, None, send)

    assert [message["type"] for message in said] == ["websocket.close"] * 2


async def test_behind_a_proxy_the_last_address_it_names_is_who_asks(tmp_path):
    proxied = Address(("https://oma.example.org",), local=False, proxied=True)
    web = make_web(tmp_path, address=proxied)

    await web.get("/api/agents", {"x-forwarded-for": "9.9.9.9, 1.2.3.4"}, host="oma.example.org")

    assert web.audited[-1]["from"] == "1.2.3.4"


async def test_without_a_proxy_nobody_says_who_they_are(web):
    await web.get("/api/agents", {"x-forwarded-for": "9.9.9.9"})

    assert web.audited[-1]["from"] == "127.0.0.1"


async def test_what_cannot_be_written_down_is_not_done(tmp_path):
    (tmp_path / "web-audit.jsonl").mkdir()
    web = make_web(tmp_path)

    answer = await web.get("/api/agents")

    assert answer.status == 503
    assert "audit log" in json.loads(answer.body)["error"]
