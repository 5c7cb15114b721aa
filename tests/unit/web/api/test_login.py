import pytest

from oma.web.auth.login_sessions import Grant
from oma.web.auth.roles import Role
from tests.support.fake_web import ORIGIN

PAGE = {"origin": ORIGIN}


def code(web, lasts_s=3600.0):
    return web.access.sessions.invite(Grant("owner", Role.ADMIN, web.wall.t + lasts_s))


def cookie_of(answer):
    return {"cookie": answer.header("set-cookie").partition(";")[0]}


async def entered(web, code, headers=PAGE):
    return await web.post("/api/login", headers, {"code": code})


async def test_a_code_logs_in_and_tells_the_secret_at_once(web):
    answer = await entered(web, code(web))

    assert (answer.status, answer.json["role"]) == (200, "admin")
    for word in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=3600"):
        assert word in answer.header("set-cookie")
    who = await web.get("/api/session", cookie_of(answer))
    assert who.json == {
        "role": "admin",
        "name": "owner",
        "expires_at": "2027-01-15T09:00:00Z",
        "agent": None,
        "read_only": False,
        "version": "1",
        "terminal": False,
        "notice": "",
        "quick_replies": [],
        "upload_bytes": 0,
        "push_key": None,
    }
    page = cookie_of(answer) | PAGE | {"x-oma-secret": answer.json["secret"]}
    assert (await web.post("/api/logout", page)).status == 200


async def test_a_code_works_once_and_only_in_its_time(web):
    once, late = code(web), code(web, 60.0)
    assert (await entered(web, once)).status == 200
    web.wall.t += 60.0

    again = await entered(web, once)
    assert (again.status, again.json["field"], again.header("set-cookie")) == (401, "code", None)
    assert "oma web link" in again.json["error"]
    assert (await entered(web, late)).status == 401


async def test_looking_at_an_address_spends_no_code(web):
    address = f"/login?code={code(web)}"

    seen = [await web.get(address), await web.call("HEAD", address), await web.get(address)]

    assert [(answer.status, answer.header("set-cookie")) for answer in seen] == [(200, None)] * 3
    assert (await entered(web, address.partition("=")[2])).status == 200


async def test_a_page_of_another_origin_spends_no_code_and_locks_nobody_out(web):
    right = code(web)
    for _ in range(9):
        assert (await entered(web, "x", {"origin": "http://127.0.0.1:9599"})).status == 403
        assert (await web.get("/login?code=x")).status == 200

    assert (await entered(web, right, {"origin": "http://127.0.0.1:9599"})).status == 403
    assert (await entered(web, right)).status == 200


@pytest.mark.parametrize("body", [{}, {"token": "x", "code": "y"}])
async def test_a_login_is_by_one_of_both(web, body):
    assert (await web.post("/api/login", PAGE, body)).status == 422


async def test_a_token_logs_in_and_tells_the_secret_at_once(web):
    secret = web.access.tokens.add("ann", Role.OPERATOR, "oma-agent-1", 60.0)

    answer = await web.post("/api/login", PAGE, {"token": secret})

    assert (answer.json["role"], answer.json["agent"]) == ("operator", "oma-agent-1")
    assert "Max-Age=60" in answer.header("set-cookie")
    page = cookie_of(answer) | PAGE | {"x-oma-secret": answer.json["secret"]}
    assert (await web.post("/api/logout", page)).status == 200


async def test_a_further_tab_of_a_session_gets_a_secret_for_the_token(web):
    secret = web.access.tokens.add("ann", Role.VIEWER, None, 60.0)
    cookie = cookie_of(await web.post("/api/login", PAGE, {"token": secret}))

    again = await web.post("/api/login", PAGE | cookie, {"token": secret})

    assert (again.status, again.header("set-cookie")) == (200, None)


async def test_five_failures_a_minute_and_then_everybody_waits(web):
    right = code(web)
    tries = [await entered(web, "x") for _ in range(4)]
    tries += [await web.post("/api/login", PAGE, {"token": "x"}) for _ in range(2)]

    assert [answer.status for answer in tries] == [401] * 5 + [429]
    assert (await entered(web, right)).status == 429
    web.wall.t += 60.0
    assert (await entered(web, right)).status == 200


async def test_logging_out_ends_the_session(web):
    page = web.login()
    login = web.access.sessions.login(page["cookie"].partition("=")[2])

    await web.post("/api/logout", page)

    assert login.ended.is_set()
    assert (await web.get("/api/session", page)).status == 401


async def test_logins_and_failures_are_written_down_without_what_was_tried(web):
    await entered(web, "guess-me")
    await entered(web, code(web))

    assert [(line["event"], line["who"]) for line in web.audited] == [
        ("refused", ""),
        ("login", "owner"),
    ]
    assert "guess-me" not in web.access.audit.path.read_text()
