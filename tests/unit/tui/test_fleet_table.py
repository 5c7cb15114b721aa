"""The lines of the list."""

import attrs
import pytest

from oma.model.health import Ending, Health, Verdict
from oma.tui.cells import Size, line_cells
from oma.tui.columns import Column, fitting
from oma.tui.fleet_table import Noted, rows, scrollbar, titles
from oma.tui.grouping import Heading
from tests.unit.tui.fleets import agent, listing, render_input, text_of, verdict

ASKS = agent(
    1, "asks", verdict=verdict(Health.WAITING, "permission", "May I?", 40.0), profile="claude",
    active_s=40.0, cpu_percent=2.0, rss_bytes=64 << 20,
)  # fmt: skip
ENDED = agent(2, "ended", health=Health.EXITED, cpu_percent=2.0, rss_bytes=64 << 20)
FLEET = (ASKS, ENDED)


def placed(fleet, columns):
    return fitting(listing(fleet).widths, columns)


def lines(columns, height=9, entries=FLEET, selected=ASKS, **more):
    agents = [each for each in entries if not isinstance(each, Heading)]
    shown = render_input(*agents, **more)
    return rows(shown, entries, selected, placed(agents, columns), Size(columns, height))


def texts(*given, **more):
    return [text_of(line) for line in lines(*given, **more)]


def test_a_row_tells_who_how_since_when_why_and_at_what_cost():
    assert texts(90)[0].split() == [
        "▸🔵", "asks", "WAITING", "1m", "permission:", "May", "I?", "claude", "2%", "64M",
    ]  # fmt: skip


@pytest.mark.parametrize("columns", [1, 5, 46, 60, 110, 300])
def test_all_lines_are_of_the_width_given(columns):
    assert {line_cells(line) for line in lines(columns)} == {columns}
    assert line_cells(titles(placed(FLEET, columns), "7/120", columns)) == columns


def test_the_names_of_the_columns_stand_above_them():
    found = placed(FLEET, 90)
    above = text_of(titles(found, "", 90))

    assert above.split() == ["name", "health", "since", "reason", "kind", "cpu", "mem"]
    assert (
        above.index("reason") == texts(90)[0].index("permission") + 1
    )  # the sign is two cells wide


def test_a_place_in_the_list_stands_beside_the_names():
    named = (attrs.evolve(ASKS, name="a-name-that-has-room"),)

    assert text_of(titles(placed(named, 90), "7/120", 90)).split()[:2] == ["name", "7/120"]


def test_the_selected_row_is_marked_and_keeps_the_colour_of_its_health():
    found = lines(80, selected=ENDED)

    assert [text_of(line)[0] for line in found] == [" ", "▸"]
    assert all(part.style.endswith(" selected") for part in found[1])
    assert "exited selected" in {part.style for part in found[1]}


def test_only_what_there_is_room_for_is_drawn():
    assert len(lines(80, 1)) == 1
    assert rows(render_input(), (), None, (), Size(80, 3)) == []


def test_the_agent_in_the_right_pane_is_marked():
    fleet = (agent(1, "one"), agent(2, "two"))
    text = "\n".join(texts(60, entries=fleet, occupant=fleet[1].session))

    assert "*two" in text
    assert text.count("*") == 1


def test_when_a_failure_ends_is_shown_beside_its_reason():
    fails = Verdict(Health.STUCK, "quota", "x/error", "limit", 0.0, Ending("in 5m", 400.0))

    assert "quota until 20:06:40" in texts(90, entries=(agent(1, verdict=fails),))[0]


WEB = Heading("kim/web", 2, Health.WAITING)


def test_a_heading_is_a_row_with_count_and_worst_health():
    found = texts(50, entries=(WEB, ASKS))

    assert found[0] == "── 🔵 kim/web 2 agents " + "─" * 27
    assert "asks" in found[1]
    one = texts(50, entries=(attrs.evolve(WEB, text="x" * 80, agents=1), ASKS))[0]
    assert one.endswith("… 1 agent ──")


def test_an_agent_whose_host_is_lost_is_dimmed_and_told_as_it_was():
    lost = attrs.evolve(ASKS, lost=True)
    for selected in (None, lost):
        found = lines(90, entries=(lost,), selected=selected)

        assert "UNKNOWN" in text_of(found[0])
        assert "was waiting, permission" in text_of(found[0])
        assert not {part.style for part in found[0]} & {"waiting", "waiting selected"}


@pytest.mark.parametrize(("first", "thumb"), [(0, [0, 1]), (8, [1, 2]), (16, [2, 3])])
def test_a_scrollbar_says_which_part_of_the_list_is_seen(first, thumb):
    bar = scrollbar([()] * 4, first, 20, 10)
    assert all(line_cells(line) == 10 for line in bar)
    assert sum("┃" in text_of(line) for line in bar) == 1
    long = scrollbar([()] * 4, first // 4, 8, 10)
    assert [n for n, line in enumerate(long) if "┃" in text_of(line)] == thumb


def test_a_marked_agent_has_a_sign_beside_its_name():
    found = rows(
        render_input(*FLEET),
        FLEET,
        None,
        placed(FLEET, 60),
        Size(60, 9),
        Noted(frozenset({ENDED.id})),
    )

    assert ["✓" in text_of(line) for line in found] == [False, True]


def test_who_is_snoozed_is_dimmed():
    noted = Noted(snoozed=frozenset({ASKS.id}))
    line = rows(render_input(*FLEET), FLEET, None, placed(FLEET, 60), Size(60, 9), noted)[0]

    assert "zasks" in text_of(line)
    assert {part.style for part in line} <= {"brand", "faint", "text"}
    assert "waiting" not in {part.style for part in line}


def test_the_name_of_the_column_that_the_list_is_sorted_by_stands_out():
    line = titles(placed(FLEET, 90), "", 90, Column.CPU)

    assert [part.text.strip() for part in line if part.style == "strong"] == ["cpu"]
