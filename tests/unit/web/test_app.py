from oma.web.assets import Asset
from tests.support.fake_web import make_web


async def test_the_page_is_code_that_a_stranger_gets_with_401(tmp_path):
    web = make_web(tmp_path, {"assets/a.js": Asset(b"1", "text/javascript", "public")})

    stranger, friend = await web.get("/"), await web.get("/", web.login())

    assert (stranger.status, stranger.body) == (401, b"<p>")
    assert (friend.status, friend.body) == (200, b"<p>")
    script = await web.get("/assets/a.js")
    assert (script.status, script.header("content-type")) == (200, "text/javascript")
    assert (script.header("cache-control"), friend.header("cache-control")) == (
        "public",
        "no-cache",
    )
    assert (await web.get("/assets/../index.html")).status == 404


async def test_the_service_worker_is_code_as_well_and_may_be_missing(tmp_path):
    worker = Asset(b"keep()", "text/javascript", "no-cache")
    web = make_web(tmp_path, {"service-worker.js": worker})

    found = await web.get("/service-worker.js")

    assert (found.status, found.body) == (200, b"keep()")
    assert "connect-src 'self'" in found.header("content-security-policy")
    assert (await make_web(tmp_path).get("/service-worker.js")).status == 404


async def test_what_is_not_there_is_said_in_json(web):
    page = web.login()

    assert (await web.get("/nothing", page)).json == {"error": "not found"}
    assert (await web.call("DELETE", "/api/agents", page)).status == 405
    assert (await web.get("/api/agents/" + "a" * 257, page)).json["field"] == "path.id"
    wrong = await web.post("/api/login", page, {"tokn": ""})
    assert (wrong.status, wrong.json["error"]) == (422, "tokn is not known here")
    damaged = await web.post("/api/login", page | {"content-type": "text/plain"}, {})
    assert damaged.json["error"] == "the body must be a JSON object"


async def test_the_schema_tells_of_every_problem(web):
    schema = (await web.get("/openapi.json", web.login())).json

    assert schema["paths"]["/api/agents/{id}"]["get"]["responses"]["422"]["content"][
        "application/json"
    ]["schema"] == {"$ref": "#/components/schemas/Problem"}
