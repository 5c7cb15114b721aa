import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.cli.log_source import open_source
from oma.config.profiles import packaged_profiles
from oma.config.schema import Config
from oma.detection.evidence import Evidence
from oma.detection.profile_parser import profile_from_mapping
from oma.detection.profile_selection import named
from oma.detection.scope import Scope, parse_scope
from oma.detection.screen_reading import ScreenReader
from oma.model.events import PaneCaptured, PaneOutput
from oma.screen.emulator import Screen

REAL = Path(__file__).parents[3] / "fixtures" / "recordings" / "real"

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
    assert reader.read(evidence("me", "other", columns=30)) is first
    assert reader.read(evidence("me", "other…", columns=30)) is not first
    assert reader.read(evidence("me", "  other", columns=30)) is not first
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


@cache
def recorded(name):
    """Return the screens of a recording, and the lines that stand on them."""
    path, screen, screens = REAL / f"{name}.jsonl.zst", None, {}
    with open_source(path, Config(), ()) as source:
        for record in source.records:
            match record.event:
                case PaneCaptured():
                    screen = Screen.seeded(record.event)
                case PaneOutput(_, data) if screen is not None:
                    screen.feed(data)
            if screen is not None:
                screens[screen.lines()] = None
    lines = dict.fromkeys(line for screen in screens for line in screen)
    return list(screens), list(lines), screen.columns


def edited(lines, row, line):
    """Yield screens that differ from this one as agents change theirs, by a line at a row."""
    before, after, was = lines[:row], lines[row + 1 :], lines[row]
    yield (*before, line, *after)
    yield (*before, f"{was}…", *after)
    yield (*before, was.rstrip(".…"), *after)
    yield (*before, was[: len(was) // 2].rstrip(), *after)
    yield (*before, f"  {was}"[:120], *after)
    yield (*before, "", *after)
    yield (*lines[1:], line)
    yield (*before, line, was, *after[:-1])


KINDS = {"claude": "claude332-draft", "kimi": "kimi-longwait", "copilot": "copilot-b"}


@settings(max_examples=9)
@given(st.sampled_from(sorted(KINDS)), st.integers(0, 1 << 30))
def test_what_is_kept_of_a_screen_reads_an_edited_one_as_if_it_were_the_first(kind, seed):
    profile, chance = named(packaged_profiles(), kind), random.Random(seed)
    screens, pool, columns = recorded(KINDS[kind])
    lines, kept, row = chance.choice(screens), ScreenReader(profile), 0
    for step in range(80):
        if step % 20 == 0:
            lines = chance.choice(screens)
        if step % 20 == 0 or chance.random() < 0.7:  # else the same line is edited again
            row = chance.choice([row for row, line in enumerate(lines) if line] or [0])
        # Lines that stand stay the same objects, as those of an emulator do.
        lines = chance.choice([lines, *edited(lines, row, chance.choice(pool))])
        cursor_row = chance.choice([row, 0])
        seen = Evidence(lines, cursor_row, 0, "", kind, columns=columns)
        anew = ScreenReader(profile)

        assert kept.read(seen) == anew.read(seen)
        assert kept.parts(seen) == anew.parts(seen)
