import math
from datetime import datetime

import attrs

from oma.model.dialog import Dialog, DialogOption
from oma.model.ids import AgentId
from oma.model.wall_time import Sleep, WallTime
from oma.screen.styled import PLAIN, StyledText
from oma.web.presenter.agent_presenter import agent_object, text_of
from tests.unit.tui.fleets import BEGAN, agent


def test_the_agents_are_those_that_somebody_may_see(web):
    web.agent(1)
    web.agent(2)
    presenter = web.presenter

    assert [a["agent"] for a in presenter.agents(lambda _: True)] == ["oma-agent-1", "oma-agent-2"]
    only = presenter.agents(lambda name: name == "oma-agent-2")
    assert [a["agent"] for a in only] == ["oma-agent-2"]


def test_an_agent_is_known_by_its_id_and_by_its_name(web):
    web.agent(1)
    web.agent_in_pane(2, title="✳ a/b %1")
    web.agent_in_pane(3)

    for reference in ("$1", "oma-agent-1", "1"):
        assert web.presenter.known(reference).id == "$1"
    for reference in ("%2", "a/b %1"):
        assert web.presenter.known(reference).id == "%2"
    assert web.presenter.known("%4") is None


def test_a_name_that_an_agent_gave_itself_lets_nobody_see_it(web):
    web.agent_in_pane(2, title="✳ shared")
    web.agent_in_pane(3, label="given")

    assert web.presenter.known("shared") is not None
    assert web.presenter.agents(lambda name: name == "shared") == []
    assert [a["id"] for a in web.presenter.agents(lambda name: name == "given")] == ["%3"]


def test_a_screen_holds_no_control_character(web):
    pane = web.agent(1, text=b"one\ntwo\n")
    web.prints(pane, b"\x1b[2J\x1b[Hhi \x1b[31mred\x1b[0m\x07 \xe2\x80\xae rtl")

    (line,) = web.presenter.lines(web.presenter.known("1"))

    assert line.isprintable()
    assert line.startswith("hi red")


def test_only_an_agent_that_waits_offers_answers(web):
    web.agent(1, text=b"1. one\n2. two\n")

    assert web.presenter.agent(web.presenter.known("1"))["dialog"] is None


def test_an_agent_is_that_of_status_and_more():
    asks = Dialog("Proceed?", "ls", (DialogOption("1", "Yes"), DialogOption("2", "No")))
    told = agent_object(agent(1, dialog=asks), 10.0, WallTime(BEGAN))

    assert (told["agent"], told["idle_s"], told["since_s"]) == ("oma-agent-1", 10.0, 0.0)
    assert [option["label"] for option in told["dialog"]["options"]] == ["Yes", "No"]
    assert (told["viewers"], told["controlled_by"]) == ([], None)


def test_an_agent_is_shown_with_who_controls_it(web):
    web.agent(1)
    web.subscribers.control(AgentId("$1"), "ann")

    assert web.presenter.agent(web.presenter.known("1"))["controlled_by"] == "ann"


def test_an_agent_that_was_never_seen_active_has_no_age():
    never = attrs.evolve(agent(1), active_s=-math.inf)

    assert agent_object(never, 1.0, WallTime(BEGAN))["idle_s"] is None


def test_a_screen_as_text():
    rows = ((StyledText("ab", PLAIN), StyledText("c  ", PLAIN)), ())

    assert text_of(rows) == ["abc", ""]


def test_since_when_an_agent_is_so_is_told_by_the_calendar_that_went_on_while_the_machine_slept(
    web,
):
    web.agent(1)
    presenter = web.presenter
    (awake,) = presenter.agents(lambda _: True)
    presenter_began = presenter.calendar().began
    presenter.calendar = lambda: WallTime(presenter_began, (Sleep(0.0, 3600.0),))
    (slept,) = presenter.agents(lambda _: True)

    moments = [datetime.fromisoformat(each["since"]) for each in (awake, slept)]
    assert (moments[1] - moments[0]).total_seconds() == 3600.0
    assert slept["since_s"] == awake["since_s"]
