"""What is listed, and the room that it takes."""

from oma.model.health import Health
from oma.tui.columns import Column
from oma.tui.grouping import Heading
from oma.tui.listing import Listing, SameAgents
from tests.unit.tui.fleets import agent


def test_headings_and_agents_are_counted_and_columns_added_up():
    one, two = agent(1), agent(2)
    widths = {Column.NEED: 2, Column.NAME: 7, Column.BRANCH: 0}
    needs = Listing((Heading("x", 2, Health.OK), one, two), (one, two), widths, 200).needs

    assert (needs.agents, needs.headings, needs.screen_columns) == (2, 1, 200)
    assert needs.enough_columns == needs.most_columns == 1 + 2 + 1 + 7


def test_agents_are_the_same_where_they_are_one_value():
    agents = (agent(1),)

    assert SameAgents(agents) == SameAgents(agents)
    assert hash(SameAgents(agents)) == hash(SameAgents(agents))
    assert SameAgents(agents) != SameAgents((agent(1),))
    assert SameAgents(agents) != agents
