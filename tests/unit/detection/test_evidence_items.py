import attrs

from oma.detection.claims import Claim
from oma.detection.evidence_items import evidence_items
from oma.model.health import Health

WINNER = Claim(Health.WAITING, "permission", "x/permission", "Yes?", 1.0, 1.0, 70, line=3)


def test_each_claim_is_told_with_its_fate_the_strongest_first():
    weaker = Claim(Health.OK, "working", "x/footer", "esc", 0.0, 0.0, 40)
    coming = attrs.evolve(WINNER, rule="x/soon", firm_s=12.5, priority=90)
    gone = attrs.evolve(WINNER, rule="x/gone", end_s=9.0)

    told = evidence_items([weaker, coming, WINNER, gone], WINNER, 10.0)

    assert [(s.rule, s.lost) for s in told] == [
        ("x/soon", "counts in 2.5 s, if it stays"),
        ("x/permission", ""),
        ("x/gone", "ceased to count 1.0 s ago"),
        ("x/footer", "gives way to x/permission"),
    ]
    assert (told[1].line, told[1].text, told[1].since_s) == (3, "Yes?", 1.0)


def test_what_the_opinion_rests_on_is_told_although_it_is_seen_no_more():
    coming = attrs.evolve(WINNER, rule="x/soon", firm_s=12.5, priority=90)

    told = evidence_items([coming], WINNER, 10.0)

    assert [(s.rule, s.lost) for s in told][1] == ("x/permission", "")


def test_what_counts_is_told_from_what_does_not_yet_or_any_more():
    coming = attrs.evolve(WINNER, rule="x/soon", firm_s=12.5)
    gone = attrs.evolve(WINNER, rule="x/gone", end_s=9.0)

    told = {s.rule: s.counts for s in evidence_items([coming, gone, WINNER], WINNER, 10.0)}

    assert told == {"x/soon": False, "x/gone": False, "x/permission": True}


def test_an_old_error_is_told_and_does_not_count():
    old = attrs.evolve(WINNER, rule="x/error", priority=60)
    same_rule = attrs.evolve(WINNER, line=9)

    told = evidence_items([WINNER], WINNER, 10.0, [old, same_rule])

    assert [(s.rule, s.counts, s.lost) for s in told] == [
        ("x/permission", True, ""),
        ("x/error", False, "is an old one that came to light again"),
    ]
