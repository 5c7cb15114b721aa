import json

import pytest

from oma.web.auth.roles import Role
from tests.web_site import ORIGIN
from tests.web_site import world as make_world


async def test_a_link_lets_somebody_in_once_to_one_agent_and_for_a_time(world):
    world.agent(1)
    world.agent(2)
    made = await world.post("/api/shares", world.login(), {"agent": "1", "expires_s": 60})
    assert made.status == 201
    path = made.json["url"].removeprefix(ORIGIN)

    entered = await world.get(path)
    guest = {"cookie": entered.header("set-cookie").partition(";")[0]}

    assert (await world.get(path)).status == 401
    session = (await world.get("/api/session", guest)).json
    assert (session["role"], session["agent"]) == ("viewer", "oma-agent-1")
    assert (await world.get("/api/agents/2", guest)).status == 404
    world.wall.t += 60
    assert (await world.get("/api/session", guest)).status == 401


async def test_what_was_shared_is_listed_and_taken_back(world):
    world.agent(1)
    page = world.login()
    made = await world.post("/api/shares", page, {"agent": "1", "role": "operator"})
    entered = await world.get(made.json["url"].removeprefix(ORIGIN))
    guest = {"cookie": entered.header("set-cookie").partition(";")[0]}
    async with world.stream("/api/agents/1/logs", guest) as stream:
        await stream.next()
        (listed,) = (await world.get("/api/tokens", page)).json
        assert (listed["name"], listed["shared"]) == (made.json["name"], True)

        await world.call("DELETE", f"/api/tokens/{listed['name']}", page)

        await stream.ended.wait()


async def test_who_watches_is_told_to_those_who_see_the_same(world):
    world.agent(1)
    guest = world.login(Role.VIEWER, agent="oma-agent-1", name="guest")
    page = world.login(name="ann")
    async with (
        world.stream("/api/events", page) as events,
        world.stream("/api/agents/1/logs", guest) as logs,
    ):
        await events.next()
        await logs.next()
        everybody = (await world.get("/api/watchers", page)).json
        here = (await world.get("/api/watchers", guest)).json

    assert {(w["name"], w["agent"]) for w in everybody} == {
        ("ann", None),
        ("guest", "oma-agent-1"),
    }
    assert [w["name"] for w in here] == ["guest"]


async def test_a_token_is_made_listed_and_taken_back(world):
    page = world.login()

    made = await world.post("/api/tokens", page, {"name": "ci", "role": "operator"})
    bearer = {"authorization": f"Bearer {made.json['secret']}"}
    assert (await world.get("/api/session", bearer)).json["role"] == "operator"
    assert (await world.post("/api/tokens", page, {"name": "ci"})).status == 409
    (listed,) = (await world.get("/api/tokens", page)).json
    assert (listed["name"], "secret" in listed, "sha256" in listed) == ("ci", False, False)

    async with world.stream("/api/events", bearer) as stream:
        await stream.next()
        assert (await world.call("DELETE", "/api/tokens/ci", page)).status == 200
        await stream.ended.wait()
    assert (await world.get("/api/session", bearer)).status == 401
    assert (await world.call("DELETE", "/api/tokens/ci", page)).status == 404
    assert made.json["secret"] not in world.site.audit.path.read_text()


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
async def test_nobody_but_an_admin_lets_others_in(world, method, path, body, who):
    world.agent(1)
    page = world.login(**who)

    data = b"" if body is None else json.dumps(body).encode()
    headers = page | {"content-type": "application/json"}

    assert (await world.call(method, path, headers, data)).status == 403


async def test_a_read_only_server_lets_nobody_else_in(tmp_path):
    world = make_world(tmp_path, read_only=True)
    world.agent(1)

    assert (await world.post("/api/shares", world.login(), {"agent": "1"})).status == 403


@pytest.mark.parametrize(
    "body",
    [
        {"agent": "1", "role": "admin"},
        {"agent": "1", "expires_s": 1e99},
        {"agent": "1", "expires_s": 0},
        {"agent": "%0"},
        {},
    ],
)
async def test_what_cannot_be_shared_is_refused(world, body):
    world.agent(1)

    assert (await world.post("/api/shares", world.login(), body)).status == 422
