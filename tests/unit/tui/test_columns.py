"""Which columns the list has, how wide they are, and what stands in them."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.config.schema import DashboardSection
from oma.model.checkout import Changes
from oma.model.health import Health
from oma.tui.cells import cells
from oma.tui.columns import (
    DEFAULT_COLUMNS,
    Column,
    Placed,
    cell,
    enough_columns,
    fitting,
    most_columns,
)
from tests.unit.tui.fleets import agent, agents, listing, render_input, verdict

ASKS = agent(
    1,
    "fix-the-login-of-the-page",
    verdict=verdict(Health.WAITING, "permission", "May I?", 40.0),
    profile="claude",
    project="/home/kim/api/",
    branch="fix/login",
    task="Fix the login",
    active_s=88.0,
    cpu_percent=2.0,
    rss_bytes=64 << 20,
)
ENDED = attrs.evolve(ASKS, verdict=verdict(Health.EXITED, "ended", "", 99.5))


def text(column, columns=40, who=ASKS):
    return cell(render_input(who), who, Placed(column, columns)).strip()


@pytest.mark.parametrize(
    ("column", "waits", "ended"),
    [
        (Column.NEED, "🔵", "⚪"),
        (Column.NAME, "fix-the-login-of-the-page", "fix-the-login-of-the-page"),
        (Column.HEALTH, "WAITING", "EXITED"),
        (Column.SINCE, "1m", "now"),
        (Column.WAITING, "1m", ""),
        (Column.IDLE, "12s", "12s"),
        (Column.REASON, "permission: May I?", "ended"),
        (Column.PROJECT, "api", "api"),
        (Column.BRANCH, "fix/login", "fix/login"),
        (Column.TASK, "Fix the login", "Fix the login"),
        (Column.KIND, "claude", "claude"),
        (Column.CPU, "2%", "-"),
        (Column.MEMORY, "64M", "-"),
        (Column.ACTIVITY, "▁", "▁"),
    ],
)
def test_each_column_tells_one_thing(column, waits, ended):
    assert (text(column), text(column, who=ENDED)) == (waits, ended)


def test_every_column_can_be_asked_for_and_those_of_the_configuration_are_the_default():
    assert tuple(map(Column, DashboardSection().columns)) == DEFAULT_COLUMNS
    kind = attrs.fields(DashboardSection).columns.metadata["kind"]
    assert set(kind.words) == set(Column)


def test_a_name_is_shortened_in_its_middle():
    assert text(Column.NAME, 12) == "fix-th…-page"


def test_where_branch_and_changes_are_long_the_branch_is_cut():
    there = attrs.evolve(ASKS, branch="a-branch-of-a-long-name", changes=Changes(12, 1, 3, 4))

    assert text(Column.BRANCH, 20, there) == "a-bran… +3 -4 *12 !1"


def test_a_column_is_as_wide_as_it_needs_and_none_that_is_empty_is_there():
    found = listing([ASKS, ENDED]).widths

    assert (found[Column.NAME], found[Column.BRANCH], found[Column.KIND]) == (25, 9, 6)
    assert not listing([attrs.evolve(ASKS, branch="")]).widths[Column.BRANCH]


def shown(room, columns=DEFAULT_COLUMNS):
    return [each.column.value for each in fitting(listing([ASKS], columns).widths, room)]


@pytest.mark.parametrize(
    ("room", "columns"),
    [
        (12, ["need", "name"]),
        (34, ["need", "name", "reason"]),
        (44, ["need", "name", "since", "reason"]),
        (60, ["need", "name", "health", "since", "reason"]),
        (80, ["need", "name", "health", "since", "reason", "kind", "cpu"]),
        (120, [*DEFAULT_COLUMNS]),
    ],
)
def test_what_matters_least_is_left_out_first(room, columns):
    assert shown(room) == columns


def test_columns_stand_in_the_order_that_the_user_wants():
    assert shown(90, (Column.CPU, Column.NAME, Column.NEED)) == ["cpu", "name", "need"]


def test_a_long_name_is_whole_where_all_columns_and_enough_of_the_reason_are_there():
    name = "refactor-the-billing-service-tests"
    needed = listing([agent(1, name)], DEFAULT_COLUMNS).widths
    columns = [
        next(each.columns for each in fitting(needed, room) if each.column is Column.NAME)
        for room in (enough_columns(needed) + more for more in (-20, 0, 3, 100))
    ]

    assert columns == [28, 28, 31, len(name)]


def test_a_long_branch_is_whole_where_the_names_are():
    branch = "a-long-branch-of-somebody"
    needed = listing([agent(1, "x" * 40, branch=branch)], DEFAULT_COLUMNS).widths
    columns = [
        next(each.columns for each in fitting(needed, room) if each.column is Column.BRANCH)
        for room in (enough_columns(needed) + more for more in (0, 12, 13, 100))
    ]

    assert columns == [20, 20, 21, len(branch)]


def sought():
    return st.lists(st.sampled_from(Column), min_size=1, unique=True).map(tuple)


@given(st.lists(agents(), max_size=5), sought(), st.integers(0, 300))
def test_more_room_never_takes_a_column_away_and_all_fit(fleet, columns, room):
    needed = listing(fleet, columns).widths
    narrow, wide = fitting(needed, room), fitting(needed, room + 1)

    assert {each.column for each in narrow} <= {each.column for each in wide}
    assert sum(each.gap + each.columns for each in narrow) <= max(0, room - 1)
    drawn = render_input(*fleet)
    assert all(cells(cell(drawn, a, each)) == each.columns for a in fleet for each in narrow)


@given(st.lists(agents(), max_size=5), sought())
def test_where_there_is_enough_room_every_column_is_there(fleet, columns):
    needed = listing(fleet, columns).widths
    # A name takes no more than a third.
    room = max(enough_columns(needed), 3 * needed.get(Column.NAME, 0))

    assert {each.column for each in fitting(needed, room)} == {c for c, n in needed.items() if n}
    assert most_columns(needed) >= enough_columns(needed)
