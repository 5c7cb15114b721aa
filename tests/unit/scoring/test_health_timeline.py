import pytest

from oma.errors import RecordingError
from oma.model.events import PaneOutput, Record, SessionOpened, SessionRenamed
from oma.model.health import Health
from oma.scoring.health_timeline import HealthSpan, timeline
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen

OPENED = [
    (0.0, SessionOpened(SESSION, "a")),
    *((1.0, event) for event in (seen(), captured(), sampled())),
]
OTHER = [
    (0.0, SessionOpened("$9", "b")),
    (0.5, seen(pane="%9", session="$9")),
    *((0.5, event) for event in (captured(pane="%9"), sampled(pane="%9"))),
]


def spans(steps, pane=PANE, end_s=100.0):
    steps = sorted(steps, key=lambda step: step[0])
    records = [Record(seq, t, event) for seq, (t, event) in enumerate(steps, start=1)]
    return timeline(empty().fleet, records, pane, end_s)


def told(steps, **more):
    return [(span.start_s, span.end_s, span.health) for span in spans(steps, **more)]


def test_a_timeline_covers_all_time_and_begins_with_what_is_not_known():
    assert told([*OPENED, (10.0, PaneOutput(PANE, b"hello"))]) == [
        (0.0, 1.0, None),
        (1.0, 70.0, Health.OK),
        (70.0, 100.0, Health.IDLE),
    ]


def test_silence_between_two_records_is_told_too():
    assert told([*OPENED, (80.0, PaneOutput(PANE, b"hello"))]) == [
        (0.0, 1.0, None),
        (1.0, 61.0, Health.OK),
        (61.0, 80.0, Health.IDLE),
        (80.0, 100.0, Health.OK),
    ]


def test_no_span_is_empty():
    opened = [(0.0, event) for _, event in OPENED]

    assert told(opened)[0] == (0.0, 60.0, Health.OK)


def test_each_span_names_the_rule_that_opened_it():
    assert [span.rule for span in spans(OPENED)] == ["", "generic/active", "generic/idle_warning"]


def test_a_timeline_ends_where_it_is_told_to():
    assert spans(OPENED, end_s=61.0) == (
        HealthSpan(0.0, 1.0, None, ""),
        HealthSpan(1.0, 61.0, Health.OK, "generic/active"),
    )


def test_an_agent_is_followed_through_a_change_of_name():
    steps = [*OPENED, (20.0, SessionRenamed(SESSION, "c"))]

    assert told(steps)[-1] == (61.0, 100.0, Health.IDLE)


def test_other_agents_are_left_out():
    assert told([*OPENED, *OTHER]) == told(OPENED)
    assert told([*OPENED, *OTHER], pane="%9")[0] == (0.0, 0.5, None)


def test_without_a_pane_the_only_agent_is_meant():
    assert told(OPENED, pane=None) == told(OPENED)


def test_without_a_pane_several_agents_are_refused():
    with pytest.raises(RecordingError, match="several agents"):
        told([*OPENED, *OTHER], pane=None)


def test_a_pane_that_is_never_seen_is_refused():
    with pytest.raises(RecordingError, match="does not show the pane %7"):
        told(OPENED, pane="%7")
