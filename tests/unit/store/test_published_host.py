"""One machine that publishes."""

import attrs

from oma.model.health import Ending
from oma.model.hosts import Link, LinkState
from oma.model.publication import PublishedPiece, Told
from oma.store.published_host import PublishedHost, at_our_clock, stand_in, told_at_our_clock
from tests.unit.model.published_agents import AGENT, TOLD, VERDICT

LIVE = Link("box", LinkState.LIVE)


def host(**values):
    return PublishedHost(LIVE, **values)


def test_moments_are_those_of_our_clock():
    ending = attrs.evolve(AGENT, verdict=attrs.evolve(VERDICT, ending=Ending("3pm", 4.0)))
    ours = at_our_clock(ending, 100.0)
    assert (ours.active_s, ours.sampled_s) == (101.0, 109.5)
    assert (ours.verdict.since_s, ours.verdict.ending.t) == (103.25, 104.0)
    assert at_our_clock(attrs.evolve(AGENT, sampled_s=None), 1.0).sampled_s is None
    assert told_at_our_clock(TOLD, 100.0).t == 103.25


def test_news_that_comes_late_does_not_move_the_clock_of_a_host_but_a_sleep_does():
    known = host()
    for now_s, t, offset_s in (
        (100.0, 10.0, 90.0),
        (101.5, 11.0, 90.0),  # on its way for longer
        (102.0, 12.1, 90.0),  # for a little less
        (102.0, 12.5, 89.5),  # for much less
        (200.0, 13.0, 187.0),  # its clock stood still
    ):
        known.hear(now_s, t)
        assert round(known.offset_s, 6) == offset_s


def test_changes_are_taken_once_and_in_order_also_over_runs():
    known = host(boot=5, told=2)
    told = [Told(5, 2, TOLD), Told(5, 3, TOLD), Told(6, 1, TOLD), Told(6, 4, TOLD)]
    assert known.take_told(told) == [TOLD] * 3
    assert (known.boot, known.told, known.missing) == (6, 4, 2)
    known.end_told(6, 5)
    assert (known.told, known.missing) == (5, 3)
    known.end_told(7, 0)
    assert (known.boot, known.told, known.missing) == (7, 0, 3)


def test_a_piece_follows_or_one_is_missing():
    known = host(boot=5, n=3, told=2)
    assert known.follows(PublishedPiece(5, 4, 0.0, told=(Told(5, 3, TOLD),)))
    assert known.follows(PublishedPiece(5, 9, 0.0, whole=True))
    assert not known.follows(PublishedPiece(5, 5, 0.0))
    assert not known.follows(PublishedPiece(5, 9, 0.0, whole=True, told=(Told(5, 4, TOLD),)))


def test_agents_come_change_and_go():
    known, other = host(), attrs.evolve(AGENT, id="%6")
    known.change(PublishedPiece(1, 1, 0.0, (AGENT, other)))
    assert [each.id for each in known.shown(LIVE, 0.0)] == ["%5@box", "%6@box"]
    assert known.shown(LIVE, 0.0) is known.shown(LIVE, 0.0)
    known.change(PublishedPiece(1, 2, 0.0, gone=("%5",)))
    assert [each.id for each in known.shown(LIVE, 0.0)] == ["%6@box"]
    known.change(PublishedPiece(1, 3, 0.0, whole=True))
    assert known.shown(LIVE, 0.0) == ()


def test_in_place_of_a_screen_stands_what_is_asked_or_why_it_is_so():
    texts = [row[0].text for row in stand_in(AGENT)]
    assert texts[2:] == ["rm -rf build", "go on?", "1. Yes"]
    plain = attrs.evolve(AGENT, dialog=None, verdict=attrs.evolve(VERDICT, evidence="a\x1b[2J"))
    assert stand_in(plain)[2][0].text == "a␛[2J"


def test_an_agent_that_is_as_it_was_is_shown_by_the_very_same_value():
    other = attrs.evolve(AGENT, id="%6", name="other")
    known = host(agents={AGENT.id: AGENT, other.id: other})
    before = known.shown(LIVE, 0.0)
    known.change(PublishedPiece(1, 1, 1.0, (attrs.evolve(other, title="new"),)))
    first, second = known.shown(LIVE, 0.0)

    assert first is before[0]
    assert (second.title, second.name) == ("new", "box/other")
    known.set_link(Link("box", LinkState.LOST))
    assert all(each.lost for each in known.shown(known.link, 0.0))


def test_of_an_agent_that_is_otherwise_what_is_as_before_is_shown_by_the_very_same_values():
    known, later = host(), host()
    for each in (known, later):
        each.hear(100.0, 10.0)
    known.change(PublishedPiece(1, 1, 0.0, (AGENT,)))
    [before] = known.shown(LIVE, 0.0)
    ended = attrs.evolve(VERDICT, ending=Ending("3pm", 4.0))
    changes = [{"active_s": 5.0}, {"name": "x", "project": "/y"}, {"verdict": ended}]
    changes += [{"sampled_s": None, "pane": None}, {"id": AGENT.id}]
    for n, each in enumerate(changes):
        agent = attrs.evolve(AGENT, **each)
        known.change(PublishedPiece(1, n, 0.0, (attrs.evolve(AGENT, title="unseen"),)))
        known.change(PublishedPiece(1, n, 0.0, (agent,)))
        later.change(PublishedPiece(1, n, 0.0, (agent,), whole=True))
        [shown] = known.shown(LIVE, 0.0)
        assert (shown,) == later.shown(LIVE, 0.0)
        assert "verdict" in each or shown.verdict == before.verdict
    known.change(PublishedPiece(1, 9, 0.0, (attrs.evolve(agent, rows=25),)))
    assert known.shown(LIVE, 0.0)[0].verdict is shown.verdict


def test_an_agent_that_came_again_before_it_was_shown_is_shown_as_it_is():
    known = host()
    known.change(PublishedPiece(1, 1, 0.0, (AGENT,)))
    known.shown(LIVE, 0.0)
    other = attrs.evolve(AGENT, title="another one", pid=8)
    known.change(PublishedPiece(1, 2, 0.0, gone=(AGENT.id,)))
    known.change(PublishedPiece(1, 3, 0.0, (other,)))
    [shown] = known.shown(LIVE, 0.0)
    assert (shown.title, shown.pid, shown.name) == ("another one", 8, "box/login")
