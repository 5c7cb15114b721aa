import pytest

from oma.web.api.upload_directory import UploadDirectory
from oma.web.auth.middleware import BODY_BYTES
from oma.web.auth.roles import Role
from tests.support.fake_web import make_web

FILE = {"content-type": "application/octet-stream"}
LONG = b"x" * (BODY_BYTES + 1)


@pytest.fixture
def web(tmp_path):
    """Give a web app that takes files, with one agent."""
    made = make_web(tmp_path, uploads=UploadDirectory(tmp_path / "uploads", 100_000, 200_000))
    made.agent(1)
    yield made
    made.access.audit.close()


async def give(web, page, data=b"x", path="/api/agents/1/files?name=a.png", **headers):
    length = {"content-length": str(len(data))}
    return await web.call("POST", path, page | FILE | length | headers, data)


async def test_a_file_is_stored_its_path_is_told_and_nothing_is_typed(web, tmp_path):
    answer = await give(web, web.login(Role.OPERATOR), LONG)

    (path,) = (tmp_path / "uploads").iterdir()
    assert (answer.status, answer.json) == (201, {"path": str(path)})
    assert path.read_bytes() == LONG
    assert web.executor.asked == []
    line = web.audited[-1]
    assert (line["event"], line["agent"], line["bytes"]) == ("upload", "oma-agent-1", len(LONG))


async def test_the_page_is_told_how_large_a_file_may_be(web):
    assert (await web.get("/api/session", web.login())).json["upload_bytes"] == 100_000


@pytest.mark.parametrize(("role", "agent"), [(Role.VIEWER, None), (Role.OPERATOR, "oma-agent-2")])
async def test_who_may_not_act_on_the_agent_stores_nothing(web, tmp_path, role, agent):
    answer = await give(web, web.login(role, agent))

    assert answer.status in {403, 404}
    assert not (tmp_path / "uploads").exists()


async def test_a_stranger_and_a_cookie_without_its_secret_store_nothing(web, tmp_path):
    page = web.login()
    del page["x-oma-secret"]

    assert [(await give(web, each)).status for each in ({}, page)] == [403, 403]
    assert not (tmp_path / "uploads").exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content-type": "application/json"}, 422),
        ({"content-length": "-1"}, 422),
        ({"content-length": "100001"}, 413),
        ({"content-length": "9" * 13}, 422),
    ],
)
async def test_what_is_no_file_of_a_known_and_small_size_is_refused(web, headers, status):
    assert (await give(web, web.login(), **headers)).status == status


async def test_a_server_without_uploads_says_which_option_it_is(tmp_path):
    web = make_web(tmp_path)
    web.agent(1)

    answer = await give(web, web.login())

    assert (answer.status, answer.json["error"]) == (
        409,
        "files are not taken here: see [web] uploads",
    )


async def test_no_other_body_may_be_as_long(web):
    assert (await give(web, web.login(), LONG, "/api/agents/1/send")).status == 413
