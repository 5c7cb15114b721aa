"""A summary is read as it was written, and nothing else is taken for one."""

import json

import attrs
import pytest

from oma.errors import RecordingError
from oma.summary.log_summary import summarise
from oma.summary.summary_lines import decode_summary, encode_summary
from tests.unit.summary.logs import EXITED, IDLE, OK, STUCK, WAITING, change, log

HEALTHS = (OK, IDLE, WAITING, STUCK, EXITED)
CHANGES = [change(each, HEALTHS[each % 5], "r" * (each % 3), "ab"[each % 2]) for each in range(40)]
SUMMARY = summarise(log(*CHANGES))


def test_a_summary_is_read_as_it_was_written():
    assert all(part.summed for part in SUMMARY.parts)
    assert decode_summary(encode_summary(SUMMARY, (1, 2)), (1, 2)) == SUMMARY
    hostile = change(1, OK, about="\ud800\x1b]0;x\x07")
    few = summarise(log(change(0, IDLE), hostile))
    assert decode_summary(encode_summary(few)) == few


WRONG = [
    {"version": 2},
    {"format": "oma-changes"},
    {"of": [9]},
    {"began": "yesterday"},
    {"parts": [{"agent": "a", "head": [[0, 0, 0, 7, None]], "table": []}]},
    {"parts": [{"agent": "a", "head": [["x", 0, 0, 0, None]], "table": []}]},
    {"parts": [{"agent": "a"}]},
    {"lanes": [["a", [1], "x"]]},
    {"lanes": None},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_what_does_not_fit_is_no_summary(wrong):
    told = json.loads(encode_summary(SUMMARY)) | wrong
    with pytest.raises(RecordingError, match="no summary"):
        decode_summary(json.dumps(told).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"{}", b"{", encode_summary(SUMMARY)[:-1]])
def test_what_is_something_else_is_no_summary(data):
    with pytest.raises(RecordingError, match="no summary"):
        decode_summary(data)


def test_what_an_agent_says_again_and_again_stands_once():
    many = [attrs.evolve(each, id="$1", agent="a") for each in CHANGES]
    (part,) = json.loads(encode_summary(summarise(log(*many))))["parts"]
    assert len(part["table"]) < len(part["troubles"])
