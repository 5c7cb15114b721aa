import pytest

from oma.model.events import CommandSent, PaneOutput, Record
from oma.model.health import Health, Transition, Verdict
from oma.model.ids import PaneId
from oma.store.store import Store
from oma.web.api.action_schema import TmuxSession
from oma.web.api.agent_schema import AgentDocument, AgentWithScreen
from oma.web.auth.roles import Role
from tests.support.fake_web import check_shape


async def test_the_agents_are_as_the_schema_says(web):
    web.agent(1, text=b"hello\n")
    page = web.login(Role.VIEWER)

    agents = (await web.get("/api/agents", page)).json
    shown = (await web.get("/api/agents/1", page)).json
    sessions = (await web.get("/api/tmux/sessions", page)).json

    check_shape(list[AgentDocument], agents)
    check_shape(AgentWithScreen, shown)
    check_shape(list[TmuxSession], sessions)
    assert [agent["agent"] for agent in agents] == ["oma-agent-1"]
    assert shown["screen"][0] == "hello"
    assert [each["id"] for each in sessions] == ["$1"]


async def test_why_is_told(web):
    web.agent(1)

    told = (await web.get("/api/agents/oma-agent-1/why", web.login())).json

    assert (told["agent"], told["rule"]) == ("oma-agent-1", "generic/active")


async def test_a_login_for_one_agent_sees_no_other(web):
    web.agent(1)
    web.agent(2)
    page = web.login(Role.OPERATOR, agent="oma-agent-1")

    assert len((await web.get("/api/agents", page)).json) == 1
    assert len((await web.get("/api/tmux/sessions", page)).json) == 1
    assert (await web.get("/api/agents/2", page)).status == 404
    assert (await web.get("/api/agents/2/why", page)).status == 404


async def test_an_agent_in_a_users_pane_is_addressed_by_its_id_whatever_it_is_called(web):
    web.agent_in_pane(5, title="✳ Fix a/b")
    web.agent_in_pane(6)
    page = web.login()
    before, _ = (await web.get("/api/agents", page)).json
    web.store.append(PaneOutput(PaneId("%5"), b"\x1b]2;\xe2\x9c\xb3 other\x07"))
    after = (await web.get("/api/agents/%5", page)).json

    assert (before["agent"], before["id"], before["place"]) == ("Fix a/b", "%5", "user:0.5")
    assert (after["agent"], after["id"]) == ("other", "%5")
    assert (await web.get("/api/agents/%5/why", page)).json["listed"] == "pane"
    assert (await web.get("/api/tmux/sessions", page)).json == [
        {"id": "$9", "name": "user", "agent": False}
    ]


@pytest.mark.parametrize("name", ["%0", "$1", "a.b", "..", "a;b", "a%0ab", "é", "x" * 257])
async def test_what_is_no_name_never_gets_further(web, name):
    assert (await web.get(f"/api/agents/{name}", web.login())).status in {404, 422}


async def test_the_history_of_an_agent_begins_with_what_its_machine_told_before(web, monkeypatch):
    web.agent(1)

    async def past_of(_, agent):
        verdict = Verdict(Health.STUCK, "silent", "generic/silent", "", -70.0)
        return [Transition(-60.0, 0, agent.name, None, verdict, agent.id)]

    monkeypatch.setattr(Store, "past_of", past_of)
    [entry] = (await web.get("/api/agents/1/history", web.login(Role.VIEWER))).json["entries"]
    assert (entry["t"], entry["health"], entry["reason"]) == (-60.0, "stuck", "silent")


async def test_the_history_of_an_agent_tells_what_was_done_to_it_and_by_whom(web):
    pane = web.agent(1)
    web.view.history.take(Record(1, 2.0, CommandSent("answer", pane, "1 Yes", "kim")), ())

    told = (await web.get("/api/agents/1/history", web.login(Role.VIEWER))).json

    assert [(each["command"], each["text"], each["by"]) for each in told["entries"]] == [
        ("answer", "1 Yes", "kim")
    ]
    assert (await web.get("/api/agents/2/history", web.login())).status == 404
