import json
import math
from enum import StrEnum

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.reducers.memory_kinds import (
    COUNT,
    FLAG,
    NUMBER,
    TEXT,
    TIME,
    MemoryMismatchError,
    many,
    named,
    numbered,
    one_of,
    optional,
    pair,
    recall,
    value_of,
    written,
)


class Colour(StrEnum):
    RED = "red"


@attrs.frozen
class Point:
    x_s: float
    name: str


@attrs.define
class Owner:
    point: Point
    _seen: bool = False


POINT = value_of(Point, x_s=TIME, name=TEXT)
moments = st.integers(-(10**12), 10**12).map(lambda us: round(us / 1e6, 6))


@given(moments, moments)
def test_a_moment_is_read_as_it_was_to_the_microsecond(t, moment):
    assert TIME.read(TIME.write(moment, t), t) == moment


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (TIME, math.inf),
        (TIME, -math.inf),
        (NUMBER, 2.5),
        (COUNT, 3),
        (TEXT, "a"),
        (FLAG, False),
        (one_of(Colour), Colour.RED),
        (optional(COUNT), None),
        (optional(COUNT), 1),
        (many(TEXT), ("a", "b")),
        (pair(COUNT), (1, 2)),
        (named(TIME), {"a": 1.0}),
        (numbered(TIME), {2**63: 1.0}),
        (POINT, Point(1.0, "p")),
    ],
)
def test_what_is_written_is_read_again_through_json(kind, value):
    assert kind.read(json.loads(json.dumps(kind.write(value, 7.0))), 7.0) == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (TIME, "1"),
        (TIME, None),
        (TIME, []),
        (TIME, 1e300),
        (NUMBER, True),
        (COUNT, True),
        (COUNT, 1.0),
        (TEXT, None),
        (one_of(Colour), "blue"),
        (one_of(Colour), 3),
        (many(TEXT), "ab"),
        (many(TEXT), [1]),
        (pair(COUNT), [1]),
        (named(TIME), []),
        (numbered(TIME), {"1": 2.0}),
        (numbered(TIME), [[1]]),
        (numbered(TIME), [["1", 2.0]]),
        (POINT, {"x_s": 1.0}),
        (POINT, []),
    ],
)
def test_what_it_did_not_write_is_refused(kind, value):
    with pytest.raises(MemoryMismatchError):
        kind.read(value, 0.0)


def test_the_fields_of_an_owner_are_set_all_or_none():
    fields = {"point": POINT, "_seen": FLAG}
    owner = Owner(Point(1.0, "p"), seen=True)
    memory = written(owner, fields, 3.0)
    assert memory == {"point": {"x_s": 2.0, "name": "p"}, "seen": True}

    other = Owner(Point(0.0, ""))
    with pytest.raises(MemoryMismatchError):
        recall(other, fields, {**memory, "seen": 1}, 3.0)
    assert other == Owner(Point(0.0, ""))
    recall(other, fields, memory, 3.0)
    assert other == owner
