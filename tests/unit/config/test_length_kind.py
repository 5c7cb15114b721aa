import pytest

from oma.config.length_kind import Length, length_s


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("30m", 1800), ("12h", 43_200), ("7d", 604_800), ("0d", 0)]
)
def test_a_length_is_a_number_and_its_unit(text, seconds):
    assert Length().accept(text) == text
    assert length_s(text) == seconds


@pytest.mark.parametrize(
    "value", ["", "d", "7", "7w", "-1d", "1.5h", "٣d", "100000d", 7, None, True]
)
def test_anything_else_is_refused(value):
    assert Length().accept(value) is None
