"""Agents that ended while nobody saw it."""

import attrs

from oma.model.health import Health, Verdict
from oma.store.unseen_endings import LISTED_S, UnseenEndings
from tests.unit.model.published_agents import AGENT


def test_who_is_not_there_any_more_is_told_once_and_shown_for_a_while():
    endings = UnseenEndings()
    other = attrs.evolve(AGENT, id="%6", pid=8)
    endings.lose_sight([AGENT, other])
    assert endings.are_open

    (told,) = endings.settle([other], 100.0, 5)

    assert (told.t, told.seq, told.id, told.source) == (100.0, 5, AGENT.id, Health.WAITING)
    assert told.verdict.health is Health.EXITED
    assert not endings.are_open
    assert endings.settle([], 101.0, 6) == []
    (shown,) = endings.shown(101.0)
    assert (shown.id, shown.gone) == (AGENT.id, True)
    assert endings.shown(101.0) is endings.shown(102.0)
    assert endings.shown(100.0 + LISTED_S) == ()


def test_who_had_ended_before_is_not_told():
    endings = UnseenEndings()
    ended = attrs.evolve(AGENT, verdict=Verdict(Health.EXITED, "x", "x", "x", 0.0))
    endings.lose_sight([ended, attrs.evolve(AGENT, gone=True)])
    assert not endings.are_open
