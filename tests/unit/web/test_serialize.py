import json
import math

import attrs
import pytest

from oma.model.dialog import Dialog, DialogOption
from oma.screen.styled import PLAIN, Run
from oma.web.serialize import agent_object, encode, iso, text_of
from oma.web.streams.subscribers import Subscribers
from tests.unit.tui.fleets import BEGAN, agent
from tests.web_site import Clock


def test_json_is_ascii_whatever_an_agent_wrote():
    value = {"title": "é\x1b\udc80\u2028"}

    assert encode(value).isascii()
    assert json.loads(encode(value)) == value
    with pytest.raises(ValueError, match="not JSON compliant"):
        encode(math.nan)


def test_an_agent_is_that_of_status_and_more():
    subscribers = Subscribers(1, 1, Clock())
    subscribers.control("oma-agent-1", "ann")

    asks = Dialog("Proceed?", "ls", (DialogOption("1", "Yes"), DialogOption("2", "No")))
    told = agent_object(agent(1, dialog=asks), 10.0, BEGAN, subscribers)

    assert (told["agent"], told["idle_s"], told["since_s"]) == ("oma-agent-1", 10.0, 0.0)
    assert [option["label"] for option in told["dialog"]["options"]] == ["Yes", "No"]
    assert (told["viewers"], told["controlled_by"]) == ([], "ann")


def test_an_agent_that_was_never_seen_active_has_no_age():
    never = attrs.evolve(agent(1), active_s=-math.inf)

    assert agent_object(never, 1.0, BEGAN, Subscribers(1, 1, Clock()))["idle_s"] is None


def test_a_screen_as_text():
    rows = ((Run("ab", PLAIN), Run("c  ", PLAIN)), ())

    assert text_of(rows) == ["abc", ""]


def test_a_moment_is_told_in_utc():
    assert iso(0.9) == "1970-01-01T00:00:00Z"
