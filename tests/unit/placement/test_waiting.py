import math

import attrs

from oma.placement.facts import Wanted
from oma.placement.plan import Action, Decision
from oma.placement.waiting import Waiting

AGENT = Wanted("$1")


def decided(action, reason="because"):
    return [Decision(action, "$1", None, reason)]


def test_who_is_deferred_waits_from_then_on():
    waiting = Waiting()
    assert waiting.wanted(AGENT, 5.0).waited_s is None

    waiting.note(decided(Action.DEFER), 5.0)
    waiting.note(decided(Action.DEFER), 9.0)

    assert waiting.wanted(AGENT, 25.0).waited_s == 20.0
    assert waiting.next_expiry_s(300.0) == 305.0


def test_who_is_shown_waits_no_more():
    waiting = Waiting()
    waiting.note(decided(Action.SPAWN), 5.0)
    assert waiting.wanted(AGENT, 6.0).waited_s == 1.0

    waiting.note(decided(Action.KEEP), 6.0)

    assert waiting.wanted(AGENT, 7.0) == AGENT
    assert waiting.next_expiry_s(300.0) == math.inf


def test_who_is_dropped_is_refused_for_that_reason_until_everybody_is_forgiven():
    waiting = Waiting()
    waiting.note(decided(Action.DEFER), 1.0)
    waiting.note(decided(Action.DROP, "it waited in vain"), 2.0)
    assert waiting.wanted(AGENT, 3.0) == attrs.evolve(AGENT, refused="it waited in vain")

    waiting.forgive()

    assert waiting.wanted(AGENT, 3.0) == AGENT


def test_a_reason_of_the_moment_is_not_remembered():
    waiting = Waiting()

    waiting.note(decided(Action.SKIP, "tiling is off"), 1.0)

    assert waiting.wanted(AGENT, 2.0) == AGENT


def test_an_agent_that_is_gone_is_forgotten():
    waiting = Waiting()
    waiting.refuse("$1", "closed")
    waiting.begin("$2", 1.0)

    waiting.forget_but(["$2"])

    assert waiting.wanted(AGENT, 2.0) == AGENT
    assert waiting.wanted(Wanted("$2"), 2.0).waited_s == 1.0


def test_programs_are_nobody_to_remember():
    waiting = Waiting()

    waiting.note([Decision(Action.DEFER, None, None, "no room")], 1.0)

    assert waiting.next_expiry_s(1.0) == math.inf
