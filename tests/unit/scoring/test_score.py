import math

from hypothesis import given, settings
from hypothesis import strategies as st

from oma.model.health import Health
from oma.scoring.health_timeline import HealthSpan
from oma.scoring.score import Delay, Stretch, quantile, together, weigh
from oma.scoring.truth import Interval

OK, IDLE, WAITING, STUCK = Health.OK, Health.IDLE, Health.WAITING, Health.STUCK


def spans(*marks):
    """Spans that follow one another: (start, health)."""
    ends = [start for start, _ in marks[1:]] + [1000.0]
    return [
        HealthSpan(start, end, health, f"x/{health}")
        for (start, health), end in zip(marks, ends, strict=True)
    ]


def test_only_labelled_time_counts():
    score = weigh([Interval(10.0, 20.0, OK)], spans((0.0, STUCK), (10.0, OK), (20.0, STUCK)))

    assert (score.labelled_s(), score.right_s(), score.accuracy()) == (10.0, 10.0, 1.0)
    assert score.mistakes() == ()


def test_verdicts_are_weighed_by_exact_time():
    score = weigh([Interval(0.0, 8.0, OK)], spans((0.0, OK), (2.0, IDLE), (2.5, OK)))

    assert (score.told_s(OK, OK), score.told_s(OK, IDLE)) == (7.5, 0.5)
    assert score.accuracy() == 7.5 / 8
    assert score.accuracy((STUCK,)) is None
    assert score.mistakes() == (Stretch(2.0, 2.5, OK, IDLE, "x/idle"),)


def test_a_false_alarm_is_one_however_many_rules_took_turns():
    score = weigh(
        [Interval(0.0, 9.0, OK), Interval(20.0, 29.0, STUCK)],
        spans((0.0, OK), (1.0, STUCK), (2.0, STUCK), (3.0, OK), (5.0, STUCK), (6.0, OK)),
    )

    assert score.false(STUCK) == (2, 3.0)
    assert score.false(WAITING) == (0, 0.0)
    assert score.false(OK) == (1, 9.0)


def test_the_delay_runs_from_the_start_of_the_truth_to_the_right_verdict():
    score = weigh(
        [
            Interval(1.0, 5.0, WAITING),
            Interval(10.0, 15.0, WAITING),
            Interval(20.0, 21.0, WAITING),
        ],
        spans((0.0, OK), (1.25, WAITING), (16.0, OK)),
    )

    assert score.delays == (
        Delay(WAITING, 1.0, 0.25),
        Delay(WAITING, 10.0, 0.0),
        Delay(WAITING, 20.0, math.inf),
    )
    assert score.delays_s(WAITING) == (0.0, 0.25, math.inf)
    assert score.delays_s(OK) == ()


def test_scores_add_up():
    one = weigh([Interval(0.0, 4.0, OK)], spans((0.0, OK)))
    two = weigh([Interval(0.0, 4.0, STUCK)], spans((0.0, OK)))

    both = together([one, two])

    assert (both.labelled_s(), both.accuracy()) == (8.0, 0.5)
    assert (both.told_s(OK, OK), both.told_s(STUCK, OK)) == (4.0, 4.0)
    assert (both.accuracy([OK]), both.accuracy([STUCK])) == (1.0, 0.0)
    assert len(both.delays) == 2


def test_a_quantile_is_one_of_the_values():
    assert quantile((1.0, 2.0, 3.0, 4.0), 0.5) == 2.0
    assert quantile((1.0, 2.0, 3.0, 4.0), 0.9) == 4.0
    assert quantile((1.0, 2.0, 3.0, 4.0), 1.0) == 4.0
    assert quantile((), 0.5) is None


healths = st.sampled_from(list(Health))
turns = st.lists(
    st.tuples(st.integers(1, 999), healths | st.none()), max_size=8, unique_by=lambda turn: turn[0]
)


@settings(max_examples=50)
@given(turns, st.integers(0, 400), st.integers(0, 400), healths)
def test_every_labelled_second_gets_exactly_one_verdict(marks, start_s, length_s, truth):
    told = spans((0.0, None), *sorted(marks, key=lambda mark: mark[0]))

    score = weigh([Interval(start_s, start_s + length_s, truth)], told)

    assert score.labelled_s() == length_s
    assert sum(score.told_s(truth, verdict) for verdict in (*Health, None)) == length_s
    assert sum(s.duration_s for s in score.mistakes()) == length_s - score.right_s()
