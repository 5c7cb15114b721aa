import pytest

from oma.summary.lengths import length_text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0s"),
        (0.4, "0s"),
        (59.4, "59s"),
        (59.6, "1m"),
        (60, "1m"),
        (390, "6m 30s"),
        (3600, "1h"),
        (4345, "1h 12m"),
        (90_000, "1d 1h"),
        (864_000, "10d"),
    ],
)
def test_the_two_largest_units_are_told(seconds, text):
    assert length_text(seconds) == text
