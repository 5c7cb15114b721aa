"""Agents that a user has put off."""

import attrs
import pytest

from oma.model.health import Health
from oma.tui.snoozing import SNOOZE_S, next_snooze, still_snoozed
from tests.unit.tui.fleets import ASKS, agent, verdict

WAITS = agent(1, verdict=verdict(Health.WAITING, "permission", since_s=5.0), dialog=ASKS)
OTHER = attrs.evolve(ASKS, subject="Bash command\nls")


def test_the_key_puts_off_until_a_change_then_for_a_while_then_no_more():
    once, words = next_snooze((), WAITS, 100.0)
    assert words == "snoozed until it changes"
    twice, words = next_snooze(once, WAITS, 100.0)
    assert words == "snoozed for 30 minutes"
    assert still_snoozed(twice, [WAITS], 99.0 + SNOOZE_S) == twice
    assert still_snoozed(twice, [WAITS], 100.0 + SNOOZE_S) == ()
    assert next_snooze(twice, WAITS, 100.0) == ((), "snoozed no more")


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": verdict(Health.OK)},
        {"verdict": attrs.evolve(WAITS.verdict, reason="question")},
        {"verdict": attrs.evolve(WAITS.verdict, since_s=6.0)},
        {"dialog": OTHER},
    ],
)
def test_who_changes_is_put_off_no_more(changes):
    snoozed, _ = next_snooze((), WAITS, 100.0)

    assert still_snoozed(snoozed, [attrs.evolve(WAITS, cpu_percent=9.0)], 1e9) == snoozed
    assert still_snoozed(snoozed, [attrs.evolve(WAITS, **changes)], 100.0) == ()
    assert still_snoozed(snoozed, [], 100.0) == ()
