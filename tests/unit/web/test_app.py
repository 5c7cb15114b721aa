from oma.web.assets import Asset
from tests.web_site import world as make_world


async def test_the_page_is_code_that_a_stranger_gets_with_401(tmp_path):
    world = make_world(tmp_path, {"assets/a.js": Asset(b"1", "text/javascript", "public")})

    stranger, friend = await world.get("/"), await world.get("/", world.login())

    assert (stranger.status, stranger.body) == (401, b"<p>")
    assert (friend.status, friend.body) == (200, b"<p>")
    script = await world.get("/assets/a.js")
    assert (script.status, script.header("content-type")) == (200, "text/javascript")
    assert (script.header("cache-control"), friend.header("cache-control")) == (
        "public",
        "no-cache",
    )
    assert (await world.get("/assets/../index.html")).status == 404


async def test_what_is_not_there_is_said_in_json(world):
    page = world.login()

    assert (await world.get("/nothing", page)).json == {"error": "not found"}
    assert (await world.call("DELETE", "/api/agents", page)).status == 405
    assert (await world.get("/api/agents/a%20b", page)).json["field"] == "path.id"
    wrong = await world.post("/api/login", page, {"tokn": ""})
    assert (wrong.status, wrong.json["error"]) == (422, "token is missing")
    damaged = await world.post("/api/login", page | {"content-type": "text/plain"}, {})
    assert damaged.json["error"] == "the body must be a JSON object"


async def test_the_schema_tells_of_every_problem(world):
    schema = (await world.get("/openapi.json", world.login())).json

    assert schema["paths"]["/api/agents/{id}"]["get"]["responses"]["422"]["content"][
        "application/json"
    ]["schema"] == {"$ref": "#/components/schemas/Problem"}
