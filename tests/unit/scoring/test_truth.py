import json

import pytest

from oma.errors import RecordingError
from oma.model.health import Health
from oma.scoring.truth import Interval, Truth, parse_truth


def truth(*rows, **more):
    return parse_truth(json.dumps({"truth": rows, **more}).encode(), "f.json")


def test_a_truth_file_names_a_pane_and_labels_intervals():
    said = truth([0, 1.5, "WORKING", "why"], [2, 3, "STUCK", "why"], pane="%3", other=1)

    assert said == Truth("%3", (Interval(0.0, 1.5, Health.OK), Interval(2.0, 3.0, Health.STUCK)))


def test_intervals_of_one_state_that_overlap_or_touch_are_one():
    said = truth([5, 6, "IDLE", ""], [1, 4, "IDLE", ""], [2, 3, "IDLE", ""], [4, 5, "IDLE", ""])

    assert said == Truth(None, (Interval(1.0, 6.0, Health.IDLE),))


def test_intervals_of_two_states_may_touch():
    assert len(truth([1, 2, "IDLE", ""], [2, 3, "WAITING", ""]).intervals) == 2


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"\xff", "not JSON"),
        (b"[]", "not a truth file"),
        (b"{}", "not a truth file"),
        (b'{"truth": [[1, 2, "SHELL", ""]]}', "WORKING, IDLE"),
        (b'{"truth": [[2, 1, "IDLE", ""]]}', "expected [from, to"),
        (b'{"truth": [[-1, 1, "IDLE", ""]]}', "expected [from, to"),
        (b'{"truth": [[1, Infinity, "IDLE", ""]]}', "expected [from, to"),
        (b'{"truth": ["x"]}', "expected [from, to"),
        (b'{"truth": [], "pane": "3"}', "'pane': not a pane id"),
        (b'{"truth": [[1, 3, "IDLE", ""], [2, 4, "STUCK", ""]]}', "at 2 s it is both idle and"),
    ],
)
def test_what_is_no_truth_file_is_refused_with_its_name(data, complaint):
    with pytest.raises(RecordingError) as caught:
        parse_truth(data, "f.json")

    assert str(caught.value).startswith("f.json: ")
    assert complaint in str(caught.value)
