from datetime import UTC
from xml.etree import ElementTree as ET

from oma.summary.agent_days import days_of_agents
from oma.summary.stats_page import COLOURS, stats_page
from oma.summary.stretches import stretches_of
from tests.unit.summary.logs import OK, STUCK, WAITING, change, log

EVIL = "</script><script>alert(1)</script>\x1b"


def page(*changes, ended=60):
    agents = stretches_of([log(*changes, ended=ended)])
    return stats_page(agents, days_of_agents(agents, UTC), UTC)


def tree(text):
    """The page, read by a parser that takes nothing amiss."""
    plain = text.replace("<!doctype html>", "").replace('<meta charset="utf-8">', "")
    return ET.fromstring(plain)


def test_every_state_has_its_colour_in_the_time_line_and_in_the_bars():
    told = page(change(0, OK), change(10, WAITING), change(20, STUCK), change(30, OK, agent="b"))

    for health in (OK, WAITING, STUCK):
        assert told.count(f'class="bar" style="fill: {COLOURS[health]}') >= 2
    assert {"DAY", "AGENT", "a", "b", "09:00"} <= set(tree(told).itertext())


def test_it_runs_nothing_loads_nothing_and_no_name_breaks_it():
    told = page(change(0, OK, agent=EVIL), change(10, STUCK, "a<b", agent=EVIL))

    assert "<script" not in told
    assert "\x1b" not in told
    names = {each.tag.rpartition("}")[2] for each in tree(told).iter()}
    assert not names & {"script", "img", "image", "link", "iframe", "use"}
    assert "a<b 1" in set(tree(told).itertext())


def test_where_no_agent_was_there_that_is_said():
    assert "No agent was there." in page()


def test_what_is_too_short_to_be_seen_is_not_drawn():
    flicker = [change(minute, (OK, WAITING)[minute % 2]) for minute in range(1000)]

    assert page(*flicker, ended=2000).count("<rect") > 1000
    assert page(*flicker, ended=20_000_000).count("<rect") < 20
