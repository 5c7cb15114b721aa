import pytest
from hypothesis import given, settings

from oma.errors import RecordingError
from oma.model.events import PaneOutput, Record, TimePassed
from oma.recording.reader import TORN_LINE, TORN_STREAM, RecordingReader
from oma.recording.recording_format import Header, encode_header, encode_record
from tests.support.strategies import logs

HEADER = Header(1, "2026-11-20T20:03:58.123456Z", "3.3a", "0.1.0", {}, {})
HEAD = encode_header(HEADER)
LOG = (
    Record(1, 0.0, PaneOutput("%4", "é\u2028\r\n".encode())),
    Record(2, 0.5, PaneOutput("%4", b"\xff")),
    Record(3, 0.5, TimePassed()),
)
LINES = [HEAD, *map(encode_record, LOG)]


def line(seq, t):
    return encode_record(Record(seq, t, TimePassed()))


def read(lines):
    reader = RecordingReader([lines], "f.jsonl")
    return tuple(reader), reader.torn


@settings(max_examples=40)
@given(logs())
def test_a_log_comes_back_as_it_was_written(log):
    assert read([HEAD, *map(encode_record, log)]) == (log, None)


def test_the_header_is_there_before_the_records():
    reader = RecordingReader(iter([[HEAD]]), "f.jsonl")

    assert reader.header == HEADER
    assert reader.torn is None
    assert list(reader) == []


def reads(taken, lines=LINES):
    """Yield each line as a read of its own, and note it."""
    for one in lines:
        taken.append(one)
        yield [one]


def test_no_more_is_read_than_was_asked_for():
    taken = []

    records = iter(RecordingReader(reads(taken), "f.jsonl"))
    next(records)

    assert taken == LINES[:2]


def test_the_records_of_one_read_come_together():
    head, first, second, third = LINES

    reader = RecordingReader([[], [head, first], [second], [], [third]], "f.jsonl")

    assert list(reader.batches()) == [[record] for record in LOG]
    whole = RecordingReader([LINES], "f.jsonl")
    assert list(whole.batches()) == [list(LOG)]


@settings(max_examples=20)
@given(logs())
def test_where_the_reads_were_makes_no_difference(log):
    lines = [HEAD, *map(encode_record, log)]

    assert tuple(RecordingReader(reads([], lines), "f.jsonl")) == read(lines)[0]


@pytest.mark.parametrize("rest", [[], [[]]])
def test_a_line_that_was_cut_at_the_end_of_a_read_is_known_when_no_more_comes(rest):
    reader = RecordingReader([[*LINES, b'{"seq":4,"t":0.7,"ty\n'], *rest], "f.jsonl")

    assert (tuple(reader), reader.torn) == (LOG, TORN_LINE)


def test_a_line_of_nonsense_between_two_reads_is_refused():
    reader = RecordingReader([[*LINES, b'{"seq":4,"t":0.7,"ty\n'], [line(5, 1.0)]], "f.jsonl")

    with pytest.raises(RecordingError, match=r"^f\.jsonl:5: "):
        tuple(reader)


def test_a_file_cut_at_any_byte_gives_the_whole_lines_before_the_cut():
    whole = b"".join(LINES)
    for size in range(len(whole) + 1):
        lines = whole[:size].splitlines(keepends=True)
        complete = sum(one.endswith(b"\n") for one in lines)
        if complete == 0:
            with pytest.raises(RecordingError, match=r"^f\.jsonl:"):
                read(lines)
            continue
        torn = None if whole[size - 1 : size] == b"\n" else TORN_LINE

        assert read(lines) == (LOG[: complete - 1], torn), size


def test_a_header_without_its_newline_says_that_nothing_was_recorded():
    with pytest.raises(RecordingError) as refusal:
        read([HEAD[:-1]])

    assert str(refusal.value) == "f.jsonl:1: the header is incomplete: nothing was recorded"


def test_cut_json_as_the_last_line_is_left_out_even_with_a_newline():
    assert read([*LINES, b'{"seq":4,"t":0.7,"ty\n']) == (LOG, TORN_LINE)


def test_zeros_that_a_power_cut_left_at_the_end_are_left_out():
    assert read([*LINES, b"\x00" * 512]) == (LOG, TORN_LINE)


def test_an_empty_last_line_means_that_compressed_data_ended_early():
    assert read([*LINES, b""]) == (LOG, TORN_STREAM)


@pytest.mark.parametrize("lines", [[], [b""]])
def test_an_empty_file_is_refused(lines):
    with pytest.raises(RecordingError) as refusal:
        read(lines)

    assert str(refusal.value) == "f.jsonl: empty: expected a recording"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([b'{"seq":1,"t\n', line(2, 1.0)], """f.jsonl:2: expected one JSON object, got b'{"seq":1,"t\\n'"""),
        ([line(1, 1.0), b"\n", line(2, 1.0)], r"f.jsonl:3: expected one JSON object, got b'\n'"),
        ([line(1, 1.0), b"\n"], r"f.jsonl:3: expected one JSON object, got b'\n'"),
        ([line(2, 1.0)], "f.jsonl:2: 'seq': expected 1, got 2"),
        ([line(1, 1.0), line(3, 1.0)], "f.jsonl:3: 'seq': expected 2, got 3"),
        ([line(1, 1.0), line(1, 1.0)], "f.jsonl:3: 'seq': expected 2, got 1"),
        ([line(1, 1.5), line(2, 1.25)], "f.jsonl:3: 't': expected 1.5 or later, got 1.25"),
        ([b'{"seq":1,"t":0,"type":"server-lost"}\n'], "f.jsonl:2: server-lost: field 'reason' is missing, expected a string"),
    ],
    ids=["cut", "blank", "blank at the end", "first seq", "gap", "repeat", "time back", "field"],
)  # fmt: skip
def test_what_is_wrong_in_the_middle_is_refused_with_file_and_line(lines, words):
    with pytest.raises(RecordingError) as refusal:
        read([HEAD, *lines])

    assert str(refusal.value) == words


def test_records_before_a_bad_line_are_given_first():
    records = iter(RecordingReader([[*LINES, b"[]\n"]], "f.jsonl"))

    assert tuple(next(records) for _ in LOG) == LOG
    with pytest.raises(RecordingError, match=r"^f\.jsonl:5: "):
        next(records)
