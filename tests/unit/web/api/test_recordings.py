import pytest

from oma.web.api.agent_schema import Moment, PastScreen, RecordingFileDocument, Summary
from oma.web.auth.roles import Role
from tests.unit.web.presenter.test_recording_library import write


@pytest.fixture
def played(web, tmp_path):
    """Give a web with one recording."""
    write(tmp_path / "a.jsonl")
    return web


async def test_a_recording_is_told_of_as_the_schema_says(played):
    page = played.login(Role.VIEWER)

    (file,) = (await played.get("/api/recordings", page)).json
    summary = (await played.get("/api/recordings/a.jsonl/summary", page)).json
    moment = (await played.get("/api/recordings/a.jsonl/at?t=2.5", page)).json
    late = (await played.get("/api/recordings/a.jsonl/at?t=1e9", page)).json
    path = "/api/recordings/a.jsonl/screen?agent=oma-agent-1&t=2.5"
    screen = (await played.get(path, page)).json

    assert RecordingFileDocument.model_validate(file).name == "a.jsonl"
    agent_timelines = Summary.model_validate(summary).agents
    assert [each.to for each in agent_timelines[0].transitions][:2] == ["ok", "stuck"]
    assert (summary["duration_s"], late["t"]) == (90.0, 90.0)
    assert Moment.model_validate(moment).agents[0].health == "stuck"
    assert "it broke" in PastScreen.model_validate(screen).ansi


@pytest.mark.parametrize(
    "path",
    [
        "/api/recordings/..%2Fa.jsonl/summary",
        "/api/recordings/../../etc/passwd/summary",
        "/api/recordings/x.jsonl/summary",
        "/api/recordings/a.jsonl/at",
        "/api/recordings/a.jsonl/at?t=nan",
        "/api/recordings/a.jsonl/at?t=inf",
        "/api/recordings/a.jsonl/at?t=-1",
        "/api/recordings/a.jsonl/screen?t=1",
        "/api/recordings/a.jsonl/screen?t=1&agent=x",
    ],
)
async def test_what_is_wrong_or_not_there_is_refused(played, path):
    assert (await played.get(path, played.login())).status in {404, 422}


@pytest.mark.parametrize(
    "path", ["", "/a.jsonl/summary", "/a.jsonl/at?t=1", "/a.jsonl/screen?agent=oma-agent-1&t=1"]
)
async def test_a_login_for_one_agent_plays_none(played, path):
    page = played.login(Role.ADMIN, agent="oma-agent-1")

    assert (await played.get(f"/api/recordings{path}", page)).status == 403
