import pytest

from oma.errors import ProtocolError
from oma.tmux.queries.fields import parse_flag, parse_optional_number, split_fields


def test_a_line_has_as_many_fields_as_were_asked_for():
    assert split_fields("a\t\tb", 3) == ["a", "", "b"]
    with pytest.raises(ProtocolError, match="2 fields expected, not 3"):
        split_fields("a\t\tb", 2)


@pytest.mark.parametrize(
    ("text", "on"), [("", False), ("0", False), ("off", False), ("1", True), ("keep-last", True)]
)
def test_a_flag_is_on_unless_it_is_said_to_be_off(text, on):
    assert parse_flag(text) is on


def test_an_empty_field_is_no_number():
    assert parse_optional_number("") is None
    assert parse_optional_number("7") == 7
    with pytest.raises(ProtocolError):
        parse_optional_number("x")
