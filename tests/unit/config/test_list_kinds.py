import pytest

from oma.config.list_kinds import Choices, NamedTexts, Periods, Triggers

WORDS = Choices(("a", "b", "c"))


@pytest.mark.parametrize(
    ("kind", "value", "accepted"),
    [
        (WORDS, [], ()),
        (WORDS, ["b", "a"], ("b", "a")),
        (WORDS, ("c",), ("c",)),
        *((WORDS, value, None) for value in (["a", "a"], ["d"], "a", [1], [["a"]], {"a": 1})),
        (Triggers(), ["waiting", "stuck:rate-*"], ("waiting", "stuck:rate-*")),
        *((Triggers(), value, None) for value in (["asleep"], ["waiting:"], "waiting", [None])),
        (Periods(), ["22:00-07:00"], ("22:00-07:00",)),
        *((Periods(), value, None) for value in (["22-7"], "22:00-07:00", [22.0])),
    ],
)
def test_a_list_is_accepted_whole_or_not_at_all(kind, value, accepted):
    assert kind.accept(value) == accepted


def test_what_is_allowed_is_said():
    assert WORDS.allowed == "a list of some of a, b, c"
    assert "HEALTH of ok, idle, waiting, stuck, exited" in Triggers.allowed
    assert "HH:MM" in Periods.allowed


@pytest.mark.parametrize(
    ("value", "accepted"),
    [
        ([], True),
        (["night = health:stuck or x=y", "a-1=b"], True),
        (["a = b", "a = c"], False),
        (["a ="], False),
        ([" = b"], False),
        (["no name"], False),
        (["a b = c"], False),
        (["a = b\nc"], False),
        ("a = b", False),
        ([1], False),
    ],
)
def test_texts_have_names_of_their_own(value, accepted):
    assert NamedTexts().accept(value) == (tuple(value) if accepted else None)
