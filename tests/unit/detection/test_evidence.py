import attrs
import pytest

from oma.detection.announcements import NOTHING
from oma.detection.evidence import Evidence
from oma.model.signals import Bell, StatusReported

LINES = ("a screen",)
SEEN = Evidence(LINES, 0, 0, "", "agent")


@pytest.mark.parametrize(
    "change",
    [
        {"lines": ("another",)},
        {"report": StatusReported("working")},
        {"report_s": 1.0},
        {"announced": NOTHING.after(1.0, Bell())},
        {"children": 1},
        {"cursor_row": 1},
        {"title": "⠂"},
        {"command": "bash"},
        {"argv": ("agent", "-p")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_is_judged_makes_a_difference(change):
    assert not attrs.evolve(SEEN, **change).is_judged_as(SEEN)


def test_what_is_not_judged_makes_none():
    assert attrs.evolve(SEEN, cursor_column=7).is_judged_as(SEEN)
