from oma.web.auth.roles import Role
from oma.web.auth.sessions import Grant
from tests.web_site import ORIGIN

PAGE = {"origin": ORIGIN}


def code(world, lasts_s=3600.0):
    return world.site.sessions.invite(Grant("owner", Role.ADMIN, world.wall.t + lasts_s))


def cookie_of(answer):
    return {"cookie": answer.header("set-cookie").partition(";")[0]}


async def test_a_code_leads_to_the_page_and_stays_in_no_history(world):
    answer = await world.get(f"/login?code={code(world)}")

    assert (answer.status, answer.header("location")) == (303, "/")
    for word in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=3600"):
        assert word in answer.header("set-cookie")
    who = await world.get("/api/session", cookie_of(answer))
    assert who.json == {
        "role": "admin",
        "name": "owner",
        "expires_at": "2027-01-15T09:00:00Z",
        "agent": None,
        "read_only": False,
        "version": "1",
        "terminal": False,
    }


async def test_a_code_works_once_and_only_in_its_time(world):
    once, late = code(world), code(world, 60.0)
    assert (await world.get(f"/login?code={once}")).status == 303
    world.wall.t += 60.0

    assert (await world.get(f"/login?code={once}")).status == 401
    assert (await world.get(f"/login?code={late}")).status == 401


async def test_a_used_address_leads_who_is_logged_in_to_the_page_and_tells_others_what_to_do(
    world,
):
    used = f"/login?code={code(world)}"
    cookie = cookie_of(await world.get(used))

    again, stranger = await world.get(used, cookie), await world.get(used)

    assert (again.status, again.header("location")) == (303, "/")
    assert again.header("set-cookie") is None
    assert (stranger.status, "oma web link" in stranger.json["error"]) == (401, True)


async def test_the_secret_is_told_once_to_a_page_of_ours(world):
    cookie = cookie_of(await world.get(f"/login?code={code(world)}"))

    assert (await world.post("/api/session/secret", cookie)).status == 403
    told = await world.post("/api/session/secret", cookie | PAGE)
    assert (told.status, told.json["role"]) == (200, "admin")
    assert (await world.post("/api/session/secret", cookie | PAGE)).status == 403
    page = cookie | PAGE | {"x-oma-secret": told.json["secret"]}
    assert (await world.post("/api/logout", page)).status == 200


async def test_a_token_logs_in_and_tells_the_secret_at_once(world):
    secret = world.site.tokens.add("ann", Role.OPERATOR, "oma-agent-1", 60.0)

    answer = await world.post("/api/login", PAGE, {"token": secret})

    assert (answer.json["role"], answer.json["agent"]) == ("operator", "oma-agent-1")
    assert "Max-Age=60" in answer.header("set-cookie")
    page = cookie_of(answer) | PAGE | {"x-oma-secret": answer.json["secret"]}
    assert (await world.post("/api/logout", page)).status == 200


async def test_a_further_tab_of_a_session_gets_a_secret_for_the_token(world):
    secret = world.site.tokens.add("ann", Role.VIEWER, None, 60.0)
    cookie = cookie_of(await world.post("/api/login", PAGE, {"token": secret}))

    again = await world.post("/api/login", PAGE | cookie, {"token": secret})

    assert (again.status, again.header("set-cookie")) == (200, None)


async def test_five_failures_a_minute_and_then_everybody_waits(world):
    right = code(world)
    tries = [await world.get("/login?code=x") for _ in range(4)]
    tries += [await world.post("/api/login", PAGE, {"token": "x"}) for _ in range(2)]

    assert [answer.status for answer in tries] == [401] * 5 + [429]
    assert (await world.get(f"/login?code={right}")).status == 429
    world.wall.t += 60.0
    assert (await world.get(f"/login?code={right}")).status == 303


async def test_logging_out_ends_the_session(world):
    page = world.login()
    login = world.site.sessions.login(page["cookie"].partition("=")[2])

    await world.post("/api/logout", page)

    assert login.ended.is_set()
    assert (await world.get("/api/session", page)).status == 401


async def test_logins_and_failures_are_written_down_without_what_was_tried(world):
    await world.get("/login?code=guess-me")
    await world.get(f"/login?code={code(world)}")

    assert [(line["event"], line["who"]) for line in world.audited] == [
        ("refused", ""),
        ("login", "owner"),
    ]
    assert "guess-me" not in world.site.audit.path.read_text()
