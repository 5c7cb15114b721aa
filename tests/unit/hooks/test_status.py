import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.hooks.status import (
    KINDS,
    MAX_SEQUENCE_BYTES,
    STATES,
    Status,
    is_app_name,
    status_sequence,
)
from oma.model.signals import StatusReported
from oma.screen.signal_scanner import SignalScanner

SHAPE = re.compile(rb"\x1b\]7501;[\x20-\x7e]*\x1b\\")


@pytest.mark.parametrize(
    ("status", "app", "sequence"),
    [
        (Status("working"), "", b"\x1b]7501;state=working\x1b\\"),
        (Status("done"), "claude", b"\x1b]7501;state=done:app=claude\x1b\\"),
        (
            Status("blocked", "permission", "hi"),
            "claude",
            b"\x1b]7501;state=blocked:app=claude:kind=permission:msg=aGk=\x1b\\",
        ),
    ],
)
def test_a_status_is_one_sequence(status, app, sequence):
    assert status_sequence(status, app) == sequence


@given(
    state=st.sampled_from(STATES),
    kind=st.sampled_from(KINDS),
    message=st.text(max_size=40) | st.text(max_size=40).map(lambda text: text * 200),
    app=st.sampled_from(["", "claude", "a" * 64]),
)
def test_the_monitor_reads_what_was_written(state, kind, message, app):
    kind = kind if state == "blocked" else ""
    sequence = status_sequence(Status(state, kind, message), app)

    assert len(sequence) <= MAX_SEQUENCE_BYTES
    assert SHAPE.fullmatch(sequence)
    (signal,) = SignalScanner().scan(sequence)
    assert isinstance(signal, StatusReported)
    assert (signal.state, signal.kind, signal.app) == (state, kind, app)
    assert message.encode(errors="replace").decode().startswith(signal.message)


def test_a_long_message_is_cut_between_characters_and_fills_the_sequence():
    sequence = status_sequence(Status("error", message="é" * 9000))
    message = base64.b64decode(sequence.partition(b"msg=")[2][:-2]).decode()

    assert set(message) == {"é"}
    assert MAX_SEQUENCE_BYTES - len(sequence) < 8


@pytest.mark.parametrize(
    ("text", "ok"),
    [
        ("claude", True),
        ("my-agent_2.0", True),
        ("", False),
        ("a:b", False),
        ("a\x1b", False),
        ("ä", False),
        ("a" * 64, True),
        ("a" * 65, False),
    ],
)
def test_a_name_of_a_program_cannot_break_the_sequence(text, ok):
    assert is_app_name(text) is ok
