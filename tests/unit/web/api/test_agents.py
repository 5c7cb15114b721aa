import pytest

from oma.web.auth.roles import Role
from oma.web.schema import Agent, AgentWithScreen, TmuxSession


async def test_the_agents_are_as_the_schema_says(world):
    world.agent(1, text=b"hello\n")
    page = world.login(Role.VIEWER)

    agents = (await world.get("/api/agents", page)).json
    shown = (await world.get("/api/agents/1", page)).json
    sessions = (await world.get("/api/tmux/sessions", page)).json

    assert [Agent.model_validate(agent, strict=False).agent for agent in agents] == ["oma-agent-1"]
    assert AgentWithScreen.model_validate(shown).screen[0] == "hello"
    assert [TmuxSession.model_validate(each).id for each in sessions] == ["$1"]


async def test_why_is_told(world):
    world.agent(1)

    told = (await world.get("/api/agents/oma-agent-1/why", world.login())).json

    assert (told["agent"], told["rule"]) == ("oma-agent-1", "generic/active")


async def test_a_login_for_one_agent_sees_no_other(world):
    world.agent(1)
    world.agent(2)
    page = world.login(Role.OPERATOR, agent="oma-agent-1")

    assert len((await world.get("/api/agents", page)).json) == 1
    assert len((await world.get("/api/tmux/sessions", page)).json) == 1
    assert (await world.get("/api/agents/2", page)).status == 404
    assert (await world.get("/api/agents/2/why", page)).status == 404


@pytest.mark.parametrize("name", ["%0", "$1", "a.b", "..", "a;b", "a%0ab", "é", "x" * 257])
async def test_what_is_no_name_never_gets_further(world, name):
    assert (await world.get(f"/api/agents/{name}", world.login())).status in {404, 422}
