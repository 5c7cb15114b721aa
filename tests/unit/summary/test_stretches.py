from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from oma.model.health import Health
from oma.summary.stretches import stretches_of
from oma.summary.summed_stretches import since
from tests.unit.summary.logs import EXITED, IDLE, OK, WAITING, at, change, log


def told(logs):
    """Name → where each stretch begins and ends, in minutes, how it was and what followed."""
    return {
        own[-1].change.agent: [
            ((each.start - at(0)).seconds // 60, (each.end - at(0)).seconds // 60, each.health)
            + ((each.became,) if each.became else ())
            for each in own
        ]
        for own in stretches_of(logs)
    }


def test_a_change_lasts_until_the_next_one_and_the_last_until_the_log_ends():
    changes = (change(0, OK), change(5, WAITING), change(9, OK))

    assert told([log(*changes)]) == {"a": [(0, 5, OK, WAITING), (5, 9, WAITING, OK), (9, 60, OK)]}


def test_agents_are_apart_and_each_has_the_last_name_kind_and_project_that_are_known():
    changes = (
        change(0, OK, agent="a", kind="generic", project=""),
        change(1, OK, agent="b"),
        change(2, IDLE, agent="renamed", id="$a", kind="codex", project="/srv/y"),
        change(3, EXITED, agent="renamed", id="$a", kind="", project=""),
    )

    [renamed, other] = stretches_of([log(*changes)])
    assert {each.change.agent for each in renamed} == {"renamed"}
    assert {each.change.kind for each in renamed} == {"codex"}
    assert {each.change.project for each in renamed} == {"/srv/y"}
    assert other[0].change.agent == "b"


def test_what_goes_on_in_the_log_that_follows_at_once_is_one_stretch():
    first = log(change(0, OK), change(50, IDLE, "at-prompt"))
    second = log(change(60, IDLE, "at-prompt"), change(70, OK), began=60, ended=80)

    assert told([first, second]) == {"a": [(0, 50, OK, IDLE), (50, 70, IDLE, OK), (70, 80, OK)]}
    assert stretches_of([first, second])[0][1].change.at == at(50)


def test_what_is_otherwise_in_the_log_that_follows_at_once_is_what_followed():
    first, second = log(change(0, OK)), log(change(60, WAITING), began=60, ended=80)

    assert told([first, second]) == {"a": [(0, 60, OK, WAITING), (60, 80, WAITING)]}


def test_a_few_seconds_between_two_logs_are_none():
    first, second = (
        log(change(0, WAITING), ended=60),
        log(change(60.05, WAITING), began=60.05, ended=80),
    )

    [[asks]] = stretches_of([first, second])
    assert (asks.start, asks.end) == (at(0), at(80))


def test_between_logs_nothing_is_known():
    first, second = log(change(0, WAITING)), log(change(75, WAITING), began=75, ended=80)

    assert told([first, second]) == {"a": [(0, 60, WAITING), (75, 80, WAITING)]}


def test_one_that_ended_gives_its_name_to_the_next():
    changes = (change(0, OK), change(10, EXITED), change(20, OK, id="$9"))

    assert told([log(*changes)]) == {
        "a": [(0, 10, OK, EXITED), (10, 20, EXITED, OK), (20, 60, OK)]
    }


def test_only_what_lies_after_a_moment_is_left():
    stretches = stretches_of([log(change(0, OK), change(10, WAITING))])

    [[asks]] = since(stretches, at(30))
    assert (asks.start, asks.change.at, asks.lasted) == (at(30), at(10), timedelta(minutes=30))
    assert since(stretches, at(60)) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.sampled_from(list(Health)), st.sampled_from("ab")),
        max_size=30,
    ),
    st.integers(1, 500),
)
def test_stretches_never_overlap_and_go_forward(found, length):
    changes = [change(m, h, id=f"${n}") for n, (m, h, _) in enumerate(sorted(found))]
    cut = [each for each in changes if each.at <= at(length)]

    for own in stretches_of([log(*cut, ended=length)]):
        for each in own:
            assert each.start <= each.end
        for before, after in pairwise(own):
            assert before.end <= after.start
