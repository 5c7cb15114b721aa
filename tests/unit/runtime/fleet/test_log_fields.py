"""Entries of a published log as fields, and back."""

import pytest

from oma.recording.published_log import LogJoiner, PublishedEntry
from oma.runtime.fleet.engine import EngineError
from oma.runtime.fleet.log_fields import entry_of, fields_of, id_of, place_of
from tests.support.log_entries import FACTS, entry, numbered, printed


def held(fields):
    encoded = ((k, v.encode() if isinstance(v, str) else v) for k, v in fields.items())
    return {k.encode(): v for k, v in encoded}


@pytest.mark.parametrize("facts", [None, (), FACTS])
def test_an_entry_is_what_it_was(facts):
    each = entry(numbered([printed(b"a")], 7), facts=facts, began_s=0.0 if facts is None else 1.25)

    assert entry_of(id_of(each.place).encode(), held(fields_of(each))) == each


WRONG = (
    {},
    {"first": "x", "records": "r"},
    {"first": "1"},
    {"first": "0", "records": "r"},
    {"first": "4", "records": "r"},
    {"first": "1", "records": "r", "t": "nan"},
    {"first": "1", "records": "r", "t": "-1"},
)


def test_what_is_no_entry_is_as_if_it_was_missing():
    for fields in WRONG:
        found = entry_of("9999-3", held(fields))
        assert found == PublishedEntry(9999, 0, 3, b"")
        assert list(LogJoiner("box").take(found)) == []


@pytest.mark.parametrize("identifier", [b"x", b"1-", b"1--2", "\xb2-1"])
def test_an_id_that_is_none_is_refused(identifier):
    with pytest.raises(EngineError, match="an id that is none"):
        place_of(identifier)
