"""Wishes about panes."""

from oma.placement.policy import Arrangement, Policy


def test_arrangements_follow_each_other_in_a_ring_and_nothing_else_changes():
    policies = [Policy(most_panes=7)]
    for _ in Arrangement:
        policies.append(policies[-1].in_next_arrangement())

    assert [policy.arrangement for policy in policies[:-1]] == list(Arrangement)
    assert policies[-1] == policies[0]
