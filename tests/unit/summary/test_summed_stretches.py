"""A sum tells what the stretches tell of which it is made."""

from datetime import timedelta

from oma.summary.stretches import stretches_of
from oma.summary.summed_stretches import lasted_in, rests, since, sum_up, troubles_in
from tests.unit.summary.logs import EXITED, IDLE, OK, STUCK, WAITING, at, change, log

(STRETCHES,) = stretches_of(
    [
        log(
            change(0, OK),
            change(5, WAITING),
            change(6, OK),
            change(8, IDLE, "at-prompt"),
            change(9, OK),
            change(10, IDLE, "silent"),
            change(20, OK),
            change(30, STUCK),
            change(40, IDLE, "at-prompt"),
            change(50, EXITED),
        )
    ]
)


def test_a_sum_in_the_place_of_some_stretches_changes_nothing():
    for start in range(len(STRETCHES)):
        for end in range(start + 1, len(STRETCHES) + 1):
            mixed = [*STRETCHES[:start], sum_up(STRETCHES[start:end]), *STRETCHES[end:]]
            assert lasted_in(mixed) == lasted_in(STRETCHES)
            assert list(rests(mixed)) == list(rests(STRETCHES)) == [at(8), at(40)]
            for health in (WAITING, STUCK):
                wanted = [each for each in STRETCHES if each.health is health]
                assert list(troubles_in(mixed, health)) == wanted


def test_a_sum_is_told_of_whole_or_not_at_all():
    summed = sum_up(STRETCHES)
    assert (summed.start, summed.end) == (at(0), at(60))
    assert summed.lasted[OK] == timedelta(minutes=18)
    assert since([[summed]], at(0)) == [[summed]]
    assert since([[summed]], at(60)) == []
