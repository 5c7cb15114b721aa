"""What agents can be grouped by, and which part of a list is seen."""

from hypothesis import given
from hypothesis import strategies as st

from oma.config.schema import OPTIONS
from oma.tui.grouping import Grouping, Heading, agent_at, scrolled, seen_from
from tests.unit.tui.fleets import agent, agents_of, fleets, listing

TWO = (agent(1, project="/src/a"), agent(2, project="/src/b"), agent(3, project="/src/a"))


def grouped(fleet, grouping):
    return listing(fleet, grouping=grouping).entries


@given(fleets(), st.sampled_from(Grouping), st.data())
def test_the_selected_agent_is_always_seen_and_no_room_stays_empty(fleet, grouping, data):
    entries = grouped(fleet, grouping)
    if not entries:
        return
    index = data.draw(st.integers(0, len(agents_of(entries)) - 1))
    selected = agents_of(entries)[index].id
    before, room = data.draw(st.integers(0, 30)), data.draw(st.integers(1, 20))
    first = scrolled(before, entries, index, room)
    seen = seen_from(first, entries, room)

    assert selected in [each.id for each in agents_of(seen)]
    assert first == 0 or len(seen) == room
    assert scrolled(first, entries, index, room) == first
    above = entries[entries.index(agents_of(entries)[index]) - 1]
    if room > 1 and isinstance(above, Heading):
        assert above in seen


def test_a_group_that_is_scrolled_keeps_its_heading():
    one, *others, last = grouped((*TWO, agent(4, project="/src/a")), Grouping.PROJECT)

    assert seen_from(1, (one, *others, last), 9) == (one, *others[1:], last)
    assert seen_from(3, (one, *others, last), 9) == (others[2], *others[3:], last)
    assert seen_from(5, (one, *others, last), 9) == (last,)
    assert seen_from(1, (one, *others, last), 1) == tuple(others[:1])
    assert seen_from(1, TWO, 9) == TWO[1:]


def test_a_selection_that_is_seen_does_not_scroll():
    many = tuple(agent(number) for number in range(50))

    assert scrolled(5, many, 7, 10) == 5


def test_the_agent_at_a_row_is_the_one_that_is_drawn_there():
    one, two, three = TWO

    found = [agent_at(grouped(TWO, Grouping.PROJECT), row) for row in range(6)]

    assert found == [None, one, three, None, two, None]


def test_the_key_goes_round_and_says_what_agents_are_grouped_by():
    none, group, project, session, host = Grouping
    here, elsewhere = [agent(1)], [agent(1), agent(2, host="box")]
    assert [each.following(here) for each in Grouping] == [project, none, session, none, none]
    assert [each.following(elsewhere) for each in Grouping] == [project, none, session, host, none]
    words = [each.words for each in Grouping]
    assert words[:3] == ["not grouped", "grouped by group", "grouped by project"]
    assert group.following(elsewhere) is none


def test_every_grouping_is_a_value_of_the_option():
    (option,) = (each for each in OPTIONS if (each.section, each.key) == ("dashboard", "group"))

    assert option.kind.words == tuple(map(str, Grouping))
