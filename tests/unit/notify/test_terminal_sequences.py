import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.notify.terminal_sequences import notify_sequence
from tests.support.strategies import texts


@pytest.mark.parametrize(
    ("kind", "sequence"),
    [
        ("osc9", b"\x1b]9;fix, asks: Proceed? \xc2\xb7 1. Yes\x07"),
        ("osc777", b"\x1b]777;notify;fix, asks;Proceed? \xc2\xb7 1. Yes\x07"),
    ],
)
def test_a_terminal_is_told_title_and_body(kind, sequence):
    assert notify_sequence(kind, "fix; asks", "Proceed?\n1. Yes") == sequence


def test_osc_99_carries_both_in_base64():
    parts = notify_sequence("osc99", "fix asks", "Proceed?").split(b"\x1b\\")

    assert [base64.b64decode(part.rpartition(b";")[2]) for part in parts[:2]] == [
        b"fix asks",
        b"Proceed?",
    ]


def test_an_agents_name_makes_no_other_command_of_osc_9():
    assert notify_sequence("osc9", "4;1;50", "") == b"\x1b]9;4,1,50\x07"


@pytest.mark.parametrize("kind", ["osc9", "osc777", "osc99"])
@given(texts() | st.text(), texts() | st.text())
def test_whatever_is_told_stays_inside_of_its_sequence(kind, title, body):
    data = notify_sequence(kind, title, body)

    inside = re.sub(rb"\x1b\](?:9|777|99);|\x07|\x1b\\", b"", data)
    assert not re.search(rb"[\x00-\x1f\x7f]", inside)
    assert data.count(b"\x1b]") == (2 if kind == "osc99" else 1)
