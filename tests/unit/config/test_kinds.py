"""Each kind accepts what it says and refuses the rest, whatever the value."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.config.kinds import (
    Choice,
    Extent,
    KeyNames,
    Kind,
    Name,
    Seconds,
    Switch,
    Text,
    Texts,
    Variables,
    WholeNumber,
)

KINDS: list[Kind] = [
    Seconds(at_least_s=0.5),
    Seconds(above_s=0),
    WholeNumber("columns", 1, 9),
    Switch(),
    Text(),
    Name(),
    Choice(("red", "green")),
    Texts(),
    Variables(),
    Extent(10, 90, 20, 300),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)


@pytest.mark.parametrize(
    ("kind", "value", "accepted"),
    [
        (Seconds(at_least_s=0.5), 0.5, 0.5),
        (Seconds(at_least_s=0.5), 0.25, None),
        (Seconds(at_least_s=0), 0, 0.0),
        (Seconds(above_s=0), 0, None),
        (Seconds(above_s=0), 60, 60.0),
        (Seconds(above_s=0), True, None),
        (Seconds(above_s=0), "60", None),
        (Seconds(above_s=0), float("inf"), None),
        (Seconds(above_s=0), float("nan"), None),
        (Seconds(above_s=0), 10**400, None),
        (WholeNumber("columns", 1, 9), 1, 1),
        (WholeNumber("columns", 1, 9), 9, 9),
        (WholeNumber("columns", 1, 9), 0, None),
        (WholeNumber("columns", 1, 9), 10, None),
        (WholeNumber("columns", 1, 9), True, None),
        (WholeNumber("columns", 1, 9), 2.0, None),
        (Switch(), True, True),
        (Switch(), False, False),
        (Switch(), 1, None),
        (Switch(), "true", None),
        (Text(), "claude --continue", "claude --continue"),
        (Text(), "été 👩‍🚀", "été 👩‍🚀"),
        (Text(), " \t", None),
        (Text(), "", None),
        (Text(), "two\nlines", None),
        (Text(), "\x7f", None),
        (Text(), 3, None),
        (Name(), "oma-agent_1", "oma-agent_1"),
        (Name(), "", None),
        (Name(), "a:b", None),
        (Name(), "é", None),
        (Name(), ["a"], None),
        (Choice(("red", "green")), "green", "green"),
        (Choice(("red", "green")), "blue", None),
        (Choice(("red", "green")), ["red"], None),
        (Texts(), ["error", "rate limit"], ("error", "rate limit")),
        (Texts(), [], ()),
        (Extent(10, 90, 20, 300), "10%", "10%"),
        (Extent(10, 90, 20, 300), "9%", None),
        (Extent(10, 90, 20, 300), "91%", None),
        (Extent(10, 90, 20, 300), "020", "20"),
        (Extent(10, 90, 20, 300), 300, "300"),
        (Extent(10, 90, 20, 300), 301, None),
        (Extent(10, 90, 20, 300), "19", None),
        (Extent(10, 90, 20, 300), True, None),
        (Extent(10, 90, 20, 300), "%", None),
        (Extent(10, 90, 20, 300), "50%%", None),
        (Extent(10, 90, 20, 300), "²0", None),
        (Extent(10, 90, 20, 300), "1" * 5000, None),
        (Extent(10, 90, 20, 300), 50.0, None),
        (Texts(), ["error", " "], None),
        (Variables(), ["A", "b_1=", "C=a=b; $d"], ("A", "b_1=", "C=a=b; $d")),
        (Variables(), ["1A"], None),
        (Variables(), ["=a"], None),
        (Variables(), ["É=a"], None),
        (Variables(), ["A B=a"], None),
        (Variables(), ["A=a\nb"], None),
        (Variables(), "A", None),
        (Texts(), ["error", 3], None),
        (Texts(), "error", None),
    ],
)
def test_a_kind_accepts_what_it_names_in_the_type_of_the_option(kind, value, accepted):
    result = kind.accept(value)
    assert result == accepted
    assert type(result) is type(accepted)


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        (Seconds(at_least_s=0.1), "a number of seconds, 0.1 or more"),
        (Seconds(above_s=0), "a number of seconds greater than 0"),
        (WholeNumber("percent", 20, 80), "a whole number of percent from 20 to 80"),
        (Text(), "a text on one line that is not blank"),
        (Name(), "letters, digits, '_' and '-', at least one"),
        (Choice(("red", "green")), '"red" or "green"'),
        (Texts(), "a list of texts, each on one line and not blank"),
        (Variables(), 'a list of variables, each "NAME" or "NAME=VALUE" on one line'),
    ],
)
def test_a_kind_says_what_it_allows(kind, allowed):
    assert kind.allowed == allowed


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: type(kind).__name__)
@settings(max_examples=40)
@given(value=JSON)
def test_a_kind_is_total_and_accepts_again_what_it_accepted(kind, value):
    accepted = kind.accept(value)
    assert accepted is None or kind.accept(accepted) == accepted


@pytest.mark.parametrize(
    ("value", "accepted"),
    [
        (["j", "Down", "C-n", "?", "ü"], ("j", "Down", "C-n", "?", "ü")),
        ([], ()),
        (["1"], None),
        (["C-c"], None),
        (["C-1"], None),
        (["Escape"], None),
        (["down"], None),
        ([""], None),
        (["\x1b"], None),
        ([7], None),
        ("j", None),
    ],
)
def test_keys_are_characters_and_names_that_a_terminal_can_send(value, accepted):
    assert KeyNames().accept(value) == accepted
