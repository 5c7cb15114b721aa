"""Which numbers are taken, and which are refused with what was expected."""

import argparse

import pytest

from oma.cli.quantities import LAST_S, duration, duration_or_last, percent, port, seconds, speed

TAKEN = [
    (seconds, "0", 0.0),
    (seconds, "1e3", 1000.0),
    (speed, "0.25", 0.25),
    (percent, "100", 100.0),
    (port, "0", 0),
    (port, "65535", 65535),
    (duration, "90s", 90.0),
    (duration, "30m", 1800.0),
    (duration, "12h", 43_200.0),
    (duration, "366d", 31_622_400.0),
]

REFUSED = [
    *((seconds, text, "0 or more") for text in ("-1", "nan", "inf", "-inf", "x", "")),
    *((speed, text, "greater than 0") for text in ("0", "-1", "nan", "inf")),
    *((percent, text, "from 0 to 100") for text in ("-1", "101", "nan")),
    *((port, text, "from 0 to 65535") for text in ("-1", "65536", "1e3", "٣", "9" * 99)),
    *(
        (duration, text, "such as 90s")
        for text in ("soon", "s", "0s", "-1h", "367d", "5", "٣s", "")
    ),
]


@pytest.mark.parametrize(("kind", "text", "value"), TAKEN)
def test_a_quantity_is_read(kind, text, value):
    assert kind(text) == value


@pytest.mark.parametrize(("kind", "text", "expected"), REFUSED)
def test_what_is_no_quantity_is_refused_with_what_was_expected(kind, text, expected):
    with pytest.raises(argparse.ArgumentTypeError) as refused:
        kind(text)

    assert str(refused.value).startswith(f"{text!r}: expected ")
    assert expected in str(refused.value)


def test_a_length_may_be_the_time_since_a_user_last_looked():
    assert duration_or_last("last") == LAST_S
    assert duration_or_last("2h") == 7200.0
