import pytest

from oma.model.nearest import hint, nearest


@pytest.mark.parametrize(
    ("word", "near"), [("wach", "watch"), ("WATCH", None), ("", None), ("hosts", "hosts")]
)
def test_a_word_is_near_one_that_has_nearly_the_same_letters(word, near):
    assert nearest(word, ("watch", "hosts", "format")) == near


def test_where_none_is_near_all_are_named():
    assert hint("x", ("watch", "hosts")) == "known are watch, hosts"
    assert hint("hots", ("watch", "hosts")) == "did you mean 'hosts'?"
