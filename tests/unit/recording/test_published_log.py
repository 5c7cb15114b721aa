"""Entries of a published log, and what readers make of them."""

from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.errors import RecordingError
from oma.model.events import Record
from oma.recording.compression import pack
from oma.recording.published_log import Beginning, LogJoiner
from tests.support.log_entries import FACTS, HEADER, entry, lines_of, numbered, printed

LOG = [Record(n, n / 4, printed(b"%d" % n)) for n in range(1, 9)]


def taken(joiner, *entries):
    return [found for each in entries for found in joiner.take(each)]


@given(cuts=st.sets(st.integers(1, 7)), again=st.booleans())
def test_entries_from_the_beginning_on_are_the_recording_however_they_are_cut(cuts, again):
    at = [0, *sorted(cuts), 8]
    parts = [LOG[a:b] for a, b in pairwise(at)]
    entries = [entry(part, facts=() if n == 0 else None) for n, part in enumerate(parts)]

    found = taken(LogJoiner("box"), *entries, *(entries if again else ()))

    assert found == [Beginning(HEADER, 1000, 1), *LOG]


def test_who_comes_later_begins_with_how_things_stood_and_counts_anew():
    joiner = LogJoiner("box")
    late = entry(LOG[4:6], facts=FACTS, began_s=1.0)

    begun, *records = taken(joiner, entry(LOG[2:4]), late, entry(LOG[6:]))

    assert begun == Beginning(HEADER, 1000, 5)
    assert [each.seq for each in records] == list(range(1, 10))
    assert [each.t for each in records] == [0, 0, 0, 0, 0, 0.25, 0.5, 0.75, 1.0]
    assert [each.event for each in records] == [*FACTS, *(each.event for each in LOG[4:])]


def test_a_place_to_begin_at_changes_nothing_for_who_has_read_all_before():
    joiner = LogJoiner("box")

    found = taken(joiner, entry(LOG[:4], facts=()), entry(LOG[4:], facts=FACTS, began_s=1.0))

    assert found == [Beginning(HEADER, 1000, 1), *LOG]


def test_what_is_missing_is_said_where_it_goes_on():
    joiner = LogJoiner("box")
    taken(joiner, entry(LOG[:2], facts=()))

    assert taken(joiner, entry(LOG[4:6])) == []
    begun, *records = taken(joiner, entry(LOG[6:], facts=FACTS, began_s=1.5))

    assert begun.missing == "records 3 to 6 are missing"
    assert [each.event for each in records[-2:]] == [each.event for each in LOG[6:]]


def test_another_run_is_another_log():
    joiner = LogJoiner("box")
    taken(joiner, entry(LOG[:2], facts=()))

    assert taken(joiner, entry(LOG, 2000, ()))[0] == Beginning(HEADER, 2000, 1)
    assert taken(joiner, entry(LOG, 1000, ())) == []
    late = entry(LOG[2:], 3000, FACTS, 0.5)
    assert taken(joiner, late)[0].missing == "records 1 to 2 are missing"


WRONG = {
    "another number": attrs.evolve(entry(LOG[:2], facts=()), records=pack(lines_of(LOG[2:4]))),
    "too few": attrs.evolve(entry(LOG[:2], facts=()), records=pack(lines_of(LOG[:1]))),
    "too many": attrs.evolve(entry(LOG[:2], facts=()), records=pack(lines_of(LOG[:3]))),
    "no records": attrs.evolve(entry(LOG[:2], facts=()), records=pack(b"x\n{}\n")),
    "not packed": attrs.evolve(entry(LOG[:2], facts=()), records=b"x"),
    "no header": attrs.evolve(entry(LOG[:2], facts=()), begin=pack(b"")),
}


@pytest.mark.parametrize("damaged", WRONG.values(), ids=WRONG)
def test_what_is_damaged_is_refused(damaged):
    with pytest.raises(RecordingError):
        taken(LogJoiner("box"), damaged)


def test_the_time_of_a_hostile_log_does_not_go_back():
    log = [Record(1, 5.0, printed(b"a")), Record(2, 1.0, printed(b"b"))]

    found = taken(LogJoiner("box"), entry(log, facts=()), entry(numbered([printed(b"c")], 3)))

    assert [each.t for each in found[1:]] == [5.0, 5.0, 5.0]
