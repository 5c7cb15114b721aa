"""The whole screen: on the grid at every size, and as it was reviewed by eye."""

import os
import unicodedata
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.model.explanation import EvidenceItem, Explanation, Outlook
from oma.model.health import Health, Transition
from oma.model.ids import SessionId
from oma.model.intents import KillAgent, Refusal, RestoreAgents
from oma.model.kept_fleet import LostAgent
from oma.screen.styled import StyledText, TextStyle
from oma.summary.digest import digest
from oma.summary.health_changes import ChangeLog, change_of
from oma.tui.cells import Size, line_cells
from oma.tui.compose import compose
from oma.tui.editor import Editor
from oma.tui.form import Form
from oma.tui.grouping import Grouping
from oma.tui.ordering import Order
from oma.tui.past_timeline import PastLane, PastTimeline
from oma.tui.snoozing import Snooze
from oma.tui.theme import TerminalCapabilities
from oma.tui.themes import DARK
from oma.tui.view_model import (
    Browsing,
    Choosing,
    Confirming,
    Creating,
    Digesting,
    Filtering,
    Helping,
    Messaging,
    View,
)
from tests.unit.tui.fleets import (
    BEGAN,
    agent,
    fleet_of,
    played,
    render_input,
    scenes,
    state,
    text_of,
    verdict,
)

FRAMES = Path(__file__).parents[3] / "fixtures" / "frames"

ASKS = agent(
    1,
    "fix-login",
    verdict=verdict(Health.WAITING, "permission", "Do you want to proceed?", 88.0),
    profile="claude",
    command="claude",
    title="✳ Fix the login",
    cwd="/home/kim/api",
    active_s=88.0,
    cpu_percent=1.2,
    rss_bytes=312 << 20,
)
LIMITED = agent(
    2,
    "日本語-docs",
    verdict=verdict(Health.STUCK, "retry", "✻ API error · Retrying in 9s · attempt 3/10", 40.0),
    profile="claude",
    active_s=99.5,
    cpu_percent=3.0,
    rss_bytes=290 << 20,
)
ENDED = agent(3, "migrate", verdict=verdict(Health.EXITED, "process-ended", "exit status 3", 60.0))
QUIET = agent(
    4, "quiet", verdict=verdict(Health.IDLE, "silent", "no output for 60 s", 95.0), active_s=35.0
)
WORKS = [
    agent(number, f"worker-{number}", active_s=99.9, cpu_percent=12.0, rss_bytes=1 << 30)
    for number in (5, 6)
]
FLEET = (ASKS, LIMITED, ENDED, QUIET, *WORKS)
PICTURE = (
    (
        StyledText("● ", TextStyle(foreground=2)),
        StyledText("Bash", TextStyle(bold=True)),
        StyledText("(pytest -q)", TextStyle()),
    ),
    (),
    (StyledText(" Do you want to proceed?", TextStyle()),),
    (StyledText(" ❯ 1. Yes", TextStyle(foreground=12)),),
    (
        StyledText("   2. Yes, and do not ask again for ", TextStyle()),
        StyledText("pytest", TextStyle(bold=True)),
    ),
    (StyledText("   3. No", TextStyle()),),
    (),
    (StyledText(" Esc to cancel · Tab to amend", TextStyle(dim=True)),),
)
TOLD = tuple(
    Transition(each.verdict.since_s, 1, each.name, Health.OK, each.verdict, id=each.id)
    for each in (LIMITED, ENDED, ASKS, QUIET)
)
HAPPENED = ChangeLog(
    BEGAN,
    BEGAN + timedelta(seconds=100),
    tuple(
        change_of(each, by, BEGAN + timedelta(seconds=each.t))
        for each, by in zip(TOLD, (LIMITED, ENDED, ASKS, QUIET), strict=True)
    ),
)
FULL = render_input(
    *FLEET, styled_rows=PICTURE, transitions=TOLD, digest=digest([HAPPENED], BEGAN)
)
PLACED = tuple(
    attrs.evolve(each, project=f"/home/kim/{project}", branch=branch, task=task)
    for each, project, branch, task in zip(
        FLEET,
        ("api", "docs", "api", "web", "web", "docs"),
        ("fix/login", "main", "migrate", "main", "dark-mode", "main"),
        ("Fix the login", "", "", "", "Add a dark theme", ""),
        strict=True,
    )
)
VIEW = View(selected=ASKS.session, chosen=True)
RESTORING = Confirming("start 2 again?", RestoreAgents(()), about=("AGENT", "bob", "kim"))

MODES = {
    "browsing": VIEW,
    "filter": attrs.evolve(
        VIEW, mode=Filtering(Editor("health:stuck", 12), ""), filter_text="health:stuck"
    ),
    "message": attrs.evolve(VIEW, mode=Messaging(ASKS, Editor("go on, please", 13))),
    "kill": attrs.evolve(VIEW, mode=Confirming("kill fix-login?", KillAgent(SessionId("$1")))),
    "help": attrs.evolve(VIEW, mode=Helping()),
    "new": attrs.evolve(
        VIEW,
        mode=Creating(
            Form(
                name=Editor("fix login", 9),
                command=Editor("claude", 6),
                directory=Editor("/home/kim/api", 13),
                profiles=("aider", "claude", "codex"),
                refusal=Refusal("name", "name 'fix login': expected letters, digits, '_' and '-'"),
            )
        ),
    ),
    "palette": attrs.evolve(VIEW, mode=Choosing(Editor("st", 2))),
    "why": attrs.evolve(VIEW, why=True),
    "digest": attrs.evolve(VIEW, mode=Digesting()),
    "grouped": attrs.evolve(VIEW, grouping=Grouping.PROJECT),
}
SIZES = [Size(40, 10), Size(80, 24), Size(200, 50)]
GOLDEN = [(mode, size) for mode in ("browsing", "grouped") for size in SIZES] + [
    (mode, Size(80, 24)) for mode in MODES if mode not in {"browsing", "grouped"}
]
WHY = Explanation(
    t=100.0,
    agent=ASKS.name,
    profile="claude",
    verdict=ASKS.verdict,
    seen=(
        EvidenceItem(
            Health.WAITING, "claude/permission", 12, "Do you want to proceed?", 88.0, True, ""
        ),
        EvidenceItem(
            Health.OK, "claude/active", None, "output arrives", 88.0, False, "too long ago"
        ),
    ),
    outlook=Outlook(148.0, Health.IDLE, "silent", "claude/idle"),
    sees_screen=True,
)


def drawn(view, size, shown=FULL):
    return [text_of(line).rstrip() for line in compose(shown, view, size).lines]


@pytest.mark.parametrize(
    ("mode", "size"), GOLDEN, ids=lambda part: str(getattr(part, "rows", part))
)
def test_a_frame_is_as_it_was_reviewed(mode, size):
    path = FRAMES / f"{mode}-{size.columns}x{size.rows}.txt"
    shown = attrs.evolve(FULL, explanation=WHY) if mode == "why" else FULL
    if mode == "grouped":
        shown = attrs.evolve(FULL, state=state(*PLACED))
    text = "\n".join(drawn(MODES[mode], size, shown)) + "\n"
    if os.environ.get("OMA_WRITE_FRAMES"):
        path.write_text(text, "utf-8")

    assert text == path.read_text("utf-8")


COUNTS = [0, 1, 6, 30, 120]
SCREENS = [
    Size(*each)
    for each in ((60, 20), (80, 24), (100, 30), (110, 30), (140, 40), (200, 50), (400, 120))
]


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("size", SCREENS, ids=lambda size: f"{size.columns}x{size.rows}")
def test_a_fleet_on_a_screen_is_as_it_was_reviewed(size, count):
    path = FRAMES / f"fleet-{count}-{size.columns}x{size.rows}.txt"
    shown = attrs.evolve(FULL, state=state(*fleet_of(count)), styled_rows=PICTURE[: count or None])
    text = "\n".join(drawn(View(), size, shown)) + "\n"
    if os.environ.get("OMA_WRITE_FRAMES"):
        path.write_text(text, "utf-8")

    assert text == path.read_text("utf-8")


@pytest.mark.parametrize("count", [1, 30])
def test_a_wider_screen_never_tells_less_of_an_agent(count):
    shown = attrs.evolve(FULL, state=state(*fleet_of(count)))
    told = [text.split() for text in _titles_of(shown)]

    for narrow, wide in pairwise(told):
        assert set(narrow) <= set(wide)


def _titles_of(shown):
    return [
        drawn(View(), Size(columns, 30), shown)[1].split("│")[0] for columns in range(40, 300, 3)
    ]


def views():
    modes = st.sampled_from(
        [Browsing(), Helping(), RESTORING, *(view.mode for view in MODES.values())]
    )
    return st.builds(
        View,
        selected=st.none() | st.integers(1, 99).map("${}".format),
        index=st.integers(0, 9),
        first=st.integers(0, 9),
        filter_text=st.sampled_from(["", "a", "health:ok"]),
        grouping=st.sampled_from(Grouping),
        mode=modes,
        why=st.booleans(),
        notice=st.text(max_size=5),
    )


@given(scenes(), views(), st.integers(1, 400), st.integers(1, 120))
@settings(max_examples=120)
def test_nothing_is_off_the_grid_and_no_control_character_is_in_a_frame(
    shown, view, columns, rows
):
    frame = compose(shown, view, Size(columns, rows))

    assert len(frame.lines) == rows
    for line in frame.lines:
        assert line_cells(line) <= columns
        for part in line:
            assert part.text
            assert not isinstance(part.style, str) or part.style in DARK.styles
            kinds = set(map(unicodedata.category, part.text)) if not part.text.isascii() else set()
            assert part.text.isprintable() or not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn"}
            assert not shown.capabilities.ascii or part.text.isascii()
    if frame.cursor is not None:
        assert 0 <= frame.cursor[0] < rows
        assert 0 <= frame.cursor[1] < columns


@pytest.mark.parametrize("columns", [1, 2, 5, 10, 20, 40, 80, 109, 110, 200])
@pytest.mark.parametrize("rows", [1, 2, 3, 5, 8, 12, 24])
def test_a_small_screen_is_filled_with_what_matters(columns, rows):
    frame = compose(FULL, VIEW, Size(columns, rows))

    assert len(frame.lines) == rows
    assert max(map(line_cells, frame.lines)) <= columns
    if rows > 2 and columns > 12:
        assert any("fix" in text_of(line) for line in frame.lines)


def test_what_is_not_there_is_said():
    assert "No agents" in "\n".join(drawn(View(), Size(80, 24), render_input()))
    assert "No agent fits" in "\n".join(
        drawn(View(filter_text="zzz"), Size(80, 24), render_input(*FLEET))
    )
    lost = attrs.evolve(FULL, state=state(*FLEET, tmux=None))
    assert "no tmux server" in drawn(VIEW, Size(80, 24), lost)[0]
    nothing = attrs.evolve(FULL, state=state(tmux=None))
    assert "No tmux server" in "\n".join(drawn(VIEW, Size(80, 24), nothing))
    assert "oma --match GLOB" in "\n".join(drawn(View(), Size(80, 24), render_input()))
    unnamed = attrs.evolve(render_input(), timeline=played())
    assert "--match" not in "\n".join(drawn(View(), Size(80, 24), unnamed))
    assert "  n starts one; so does 'oma new" in "\n".join(drawn(VIEW, Size(80, 24), nothing))
    past = attrs.evolve(nothing, timeline=played())
    assert "starts one" not in "\n".join(drawn(VIEW, Size(80, 24), past))


def test_who_is_gone_is_offered_where_nobody_is_in_their_place():
    view, size = View(lost=(LostAgent("bob", "/", "codex"),)), Size(80, 24)
    words = "1 agent of the tmux before is gone: R restores it."
    for shown in (render_input(), attrs.evolve(FULL, state=state(tmux=None))):
        assert words in "\n".join(drawn(view, size, shown))
    assert words not in "\n".join(drawn(view, size, render_input(*FLEET)))


@pytest.mark.parametrize(("rows", "more"), [(6, ""), (5, "and 2 more"), (4, "and 3 more")])
def test_what_a_question_is_about_stands_in_place_of_the_list(rows, more):
    about = ("HEAD", "one", "two", "three")
    view = View(mode=Confirming("sure?", RestoreAgents(()), about=about))
    lines = [line.strip() for line in drawn(view, Size(40, rows + 1), FULL)]
    assert lines[2] == "HEAD"
    assert lines[-1].startswith("sure?")
    assert [line for line in lines if line.startswith("and ")] == ([more] if more else [])
    assert ("three" in lines) is (not more)


def test_in_ascii_everything_is_ascii():
    shown = attrs.evolve(FULL, capabilities=TerminalCapabilities(ascii=True))

    assert "\n".join(drawn(VIEW, Size(200, 50), shown)).isascii()


def test_a_screen_of_no_size_is_empty():
    assert compose(FULL, VIEW, Size(0, 3)).lines == ((), (), ())
    assert compose(FULL, VIEW, Size(3, 0)).lines == ()


@pytest.mark.parametrize(("columns", "rows"), [(40, 10), (80, 24), (200, 50)])
def test_the_time_line_of_a_replay_is_above_the_last_line(columns, rows):
    said = Transition(10.0, 1, "oma-agent-7", None, verdict(Health.STUCK))
    frame = compose(
        render_input(agent(7), timeline=played(agent_timelines={"oma-agent-7": [said]})),
        View(selected=SessionId("$7"), chosen=True),
        Size(columns, rows),
    )

    assert text_of(frame.lines[-3]).startswith(" 0:50/1:40")
    assert text_of(frame.lines[-2]).startswith(" 7 ")
    assert "S" in text_of(frame.lines[-2])
    assert "Space" in text_of(frame.lines[-1])
    assert len(frame.lines) == rows
    assert all(line_cells(line) <= columns for line in frame.lines)


def test_the_grounds_in_a_replay_say_of_which_moment_they_are():
    then = Explanation(65.0, "oma-agent-7", "generic", verdict(), (), None, sees_screen=True)
    frame = compose(
        render_input(agent(7), timeline=played(), explanation=then),
        View(selected=SessionId("$7"), chosen=True, why=True),
        Size(120, 30),
    )

    assert "the grounds of 20:01:05" in "\n".join(map(text_of, frame.lines))


def test_the_time_line_covers_nothing_of_the_rest():
    said = Transition(10.0, 1, "oma-agent-7", Health.OK, verdict(Health.STUCK))
    agent_timelines = {f"oma-agent-{number}": [said] for number in range(20)}
    frame = compose(
        render_input(
            *map(agent, range(20)),
            timeline=played(agent_timelines=agent_timelines),
            transitions=(said,),
        ),
        View(selected=SessionId("$7"), chosen=True),
        Size(80, 24),
    )

    assert text_of(frame.lines[-7]).startswith(" 0:50/1:40")
    assert text_of(frame.lines[-8]).startswith(" 20:00:10 7 ")


def test_the_past_stands_below_all_that_happens_now():
    spans = [(0.0, 3600.0, Health.OK), (3600.0, 7200.0, Health.WAITING)]
    past = PastTimeline(FULL.wall_time.began, 7200.0, [PastLane(None, "oma-agent-gone", spans)])
    lines = drawn(View(), Size(80, 24), attrs.evolve(FULL, past=past))

    assert lines[-3].startswith(" last 2h")
    assert lines[-2].split()[0] == "gone"
    assert set(lines[-2].split()[1]) == {"━", "W"}
    assert "help" in lines[-1]


def test_the_first_line_says_how_else_a_list_is_looked_at():
    snoozed = ((SessionId("$5"), Snooze()),)
    view = attrs.evolve(
        VIEW, order=Order.CPU, marked=frozenset({SessionId("$1")}), snoozed=snoozed
    )

    assert "by cpu, 1 marked, 1 snoozed" in drawn(view, Size(100, 24))[0]
