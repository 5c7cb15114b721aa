"""Shapes of the standard library and of attrs, as pydantic takes them."""

from typing import Annotated, Literal, TypedDict

import attrs
import pytest
from pydantic import TypeAdapter, ValidationError

from oma.web.api.described import Described, described


class Inner(TypedDict):
    """What is inside."""

    size: int
    """In bytes."""


class Outer(Inner):
    """What is outside."""

    inner: list[Inner] | None
    """All of them,
    the first one first."""
    kind: Literal["a", "b"]


Other = TypedDict("Other", {"from": Annotated[str, "Whence."]})


@attrs.frozen
class Value:
    """A value."""

    name: str
    """Of somebody."""


def schema(shape):
    return TypeAdapter(shape).json_schema(mode="serialization")


def test_a_key_has_the_text_below_it_also_where_another_shape_is_extended_or_inside():
    told = schema(described(Outer))

    assert told["description"] == "What is outside."
    assert told["properties"]["size"]["description"] == "In bytes."
    assert told["properties"]["inner"]["description"] == "All of them, the first one first."
    assert "description" not in told["properties"]["kind"]
    assert told["$defs"]["Inner"]["properties"]["size"]["description"] == "In bytes."
    assert set(told["required"]) == {"size", "inner", "kind"}


def test_a_key_that_is_no_word_of_python_carries_its_text_itself():
    assert schema(described(Other))["properties"]["from"]["description"] == "Whence."


def test_a_class_of_attrs_is_a_shape_too():
    assert schema(described(Value))["properties"]["name"]["description"] == "Of somebody."


def test_an_annotated_shape_is_read_and_may_have_another_name():
    shape = TypeAdapter(list[Annotated[Inner, Described("Within")]])

    assert set(shape.json_schema()["$defs"]) == {"Within"}
    assert shape.validate_python([{"size": 1}]) == [{"size": 1}]
    with pytest.raises(ValidationError):
        shape.validate_python([{"size": "large"}])
