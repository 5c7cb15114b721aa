from oma.web.auth.login_sessions import Grant
from oma.web.auth.roles import Role
from tests.support.fake_web import ORIGIN

PAGE = {"origin": ORIGIN}


def code(web, lasts_s=3600.0):
    return web.access.sessions.invite(Grant("owner", Role.ADMIN, web.wall.t + lasts_s))


def cookie_of(answer):
    return {"cookie": answer.header("set-cookie").partition(";")[0]}


async def test_a_code_leads_to_the_page_and_stays_in_no_history(web):
    answer = await web.get(f"/login?code={code(web)}")

    assert (answer.status, answer.header("location")) == (303, "/")
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
    }


async def test_a_code_works_once_and_only_in_its_time(web):
    once, late = code(web), code(web, 60.0)
    assert (await web.get(f"/login?code={once}")).status == 303
    web.wall.t += 60.0

    assert (await web.get(f"/login?code={once}")).status == 401
    assert (await web.get(f"/login?code={late}")).status == 401


async def test_a_used_address_leads_who_is_logged_in_to_the_page_and_tells_others_what_to_do(
    web,
):
    used = f"/login?code={code(web)}"
    cookie = cookie_of(await web.get(used))

    again, stranger = await web.get(used, cookie), await web.get(used)

    assert (again.status, again.header("location")) == (303, "/")
    assert again.header("set-cookie") is None
    assert (stranger.status, "oma web link" in stranger.json["error"]) == (401, True)


async def test_the_secret_is_told_once_to_a_page_of_ours(web):
    cookie = cookie_of(await web.get(f"/login?code={code(web)}"))

    assert (await web.post("/api/session/secret", cookie)).status == 403
    told = await web.post("/api/session/secret", cookie | PAGE)
    assert (told.status, told.json["role"]) == (200, "admin")
    assert (await web.post("/api/session/secret", cookie | PAGE)).status == 403
    page = cookie | PAGE | {"x-oma-secret": told.json["secret"]}
    assert (await web.post("/api/logout", page)).status == 200


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
    tries = [await web.get("/login?code=x") for _ in range(4)]
    tries += [await web.post("/api/login", PAGE, {"token": "x"}) for _ in range(2)]

    assert [answer.status for answer in tries] == [401] * 5 + [429]
    assert (await web.get(f"/login?code={right}")).status == 429
    web.wall.t += 60.0
    assert (await web.get(f"/login?code={right}")).status == 303


async def test_logging_out_ends_the_session(web):
    page = web.login()
    login = web.access.sessions.login(page["cookie"].partition("=")[2])

    await web.post("/api/logout", page)

    assert login.ended.is_set()
    assert (await web.get("/api/session", page)).status == 401


async def test_logins_and_failures_are_written_down_without_what_was_tried(web):
    await web.get("/login?code=guess-me")
    await web.get(f"/login?code={code(web)}")

    assert [(line["event"], line["who"]) for line in web.audited] == [
        ("refused", ""),
        ("login", "owner"),
    ]
    assert "guess-me" not in web.access.audit.path.read_text()
