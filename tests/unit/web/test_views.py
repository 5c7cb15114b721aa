from oma.web.roles import Role
from oma.web.sessions import Grant
from oma.web.site import Asker
from oma.web.views import agent_now, agents_now, screen_lines


def asker(world, agent=None):
    sessions = world.site.sessions
    grant = Grant("ann", Role.VIEWER, world.wall.t + 60, agent)
    return Asker(world.site, sessions.visitor(sessions.enter(grant)), "")


def test_the_agents_are_those_that_somebody_may_see(world):
    world.agent(1)
    world.agent(2)

    assert [a["agent"] for a in agents_now(asker(world))] == ["oma-agent-1", "oma-agent-2"]
    only = agents_now(asker(world, "oma-agent-2"))
    assert [a["agent"] for a in only] == ["oma-agent-2"]


def test_a_screen_holds_no_control_character(world):
    pane = world.agent(1, text=b"one\ntwo\n")
    world.prints(pane, b"\x1b[2J\x1b[Hhi \x1b[31mred\x1b[0m\x07 \xe2\x80\xae rtl")

    (line,) = screen_lines(world.site, world.site.known("1"))

    assert line.isprintable()
    assert line.startswith("hi red")


def test_only_an_agent_that_waits_offers_answers(world):
    world.agent(1, text=b"1. one\n2. two\n")

    assert agent_now(world.site, world.site.known("1"))["answers"] == []
