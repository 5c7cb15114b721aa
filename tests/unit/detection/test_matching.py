import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.config.profiles import packaged_profiles
from oma.detection.evidence import Evidence
from oma.detection.line_shapes import BOTTOM, TOP
from oma.detection.line_shapes import RULE as RULE_MARK
from oma.detection.logical_lines import logical_lines
from oma.detection.matching import Matcher
from oma.detection.profile_parser import profile_from_mapping
from oma.detection.scope import TITLE_ROW, Region
from oma.detection.screen_reading import ScreenReader
from oma.detection.structure import Place, find_structure

RULE = {"name": "r", "state": "stuck", "scope": "bottom:9", "any": "^ERR"}
PROFILES = packaged_profiles()
RULER = "─" * 20


def screen_of(profile, lines, title="", cursor_row=0):
    return ScreenReader(profile).read(Evidence(lines, cursor_row, 0, title, ""))


def row(lines, title="", **keys):
    profile = profile_from_mapping("x", {"rule": [RULE | keys]}, "x.toml")
    return Matcher(profile).rows(screen_of(profile, lines, title))[0]


def test_the_last_row_that_matches_is_told():
    assert row(("ERR 1", "ERR 2", "fine")) == 1
    assert row(("fine", "")) is None


def test_a_line_that_is_excepted_does_not_match():
    assert row(("ERR 1", "ERR cancelled"), **{"except": "cancelled$"}) == 0
    assert row(("ERR cancelled",), **{"except": "cancelled$"}) is None


def test_a_rule_with_also_needs_both_anywhere_in_its_scope():
    assert row(("foot", "ERR"), also="^foot") == 1
    assert row(("ERR",), also="^foot") is None


def test_unless_forbids_anywhere_in_the_scope():
    assert row(("ERR", "busy"), unless="busy") is None
    assert row(("busy", "ERR"), unless="busy", scope="bottom:1") == 1


def test_unless_below_forbids_what_follows_the_match():
    assert row(("ERR", "went on"), unless_below="^went") is None
    assert row(("went on", "ERR"), unless_below="^went") == 1


def test_the_last_paragraph_ends_at_a_rule_or_with_the_screen():
    assert row(("ERR", "more of it", "", RULER, RULER, "foot"), last=True) == 0
    assert row(("old", "", "ERR", "more of it"), last=True) == 2
    assert row(("ERR", "more of it", "", "went on", "", RULER, RULER), last=True) is None
    assert row(("ERR", "", "ERR", "", RULER), last=True) == 2


def test_above_and_below_cut_at_their_last_rows():
    cuts = {"above": "^>", "below": "^>"}

    assert row(("> do", "ERR", ">", "fine"), **cuts) == 1
    assert row(("> do", "ERR", "> again", "fine", ">", "fine"), **cuts) is None
    assert row(("> do", "fine", ">", "ERR"), **cuts) is None
    assert row(("ERR",), **cuts) == 0
    assert row((">", "ERR"), below="^>") == 1


def test_a_row_may_cut_and_match_at_once():
    assert row(("# ERR", "fine"), any="ERR", below="^#") is None
    assert row(("# ERR", "#"), any="ERR", above="^#") == 0


def test_a_title_is_told_as_no_row():
    assert row(("ERR",), title="ERR", scope="title") == TITLE_ROW
    assert row(("ERR",), title="", scope="title") is None


def test_a_part_of_the_screen_may_be_enough():
    asks = ("Go on?", "  ❯ 1. Yes", "    2. No")
    rule = {"name": "r", "state": "waiting", "scope": "dialog"}
    profile = profile_from_mapping("x", {"rule": [rule]}, "x.toml")

    assert Matcher(profile).rows(screen_of(profile, asks))[0] == 0
    assert Matcher(profile).rows(screen_of(profile, ("Go on?",)))[0] is None


def test_a_draft_is_read_by_no_rule_but_one_of_the_composer():
    screen = (RULER, "❯ ERR in my draft", RULER, "  status")

    assert row(screen, any="ERR", scope="screen") is None
    assert row(screen, any="ERR", scope="bottom:9") is None
    assert row(screen, any="ERR", scope="composer") == 1
    assert row(screen, any="^❯", scope="bottom:9") == 1


def without_draft(text, place, region):
    """Return the text of a line as rules of a region read it."""
    signs = [i for i, sign in enumerate(text[:6]) if sign in "❯›>»⟩➜"]
    is_cut = place is Place.COMPOSER and region not in {Region.COMPOSER, Region.CURSOR_LINE}
    return text[: signs[0] + 2] if is_cut and signs else text


def read_by(scope, lines, places, title, cursor_row):
    """Return the rows and texts that a scope names."""
    region = scope.region
    every = [
        (row, without_draft(text, place, region), place)
        for row, text, place in zip(lines.rows, lines.texts, places, strict=True)
    ]
    with_text = [not marks & (RULE_MARK | TOP | BOTTOM) for marks in lines.marks]
    named = {
        Region.TITLE: [(TITLE_ROW, title)],
        Region.CURSOR_LINE: [(row, text) for row, text, _ in every if row == cursor_row],
        Region.SCREEN: [(row, text) for row, text, place in every if place is not Place.DRAFT],
        Region.BOTTOM: [
            (row, text)
            for index, (row, text, place) in enumerate(every)
            if sum(with_text[index:]) <= scope.count and place is not Place.DRAFT
        ],
        Region.COMPOSER: [
            (row, text) for row, text, place in every if place in {Place.COMPOSER, Place.STATUS}
        ],
    }
    return named.get(region, [(row, text) for row, text, place in every if place == region.value])


def by_hand(profile, rule, lines, title, cursor_row):
    """Read the definition of a rule word by word, with every pattern on every line."""
    logical = logical_lines(lines, 0, profile.index.marks_of)
    places = find_structure(logical, cursor_row).places
    rows = read_by(rule.scope, logical, places, title, cursor_row)

    def found(patterns, among):
        return [n for n, (_, line) in enumerate(among) if patterns.search(line) is not None]

    if found(rule.unless, rows) or (rule.also.sources and not found(rule.also, rows)):
        return None
    rows = rows[: found(rule.above, rows)[-1]] if found(rule.above, rows) else rows
    rows = rows[found(rule.below, rows)[-1] + 1 :] if found(rule.below, rows) else rows
    excepted = set(found(rule.exceptions, rows))
    matches = [n for n in found(rule.any, rows) if n not in excepted]
    if not matches or found(rule.unless_below, rows[matches[-1] + 1 :]):
        return None
    row = rows[matches[-1]][0]
    return None if rule.is_last and goes_on(logical, places, row) else row


def goes_on(logical, places, row):
    """Say whether text follows below a blank row, before a line across the screen and in the same place."""
    known = dict(zip(logical.rows, zip(places, logical.marks, strict=True), strict=True))
    is_below_a_blank = False
    for below in range(row + 1, max(logical.rows) + 1) if row in known else ():
        if below not in known:
            is_below_a_blank = True
        elif known[below][0] is not known[row][0] or known[below][1] & RULE_MARK:
            return False
        elif is_below_a_blank:
            return True
    return False


LINES = st.sampled_from(
    [
        "", "  ", "text", "─" * 20, "❯ ", "❯ go on", "❯ 1. Yes", " Do you want to proceed?",
        " Esc to cancel · Tab to amend", "  esc to interrupt", "✶ Warping… (3s)", "● API Error: x",
        "› ", "› Ask", "■ stopped", "■ Conversation interrupted", "• Reconnecting... 1/5",
        " > ", " >   Type your message", "✕ [API Error: x", "│ ● 1. Allow once",
        "  ┃  △ Permission required", "     ▣  Build · Model", "  ┃  words", "> ", "diff> ",
        "litellm.RateLimitError: x", "Retrying in 0.2 seconds...", "Run it? (Y)es/(N)o [Yes]:",
        "── ⠼ Working ────────────", " Error: x", "✨ do it", "  🌖 · Tip", "Retrying request (1/9).",
    ]
)  # fmt: skip
TITLES = st.sampled_from(
    ["", "✳ Task", "⠂ Task", "✋  Action Required", "✦  Working…", "[ ! ] Action Required"]
)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
@settings(max_examples=40)
@given(st.lists(LINES, max_size=9).map(tuple), TITLES, st.integers(0, 9))
def test_marks_find_what_reading_every_line_with_every_pattern_finds(
    profile, lines, title, cursor_row
):
    screen = screen_of(profile, lines, title, cursor_row)
    told = Matcher(profile).rows(screen)

    for rule, row in zip(profile.every_rule, told, strict=True):
        if rule.any.sources:
            assert row == by_hand(profile, rule, lines, title, cursor_row), rule.name
