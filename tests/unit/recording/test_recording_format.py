import json
import re
from contextlib import suppress

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.errors import RecordingError
from oma.model.events import PaneOutput, ProcessesSampled, ProcessSample, Record, Unknown
from oma.recording.recording_format import (
    Header,
    decode_header,
    decode_record,
    encode_header,
    encode_record,
    is_cut,
)
from tests.support.strategies import MAX_MICROSECONDS, records, times

HEADER = Header(
    version=1,
    started_at="2026-11-20T20:03:58.123456Z",
    tmux="3.3a",
    oma="0.1.0",
    config={"health": {"idle_warning": 60}},
    profiles={"claude": {"rules": []}},
)
HEADER_LINE = (
    b'{"format":"oma-recording","version":1,"started_at":"2026-11-20T20:03:58.123456Z",'
    b'"tmux":"3.3a","oma":"0.1.0","config":{"health":{"idle_warning":60}},'
    b'"profiles":{"claude":{"rules":[]}}}\n'
)


@settings(max_examples=200)
@given(records())
def test_every_record_survives_its_line(record):
    line = encode_record(record)

    assert line.index(b"\n") == len(line) - 1
    assert decode_record(line) == record
    assert encode_record(decode_record(line)) == line


@given(records())
def test_every_line_is_json_for_any_other_parser(record):
    fields = json.loads(encode_record(record))

    assert list(fields)[:3] == ["seq", "t", "type"]
    assert fields["seq"] == record.seq
    assert fields["t"] == record.t


@given(st.integers(0, MAX_MICROSECONDS))
def test_whole_microseconds_come_back_as_the_same_float(microseconds):
    t = microseconds / 1e6

    read = decode_record(encode_record(Record(1, t, PaneOutput("%1", b"")))).t

    assert read == t
    assert round(read * 1e6) == microseconds


@given(times(), times())
def test_times_keep_their_order(one, other):
    def read(t):
        return decode_record(encode_record(Record(1, t, PaneOutput("%1", b"")))).t

    assert (one < other) == (read(one) < read(other))


def test_an_output_record_looks_as_documented():
    assert (
        encode_record(Record(12, 3.201456, PaneOutput("%4", "…\u2028".encode())))
        == '{"seq":12,"t":3.201456,"type":"pane-output","pane":"%4","text":"…\u2028"}\n'.encode()
    )


def test_an_argument_that_is_not_utf8_is_escaped_and_survives():
    sample = ProcessSample("%4", ("caf\udce9", "é"), 0, None, 0)
    record = Record(1, 0.5, ProcessesSampled((sample,)))

    line = encode_record(record)

    assert b"caf\\udce9" in line
    assert decode_record(line) == record


def test_a_whole_number_of_seconds_is_a_time():
    t = decode_record(b'{"seq":1,"t":3,"type":"time-passed"}').t

    assert type(t) is float
    assert t == 3.0


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"\n", r"expected one JSON object, got b'\n'"),
        (b"[]\n", "expected one JSON object, got []"),
        (b'{"seq":1,"t"', "expected one JSON object, got b'{"),
        (b'{"t":1,"type":"time-passed"}', "'seq': expected an integer from 1, got None"),
        (b'{"seq":true,"t":1,"type":"time-passed"}', "'seq': expected an integer from 1, got True"),
        (b'{"seq":0,"t":1,"type":"time-passed"}', "'seq': expected an integer from 1, got 0"),
        (b'{"seq":1,"type":"time-passed"}', "'t': expected seconds from 0, got None"),
        (b'{"seq":1,"t":-1,"type":"time-passed"}', "'t': expected seconds from 0, got -1"),
        (b'{"seq":1,"t":true,"type":"time-passed"}', "'t': expected seconds from 0, got True"),
        (b'{"seq":1,"t":NaN,"type":"\\udc80"}', "'t': expected seconds from 0, got nan"),
        (b'{"seq":1,"t":Infinity,"type":"\\udc80"}', "'t': expected seconds from 0, got inf"),
        (b'{"seq":1,"t":1}', "'type': expected a string, got None"),
        (b'{"seq":1,"t":1,"type":7}', "'type': expected a string, got 7"),
        (b'{"seq":1,"t":1,"type":"server-lost"}', "server-lost: field 'reason' is missing"),
        (b"\xff\n", "expected one JSON object"),
        (b'{"seq":1,"t":1,"type":"later","a":NaN}', "expected one JSON object"),
        (b'{"a":' * 2000 + b'"\\udc80"', "expected one JSON object"),
        (b"[" * 200_000 + b'"\\udc80"', "expected one JSON object"),
    ],
    ids=range(18),
)  # fmt: skip
def test_a_line_that_holds_no_record_is_refused_with_what_was_expected(line, words):
    with pytest.raises(RecordingError, match=re.escape(words)):
        decode_record(line)


def test_a_long_line_makes_a_short_message():
    with pytest.raises(RecordingError) as refusal:
        decode_record(b"\x1b[2J" * 100_000)

    assert len(str(refusal.value)) < 100
    assert str(refusal.value).isprintable()


@given(st.binary(max_size=60) | records().map(encode_record).map(lambda line: line[:-3]))
def test_no_line_raises_anything_but_a_recording_error(line):
    with suppress(RecordingError):
        decode_record(line)


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        (b'{"seq":1,"t":2', True),
        (b"\x00\x00\n", True),
        (b'{"seq":1}', False),
        (b"7", False),
        (b"", False),
        (b"\n", False),
    ],
)
def test_a_cut_line_holds_something_that_is_not_json(line, cut):
    assert is_cut(line) is cut


def test_the_header_looks_as_documented_and_survives():
    assert encode_header(HEADER) == HEADER_LINE
    assert decode_header(HEADER_LINE, "f.jsonl") == HEADER


def test_a_header_needs_no_more_than_format_version_and_start():
    line = b'{"format":"oma-recording","version":1,"started_at":"2026-11-20T21:03:58+01:00","x":1}'

    assert decode_header(line, "f.jsonl") == Header(
        1, "2026-11-20T21:03:58+01:00", None, "", {}, {}
    )


def test_a_newer_version_is_refused_with_what_to_do():
    line = encode_header(attrs.evolve(HEADER, version=7))

    with pytest.raises(RecordingError) as refusal:
        decode_header(line, "f.jsonl")

    assert str(refusal.value) == (
        "f.jsonl: recorded by a newer oma (format version 7); this one reads up to 1: update oma"
    )


def test_a_newer_header_may_change_everything_but_format_and_version():
    with pytest.raises(RecordingError, match="newer oma"):
        decode_header(b'{"format":"oma-recording","version":2}', "f.jsonl")


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"\xff\x00",
        b"[]\n",
        b"{}\n",
        b'{"version":2,"width":80}\n',
        b'{"format":"oma"}',
    ],
)
def test_another_kind_of_file_is_no_recording(line):
    with pytest.raises(RecordingError, match=r"^f\.jsonl: not a recording of oma: expected"):
        decode_header(line, "f.jsonl")


@pytest.mark.parametrize(
    ("name", "wrong", "expected"),
    [
        ("version", True, "an integer from 1"),
        ("version", 0, "an integer from 1"),
        ("version", "1", "an integer from 1"),
        ("started_at", None, "a date and time with its offset"),
        ("started_at", "yesterday", "a date and time with its offset"),
        ("started_at", "2026-11-20T20:03:58", "a date and time with its offset"),
        ("tmux", 3.3, "a string or null"),
        ("oma", None, "a string"),
        ("config", [], "an object"),
        ("profiles", None, "an object"),
    ],
)
def test_a_wrong_header_field_is_refused_by_name(name, wrong, expected):
    line = json.dumps({**json.loads(HEADER_LINE), name: wrong}).encode()

    with pytest.raises(RecordingError) as refusal:
        decode_header(line, "f.jsonl")

    assert str(refusal.value) == f"f.jsonl:1: '{name}': expected {expected}, got {wrong!r}"


def test_an_unknown_record_is_written_back_byte_for_byte():
    line = (
        '{"seq":3,"t":0.25,"type":"pane-painted","z":[1,{"b":null,"a":"é"}],"a":-0.5}\n'.encode()
    )

    record = decode_record(line)

    assert isinstance(record.event, Unknown)
    assert encode_record(record) == line
