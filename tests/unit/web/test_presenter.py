def test_the_agents_are_those_that_somebody_may_see(world):
    world.agent(1)
    world.agent(2)
    views = world.site.views

    assert [a["agent"] for a in views.agents(lambda _: True)] == ["oma-agent-1", "oma-agent-2"]
    only = views.agents(lambda name: name == "oma-agent-2")
    assert [a["agent"] for a in only] == ["oma-agent-2"]


def test_a_screen_holds_no_control_character(world):
    pane = world.agent(1, text=b"one\ntwo\n")
    world.prints(pane, b"\x1b[2J\x1b[Hhi \x1b[31mred\x1b[0m\x07 \xe2\x80\xae rtl")

    (line,) = world.site.views.lines(world.site.known("1"))

    assert line.isprintable()
    assert line.startswith("hi red")


def test_only_an_agent_that_waits_offers_answers(world):
    world.agent(1, text=b"1. one\n2. two\n")

    assert world.site.views.agent(world.site.known("1"))["dialog"] is None
