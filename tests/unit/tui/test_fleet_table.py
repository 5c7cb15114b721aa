"""Rows and cards."""

import attrs
import pytest

from oma.model.checkout import Changes
from oma.model.health import Ending, Health, Verdict
from oma.tui.cells import Size, line_cells
from oma.tui.fleet_table import cards, rows
from oma.tui.grouping import Heading
from tests.unit.tui.fleets import agent, render_input, text_of, verdict

ASKS = agent(
    1, "asks", verdict=verdict(Health.WAITING, "permission", "May I?"), profile="claude",
    active_s=40.0, cpu_percent=2.0, rss_bytes=64 << 20,
)  # fmt: skip
ENDED = agent(2, "ended", health=Health.EXITED, cpu_percent=2.0, rss_bytes=64 << 20)
FLEET = (ASKS, ENDED)


def shown(fill, columns, height, entries=FLEET):
    return [
        text_of(line) for line in fill(render_input(*FLEET), entries, ASKS, Size(columns, height))
    ]


def test_a_row_tells_who_how_since_when_why_and_at_what_cost():
    assert shown(rows, 90, 2)[0].split() == [
        "▸🔵", "asks", "1m", "ago", "WAITING", "permission:", "May", "I?", "claude", "2%", "64M",
    ]  # fmt: skip


def test_what_an_ended_process_last_took_is_not_shown():
    assert shown(rows, 90, 2)[1].rstrip().endswith("-     -")


def test_a_narrow_row_keeps_name_and_reason():
    row = shown(rows, 40, 2)[0]

    assert "asks" in row
    assert "permission" in row
    assert "claude" not in row


@pytest.mark.parametrize("fill", [rows, cards])
@pytest.mark.parametrize("columns", [46, 60, 110, 300])
def test_all_lines_are_of_the_width_given(fill, columns):
    lines = fill(render_input(*FLEET), FLEET, ASKS, Size(columns, 8))

    assert {line_cells(line) for line in lines} == {columns}


def test_the_selected_row_is_marked_and_highlighted():
    lines = rows(render_input(*FLEET), FLEET, ENDED, Size(80, 2))

    assert [text_of(line)[0] for line in lines] == [" ", "▸"]
    assert all(part.style.endswith(" selected") for part in lines[1])
    assert "exited selected" in {part.style for part in lines[1]}


def test_a_card_shows_verdict_and_evidence_in_four_lines():
    lines = shown(cards, 46, 8)

    assert len(lines) == 8
    assert lines[0].startswith("┏━ 🔵 asks ━")
    assert "WAITING  permission" in lines[1]
    assert "May I?" in lines[2]
    assert lines[4].startswith("╭─ ⚪ ended ─")


def test_only_what_there_is_room_for_is_drawn_from_the_first_seen_on():
    assert len(shown(rows, 80, 1)) == 1
    assert "ended" in shown(rows, 80, 1, FLEET[1:])[0]
    assert len(shown(cards, 80, 7)) == 4
    assert rows(render_input(), (), None, Size(80, 3)) == []


@pytest.mark.parametrize("fill", [rows, cards])
def test_the_agent_in_the_right_pane_is_marked(fill):
    fleet = (agent(1, "one"), agent(2, "two"))
    shown = render_input(*fleet, occupant=fleet[1].session)
    text = "\n".join(text_of(line) for line in fill(shown, fleet, fleet[0], Size(60, 8)))

    assert "*two" in text
    assert text.count("*") == 1


@pytest.mark.parametrize("fill", [rows, cards])
def test_when_a_failure_ends_is_shown_beside_its_reason(fill):
    fails = Verdict(Health.STUCK, "quota", "x/error", "limit", 0.0, Ending("in 5m", 400.0))
    fleet = (agent(1, verdict=fails),)

    lines = fill(render_input(*fleet), fleet, fleet[0], Size(90, 4))

    assert "quota until 20:06:40" in "\n".join(map(text_of, lines))


WEB = Heading("kim/web", 2, Health.WAITING)
TASK = attrs.evolve(ASKS, branch="fix/login", task="Fix the login")


@pytest.mark.parametrize("fill", [rows, cards])
def test_a_heading_is_a_row_with_count_and_worst_health(fill):
    lines = shown(fill, 50, 9, (WEB, ASKS))

    assert lines[0] == "── 🔵 kim/web 2 agents " + "─" * 27
    assert "asks" in lines[1]
    one = shown(fill, 50, 9, (attrs.evolve(WEB, text="x" * 80, agents=1), ASKS))[0]
    assert one.endswith("… 1 agent ──")


def test_a_card_that_does_not_fit_is_not_drawn():
    assert len(shown(cards, 60, 8, (WEB, ASKS, ENDED))) == 5


def test_a_card_shows_branch_and_task_unless_the_name_says_it():
    assert "🔵 asks  fix/login · Fix the login ─" in shown(cards, 76, 4, (TASK,))[0]
    called = attrs.evolve(TASK, name="fix/login")
    assert "🔵 fix/login  Fix the login ─" in shown(cards, 76, 4, (called,))[0]
    assert "🔵 asks  fix/login · Fix the l… ─" in shown(cards, 46, 4, (TASK,))[0]
    assert "🔵 asks ─" in shown(cards, 26, 4, (TASK,))[0]


def test_where_branch_and_changes_are_long_the_branch_is_cut():
    there = attrs.evolve(TASK, branch="a-branch-of-a-long-name", changes=Changes(12, 1, 3, 4))
    assert "a-bran… +3 -4 *12 !1 " in text_of(
        rows(render_input(there), (there,), there, Size(160, 1))[0]
    )


def test_a_row_shows_the_branch_where_the_grounds_keep_room():
    assert shown(rows, 100, 1, (TASK,))[0].split()[-4:] == ["fix/login", "claude", "2%", "64M"]
    assert "fix/login" not in shown(rows, 80, 1, (TASK,))[0]
    assert shown(rows, 100, 1, (ASKS,))[0].split()[-4:] == ["I?", "claude", "2%", "64M"]


@pytest.mark.parametrize("fill", [rows, cards])
def test_an_agent_whose_host_is_lost_is_dimmed_and_told_as_it_was(fill):
    lost = attrs.evolve(ASKS, lost=True)

    lines = fill(render_input(lost), (lost,), None, Size(90, 4))

    text = "".join(map(text_of, lines))
    assert "UNKNOWN" in text
    assert "was waiting, permission" in text
    styles = {part.style for line in lines for part in line}
    assert Health.WAITING.value not in styles
    assert "faint" in styles
