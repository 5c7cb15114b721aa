import json

import pytest

from oma.web.auth.roles import Role
from tests.support.fake_web import ORIGIN, make_web


async def enter(web, made):
    code = made.json["url"].partition("code=")[2]
    return await web.post("/api/login", {"origin": ORIGIN}, {"code": code})


def cookie_of(answer):
    return {"cookie": answer.header("set-cookie").partition(";")[0]}


async def test_a_link_lets_somebody_in_once_to_one_agent_and_for_a_time(web):
    web.agent(1)
    web.agent(2)
    made = await web.post("/api/shares", web.login(), {"agent": "1", "expires_s": 60})
    assert made.status == 201
    guest = cookie_of(await enter(web, made))

    assert (await enter(web, made)).status == 401
    session = (await web.get("/api/session", guest)).json
    assert (session["role"], session["agent"]) == ("viewer", "oma-agent-1")
    assert (await web.get("/api/agents/2", guest)).status == 404
    web.wall.t += 60
    assert (await web.get("/api/session", guest)).status == 401


async def test_an_agent_whose_name_stays_is_shared_and_no_other(web):
    web.agent_in_pane(2, title="✳ Fix it")
    web.agent_in_pane(3, label="a b")
    refused = await web.post("/api/shares", web.login(), {"agent": "%2"})
    made = await web.post("/api/shares", web.login(), {"agent": "%3"})

    assert (refused.status, refused.json["field"]) == (409, "agent")
    assert "oma rename" in refused.json["error"]
    guest = cookie_of(await enter(web, made))
    assert [a["id"] for a in (await web.get("/api/agents", guest)).json] == ["%3"]
    assert (await web.get("/api/agents/%2", guest)).status == 404


async def test_what_was_shared_is_listed_and_taken_back(web):
    web.agent(1)
    page = web.login()
    made = await web.post("/api/shares", page, {"agent": "1", "role": "operator"})
    guest = cookie_of(await enter(web, made))
    async with web.stream("/api/agents/1/logs", guest) as stream:
        await stream.next()
        (listed,) = (await web.get("/api/tokens", page)).json
        assert (listed["name"], listed["shared"]) == (made.json["name"], True)

        await web.call("DELETE", f"/api/tokens/{listed['name']}", page)

        await stream.ended.wait()


async def test_who_watches_is_told_to_those_who_see_the_same(web):
    web.agent(1)
    guest = web.login(Role.VIEWER, agent="oma-agent-1", name="guest")
    page = web.login(name="ann")
    async with (
        web.stream("/api/events", page) as events,
        web.stream("/api/agents/1/logs", guest) as logs,
    ):
        await events.next()
        await logs.next()
        everybody = (await web.get("/api/watchers", page)).json
        here = (await web.get("/api/watchers", guest)).json

    assert {(w["name"], w["agent"]) for w in everybody} == {
        ("ann", None),
        ("guest", "oma-agent-1"),
    }
    assert [w["name"] for w in here] == ["guest"]


async def test_a_token_is_made_listed_and_taken_back(web):
    page = web.login()

    made = await web.post("/api/tokens", page, {"name": "ci", "role": "operator"})
    bearer = {"authorization": f"Bearer {made.json['secret']}"}
    assert (await web.get("/api/session", bearer)).json["role"] == "operator"
    assert (await web.post("/api/tokens", page, {"name": "ci"})).status == 409
    (listed,) = (await web.get("/api/tokens", page)).json
    assert (listed["name"], "secret" in listed, "sha256" in listed) == ("ci", False, False)

    async with web.stream("/api/events", bearer) as stream:
        await stream.next()
        assert (await web.call("DELETE", "/api/tokens/ci", page)).status == 200
        await stream.ended.wait()
    assert (await web.get("/api/session", bearer)).status == 401
    assert (await web.call("DELETE", "/api/tokens/ci", page)).status == 404
    assert made.json["secret"] not in web.access.audit.path.read_text()


ASKS = [
    ("GET", "/api/tokens", None),
    ("POST", "/api/tokens", {"name": "x"}),
    ("DELETE", "/api/tokens/x", None),
    ("POST", "/api/shares", {"agent": "1"}),
]


@pytest.mark.parametrize(("method", "path", "body"), ASKS)
@pytest.mark.parametrize(
    "who", [{"role": Role.OPERATOR}, {"role": Role.ADMIN, "agent": "oma-agent-1"}]
)
async def test_nobody_but_an_admin_lets_others_in(web, method, path, body, who):
    web.agent(1)
    page = web.login(**who)

    data = b"" if body is None else json.dumps(body).encode()
    headers = page | {"content-type": "application/json"}

    assert (await web.call(method, path, headers, data)).status == 403


async def test_a_read_only_server_lets_nobody_else_in(tmp_path):
    web = make_web(tmp_path, read_only=True)
    web.agent(1)

    assert (await web.post("/api/shares", web.login(), {"agent": "1"})).status == 403


@pytest.mark.parametrize(
    "body",
    [
        {"agent": "1", "role": "admin"},
        {"agent": "1", "expires_s": 1e99},
        {"agent": "1", "expires_s": 0},
        {"agent": "a/b"},
        {},
    ],
)
async def test_what_cannot_be_shared_is_refused(web, body):
    web.agent(1)

    assert (await web.post("/api/shares", web.login(), body)).status == 422
