import pytest

from oma.detection.evidence import Evidence
from oma.detection.profile_parser import profile_from_mapping
from oma.detection.scope import Scope, parse_scope
from oma.detection.screen_reading import ScreenReader

PROFILE = profile_from_mapping(
    "x",
    {"rule": [{"name": "r", "state": "idle", "scope": "bottom:2", "any": ["^me", "^❯ ?$"]}]},
    "x.toml",
)
ANY = PROFILE.index.mark(PROFILE.rules[0].any)
RULE = "─" * 20


def evidence(*lines, columns=0, title="", cursor_row=0):
    return Evidence(lines, cursor_row, 0, title, "", columns=columns)


def rows(screen, scope):
    return [row for row, _ in parse_scope(scope).lines(screen, ANY)]


def test_a_screen_on_which_only_a_spinner_moved_is_the_same():
    reader = ScreenReader(PROFILE)
    first = reader.read(evidence("me", "✶ Warping"))

    assert reader.read(evidence("me", "✻ Warping")) is first
    assert reader.read(evidence("you", "✻ Warping")) is not first


def test_a_sign_that_blinks_is_read_twice_and_no_more():
    reader = ScreenReader(PROFILE)
    lit, dark = (evidence(sign, "text", columns=30) for sign in ("me", "you"))
    first, second = reader.read(lit), reader.read(dark)

    assert reader.read(lit) is first
    assert reader.read(dark) is second
    assert reader.read(evidence("me", "text " * 5, columns=30)) is not first
    assert reader.read(evidence("me", "", columns=30)) is not first


def test_a_reading_that_comes_back_has_its_own_joined_lines():
    reader = ScreenReader(PROFILE)
    whole = evidence("me and all", "of the text", columns=12)
    reader.read(whole)
    reader.read(evidence("me", "you", columns=12))
    reader.read(whole)

    assert reader.text(whole, 0) == "me and all of the text"


@pytest.mark.parametrize(
    "before", ["Reading the files…", "Reading files…", "│ Reading files... │"]
)
def test_an_answer_is_no_longer_to_come_when_the_dots_have_gone(before):
    def screen(said):
        return evidence("Hi.", said, RULE, "❯ ", RULE, columns=80, cursor_row=3)

    reader = ScreenReader(PROFILE)

    assert reader.read(screen(before)).owes
    assert not reader.read(screen("I read every file.")).owes
    assert reader.read(screen(before)).owes


def test_an_inner_tmux_status_line_does_not_count():
    screen = ScreenReader(PROFILE).read(evidence("me", "text", '[main] 0:bash* "box"'))

    assert rows(screen, "bottom:2") == [0]


def test_rules_and_frames_do_not_count_as_lines():
    screen = ScreenReader(PROFILE).read(evidence("me", RULE, RULE, "text"))

    assert rows(screen, "bottom:2") == [0]
    assert rows(screen, "bottom:1") == []


def test_a_wrapped_line_is_told_as_a_whole():
    reader = ScreenReader(PROFILE)
    seen = evidence("me and all", "of the text", "- next", columns=12)
    reader.read(seen)

    assert reader.text(seen, 0) == "me and all of the text"
    assert reader.text(seen, 2) == "- next"


def test_a_draft_is_cut_off_from_the_sign():
    screen = ScreenReader(PROFILE).read(evidence(RULE, "❯ me", RULE))

    assert rows(screen, "bottom:9") == [1]
    assert not screen.composer_marks & ANY
    assert isinstance(parse_scope("composer"), Scope)
    assert screen.has_draft


def test_messages_above_a_shells_prompt_are_what_an_agent_left():
    left = ScreenReader(PROFILE).read(evidence("● one", "● two", "$ ", cursor_row=2))
    alone = ScreenReader(PROFILE).read(evidence("one", "two", "$ ", cursor_row=2))

    assert (left.has_remains, alone.has_remains) == (True, False)
