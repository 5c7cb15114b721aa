from hypothesis import given
from hypothesis import strategies as st

from oma.web.dialog import answers


def test_the_choices_of_a_dialog_are_its_digits():
    assert answers(
        [
            "│ Do you want to proceed?            │",
            "│ ❯ 1. Yes                           │",
            "│   2. Yes, and don't ask again      │",
            "│   3) No, tell it what to do        │",
        ]
    ) == ("1", "2", "3")


def test_the_lowest_list_counts_and_only_as_far_as_it_counts_on():
    assert answers(["1. first", "2. then", "› 1. Yes", "2. No", "4. what"]) == ("1", "2")


def test_what_is_no_choice_is_none():
    assert answers(["2. second", "10. tenth", "1.", "1.5 seconds", "a 1. b", "²."]) == ()


@given(st.lists(st.text()))
def test_any_text_gives_ascending_digits(lines):
    found = answers(lines)

    assert list(found) == [str(number) for number in range(1, len(found) + 1)]
