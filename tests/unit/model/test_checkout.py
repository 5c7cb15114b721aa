"""What is changed in a checkout, in few words."""

import pytest

from oma.model.checkout import Changes, CheckoutSeen
from oma.model.ids import PaneId

SEEN = CheckoutSeen(PaneId("%1"), "/app", "fix")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (Changes(0), ""),
        (Changes(0, 0, 0, 0), ""),
        (Changes(3, 1, 2, 4), "+2 -4 *3 !1"),
        (Changes(1, behind=1), "-1 *1"),
    ],
)
def test_what_there_is_nothing_of_is_left_out(changes, words):
    assert changes.words == words


def test_changes_are_put_in_and_taken_out():
    assert SEEN.changes is None
    seen = SEEN.with_changes(Changes(3, 1, 2, None))
    assert seen.changes == Changes(3, 1, 2, None)
    assert seen.with_changes(None) == SEEN
