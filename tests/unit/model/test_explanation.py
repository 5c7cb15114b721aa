import attrs

from oma.model.explanation import EvidenceItem, Explanation
from oma.model.health import Health, Verdict

WON = EvidenceItem(Health.WAITING, "x/ask", 3, "Sure?", 1.0, counts=True, lost="")
COMING = attrs.evolve(WON, rule="x/soon", counts=False, lost="counts in 1 s")
NEXT = attrs.evolve(WON, rule="x/work", health=Health.OK, lost="gives way to x/ask")
LAST = attrs.evolve(NEXT, rule="x/silence")


def explanation(*seen):
    verdict = Verdict(Health.WAITING, "ask", "x/ask", "Sure?", 1.0)
    return Explanation(2.0, "a", "x", verdict, seen, outlook=None, sees_screen=True)


def test_what_did_not_lose_is_decisive():
    assert explanation(COMING, WON, NEXT).decisive == WON
    assert explanation(COMING, NEXT).decisive is None


def test_the_strongest_other_thing_in_force_would_come_next():
    assert explanation(COMING, WON, NEXT, LAST).successor == NEXT
    assert explanation(COMING, WON).successor is None
