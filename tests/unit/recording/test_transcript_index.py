import json

import pytest

from oma.errors import RecordingError
from oma.recording.transcript_index import Chunk, Description, cut, parse_description


def described(**changes):
    fields = {"pane": "%4", "size": [120, 40], "t0": 1795205999.25, "truth": []} | changes
    return parse_description(json.dumps(fields).encode(), "f.json")


def test_a_description_gives_pane_size_and_start():
    assert described() == Description("%4", 120, 40, "2026-11-20T20:19:59.250000+00:00")


@pytest.mark.parametrize(
    "changes",
    [
        {"pane": "4"},
        {"pane": 4},
        {"size": [120]},
        {"size": [0, 40]},
        {"t0": "now"},
        {"t0": -1},
        {"t0": 1e12},
    ],
)
def test_a_description_that_lacks_something_is_refused_with_its_name(changes):
    with pytest.raises(RecordingError, match=r"^f\.json: "):
        described(**changes)


@pytest.mark.parametrize("data", [b"{", b"[]", b"\xff"])
def test_what_is_no_description_is_refused(data):
    with pytest.raises(RecordingError, match=r"^f\.json: "):
        parse_description(data, "f.json")


def test_a_transcript_is_cut_as_it_was_read():
    assert cut(b"abcdef", b"0.5 0\n1.25 2\n1.25 2\n2.0000004 6\n", "f.idx") == (
        Chunk(0.5, b"ab"),
        Chunk(1.25, b""),
        Chunk(1.25, b"cdef"),
        Chunk(2.0, b""),
    )


def test_an_empty_transcript_has_no_chunks():
    assert cut(b"", b"", "f.idx") == ()


@pytest.mark.parametrize(
    ("index", "complaint"),
    [
        (b"0.1 0\nx\n", "line 2: expected seconds and an offset, got 'x'"),
        (b"nan 0\n", "line 1: expected seconds"),
        (b"-1 0\n", "line 1: time or offset goes back"),
        (b"2 0\n1 3\n", "line 2: time or offset goes back"),
        (b"1 0\n2 4\n3 3\n", "line 3: time or offset goes back"),
        (b"1 0\n2 7\n", "line 2: time or offset goes back, or beyond the end"),
        (b"1 2\n", "the first line must be about offset 0"),
        (b"", "the first line must be about offset 0"),
    ],
)
def test_an_index_that_does_not_fit_is_refused(index, complaint):
    with pytest.raises(RecordingError) as caught:
        cut(b"abcdef", index, "f.idx")

    assert str(caught.value).startswith(f"f.idx: {complaint}")
