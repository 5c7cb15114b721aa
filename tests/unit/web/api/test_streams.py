from oma.web.roles import Role


async def test_a_stream_is_for_those_who_logged_in(world):
    world.agent(1)

    assert (await world.get("/api/events")).status == 401
    assert (await world.get("/api/agents/1/logs")).status == 401


async def test_reading_a_log_is_written_down_and_shown(world):
    world.agent(1)
    async with world.stream("/api/agents/1/logs", world.login(Role.VIEWER)) as stream:
        await stream.next()
        shown = (await world.get("/api/agents/1", world.login())).json["viewers"]

    assert shown == ["ann"]
    assert ("logs", "oma-agent-1") in [(a["event"], a.get("agent")) for a in world.audited]


async def test_a_login_for_one_agent_reads_no_other(world):
    world.agent(1)
    world.agent(2)

    page = world.login(Role.VIEWER, agent="oma-agent-1")

    assert (await world.get("/api/agents/2/logs", page)).status == 404
