import pytest

from oma.web.auth.roles import Role
from oma.web.presenter.statistics import Statistics
from tests.support.fake_web import Clock, make_web

DAY = {
    "day": "2026-11-30",
    "agent": "a",
    "profile": "claude",
    "project": "/p",
    "seconds": {"ok": 1.0},
    "waits": 1,
    "answered": 1,
    "answered_in_s": {"median": 2.0, "longest": 2.0},
    "failures": {"login": 1},
}


@pytest.fixture
def web(tmp_path):
    """Give a web app with a day of history."""
    made = make_web(tmp_path, statistics=Statistics(lambda _since: [DAY], Clock()))
    yield made
    made.access.audit.close()


async def test_days_are_told_as_oma_stats_prints_them(web):
    answer = await web.get("/api/stats?days=1", web.login(Role.VIEWER))

    assert (answer.status, answer.json) == (200, [DAY])


async def test_who_sees_one_agent_alone_gets_none_and_a_wrong_number_is_refused(web):
    assert (await web.get("/api/stats", web.login(Role.VIEWER, "oma-agent-1"))).status == 403
    for days in ("0", "32", "x"):
        assert (await web.get(f"/api/stats?days={days}", web.login())).status == 422


async def test_where_agents_are_of_several_machines_it_is_said(tmp_path):
    web = make_web(tmp_path)
    answer = await web.get("/api/stats", web.login())

    assert answer.status == 409
    assert "one machine" in answer.json["error"]
    web.access.audit.close()
