import pytest

from oma.hooks.event_fields import first_text, mapping_field, text_field


@pytest.mark.parametrize("value", [None, 3, ["a"], {"a": "b"}])
def test_what_is_no_text_is_empty(value):
    assert text_field({"key": value}, "key") == ""
    assert text_field({}, "key") == ""


@pytest.mark.parametrize("value", [None, 3, ["a"], "a"])
def test_what_is_no_object_is_empty(value):
    assert mapping_field({"key": value}, "key") == {}


def test_the_first_text_that_says_something_is_taken():
    event = {"a": "", "b": 3, "c": "found", "d": "later"}

    assert first_text(event, ("a", "b", "c", "d")) == "found"
    assert first_text(event, ("a", "b")) == ""
