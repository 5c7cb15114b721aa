import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.config.profiles import packaged_profiles
from oma.detection.matching import Matcher
from oma.detection.reading import profile_from_mapping
from oma.detection.scope import TITLE_ROW, MarkedRow, MarkedScreen, Region, text_height

RULE = {"name": "r", "state": "stuck", "scope": "bottom:9", "any": "^ERR"}
PROFILES = [p for p in packaged_profiles() if p.rules]


def screen_of(profile, lines, title="", cursor_row=0):
    marks = profile.index.marks(lines)
    return MarkedScreen(
        rows=tuple(MarkedRow(row, mark) for row, mark in enumerate(marks) if mark),
        height=text_height(lines),
        title=profile.index.marks((title,))[0],
        cursor_row=cursor_row,
    )


def row(lines, title="", **keys):
    profile = profile_from_mapping("x", {"rule": [RULE | keys]}, "x.toml")
    return Matcher(profile).rows(screen_of(profile, lines, title))[0]


def test_the_last_row_that_matches_is_told():
    assert row(("ERR 1", "ERR 2", "fine")) == 1
    assert row(("fine", "")) is None


def test_a_rule_with_also_needs_both_anywhere_in_its_scope():
    assert row(("foot", "ERR"), also="^foot") == 1
    assert row(("ERR",), also="^foot") is None


def test_unless_forbids_anywhere_in_the_scope():
    assert row(("ERR", "busy"), unless="busy") is None
    assert row(("busy", "ERR"), unless="busy", scope="bottom:1") == 1


def test_above_and_below_cut_at_their_last_rows():
    cuts = {"above": "^>", "below": "^>"}

    assert row(("> do", "ERR", ">"), **cuts) == 1
    assert row(("> do", "ERR", "> again", "fine", ">"), **cuts) is None
    assert row(("> do", "fine", ">", "ERR"), **cuts) is None
    assert row(("ERR",), **cuts) == 0
    assert row((">", "ERR"), below="^>") == 1


def test_a_row_may_cut_and_match_at_once():
    assert row(("> ERR", "fine"), any="ERR", below="^>") is None
    assert row(("> ERR", ">"), any="ERR", above="^>") == 0


def test_a_title_is_told_as_no_row():
    assert row(("ERR",), title="ERR", scope="title") == TITLE_ROW
    assert row(("ERR",), title="", scope="title") is None


def by_hand(rule, lines, title, cursor_row):
    """Read the definition of a rule word by word, without marks."""
    height = text_height(lines)
    match rule.scope.region:
        case Region.TITLE:
            rows = [(TITLE_ROW, title)]
        case Region.CURSOR_LINE:
            rows = [(cursor_row, lines[cursor_row])] if cursor_row < len(lines) else []
        case Region.SCREEN:
            rows = list(enumerate(lines))
        case Region.BOTTOM:
            rows = list(enumerate(lines))[max(0, height - rule.scope.count) : height]

    def places(patterns, among):
        return [n for n, (_, line) in enumerate(among) if patterns.search(line) is not None]

    if places(rule.unless, rows) or (rule.also.sources and not places(rule.also, rows)):
        return None
    rows = rows[: places(rule.above, rows)[-1]] if places(rule.above, rows) else rows
    rows = rows[places(rule.below, rows)[-1] + 1 :] if places(rule.below, rows) else rows
    found = places(rule.any, rows)
    return rows[found[-1]][0] if found else None


LINES = st.sampled_from(
    [
        "", "  ", "text", "─" * 20, "❯ ", "❯ go on", "❯ 1. Yes", " Do you want to proceed?",
        " Esc to cancel · Tab to amend", "  esc to interrupt", "✶ Warping… (3s)", "● API Error: x",
        "› ", "› Ask", "■ stopped", "■ Conversation interrupted", "• Reconnecting... 1/5",
        " > ", " >   Type your message", "✕ [API Error: x", "│ ● 1. Allow once",
        "  ┃  △ Permission required", "     ▣  Build · Model", "  ┃  words", "> ", "diff> ",
        "litellm.RateLimitError: x", "Retrying in 0.2 seconds...", "Run it? (Y)es/(N)o [Yes]:",
    ]
)  # fmt: skip
TITLES = st.sampled_from(
    ["", "✳ Task", "⠂ Task", "✋  Action Required", "✦  Working…", "[ ! ] Action Required"]
)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
@settings(max_examples=40, deadline=None)
@given(st.lists(LINES, max_size=9).map(tuple), TITLES, st.integers(0, 9))
def test_marks_find_what_reading_every_line_with_every_pattern_finds(
    profile, lines, title, cursor_row
):
    screen = screen_of(profile, lines, title, cursor_row)

    expected = tuple(by_hand(rule, lines, title, cursor_row) for rule in profile.rules)
    assert Matcher(profile).rows(screen) == expected
