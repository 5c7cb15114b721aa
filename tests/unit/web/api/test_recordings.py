import attrs
import pytest

from oma.model.events import AgentFound, PaneOutput, SessionOpened, SessionRenamed
from oma.model.ids import PaneId, SessionId
from oma.web.api.agent_schema import Moment, PastScreen, RecordingFileDocument, Summary
from oma.web.auth.roles import Role
from tests.support.fake_web import check_shape
from tests.support.fleet_play import captured, sampled, seen
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

    for shape, told in (
        (RecordingFileDocument, file),
        (Summary, summary),
        (Moment, moment),
        (PastScreen, screen),
    ):
        check_shape(shape, told)
    assert file["name"] == "a.jsonl"
    assert [each["to"] for each in summary["agents"][0]["transitions"]][:2] == ["ok", "stuck"]
    assert (summary["duration_s"], late["t"]) == (90.0, 90.0)
    assert moment["agents"][0]["health"] == "stuck"
    assert "it broke" in screen["ansi"]


async def test_an_agent_in_a_users_pane_is_one_under_every_name(web, tmp_path):
    pane, session = PaneId("%5"), SessionId("$5")
    facts = seen(pane=pane, session=session, command="claude", window_index=0, pane_index=0)
    titled = b"\x1b]2;\xe2\x9c\xb3 Fix it\x07"
    events = [
        (0.0, SessionOpened(session, "a long name of a session", is_agent=False)),
        (0.0, AgentFound(pane, "claude", "process", "claude")),
        (0.0, attrs.evolve(facts, idle_s=0.0)),
        (0.0, captured(b"hello\n", pane=pane)),
        (0.0, sampled(pane=pane)),
        (1.0, PaneOutput(pane, titled)),
        (9.0, SessionRenamed(session, "other")),
        (400.0, PaneOutput(pane, b"there\r\n")),
    ]
    write(tmp_path / "b.jsonl", events)
    page = web.login()

    summary = (await web.get("/api/recordings/b.jsonl/summary", page)).json
    screen = (await web.get("/api/recordings/b.jsonl/screen?agent=%255&t=2", page)).json

    (timeline,) = summary["agents"]
    assert timeline["id"] == pane
    assert timeline["agent"] == timeline["transitions"][-1]["agent"]
    assert len({each["agent"] for each in timeline["transitions"]}) == 2
    assert "hello" in screen["ansi"]


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
