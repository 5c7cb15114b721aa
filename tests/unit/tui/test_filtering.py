"""Filters that a user types."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.errors import ConfigError
from oma.tui.filtering import checked_filter, read_filter, saved_filters
from tests.unit.tui.fleets import agent, agents

SAVED = saved_filters(["night = health:stuck or health:waiting", "mine=project:api"])


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        ("", []),
        ("health:stu reason:x host:y", []),
        ("health:", []),
        ("health:foo", ["no health begins with 'foo'"]),
        ("helth:stuck", ["'helth' is no field: health, reason, profile, project, branch, session, host, group"]),
        ("http://box localhost:8080 a:", []),
        ("/(/", ["bad pattern '(': missing ): ("]),
        ("@night !@mine", []),
        ("@day", ["no saved filter 'day': night, mine"]),
    ],
)  # fmt: skip
def test_what_is_probably_not_meant_so_is_said(text, complaints):
    assert [*read_filter(text, SAVED).complaints] == complaints
    if complaints:
        with pytest.raises(ConfigError, match="filter "):
            checked_filter(text, SAVED)
    else:
        assert checked_filter(text, SAVED) == read_filter(text, SAVED)


def test_a_saved_filter_stands_for_what_it_is():
    here = agent(1, project="/kim/api")
    stuck = attrs.evolve(here, verdict=attrs.evolve(here.verdict, health="stuck"))

    assert read_filter("@mine", SAVED).fits(here)
    assert not read_filter("@mine @night", SAVED).fits(here)
    assert read_filter("not @night @mine", SAVED).fits(here)
    assert not read_filter("@other", SAVED).fits(here)
    assert read_filter("@bash or bash").fits(stuck), "nothing is saved: a word like others"


@given(agents(), st.text(max_size=30))
def test_any_line_is_a_filter_and_no_other_than_its_opposite(who, text):
    whole = " ".join(word for word in text.split() if word.casefold() not in {"or", "not", "!"})
    fits = read_filter(whole).fits(who)

    read_filter(text).fits(who)
    if len(whole.split()) == 1:
        assert read_filter(f"not {whole}").fits(who) is not fits
    assert read_filter(f"{whole} or {whole}").fits(who) is fits
