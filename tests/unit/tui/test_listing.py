"""What is listed, and the room that it takes."""

from oma.tui.columns import Column
from oma.tui.grouping import Grouping
from tests.unit.tui.fleets import agent, listing


def test_headings_and_agents_are_counted_and_columns_added_up():
    columns = (Column.NEED, Column.NAME, Column.BRANCH)
    needs = listing([agent(1, "a-name"), agent(2)], columns, grouping=Grouping.PROJECT).needs

    assert (needs.agents, needs.headings, needs.screen_columns) == (2, 1, 200)
    assert needs.enough_columns == needs.most_columns == 1 + 2 + 1 + 6
