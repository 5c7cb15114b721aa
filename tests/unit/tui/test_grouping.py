"""Groups of agents: nobody is lost or doubled, and the order is that of need."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.config.schema import OPTIONS
from oma.model.attention import ORDER, by_attention
from oma.model.ids import AgentId, SessionId
from oma.tui.grouping import Grouping, Heading, agent_at, agents_of, grouped, scrolled, seen_from
from oma.tui.selecting import listed
from tests.unit.tui.fleets import CASES, PREFIX, agent, agent_of_case, agents

FLEET = tuple(map(agent_of_case, CASES["grouping"]["agents"]))
TWO = (agent(1, project="/src/a"), agent(2, project="/src/b"), agent(3, project="/src/a"))


def fleets():
    """Agents as a view lists them, some of them in one project or session."""
    placed = st.builds(
        lambda each, number, project, session: attrs.evolve(
            each,
            id=AgentId(f"%{number}"),
            project=project,
            session=SessionId(f"${session}"),
        ),
        agents(),
        st.integers(1, 999),
        st.sampled_from(["", "/", "/a", "/b/a", "/b/a/", "/c/b/a", "x" * 9, "/e\x1b[m/a"]),
        st.integers(1, 4),
    )
    return st.lists(placed, max_size=12, unique_by=lambda each: each.id).map(by_attention)


def told(entries):
    """The groups as the shared cases spell them."""
    groups = []
    for entry in entries:
        if isinstance(entry, Heading):
            groups.append({"heading": entry.text, "worst": entry.worst, "agents": []})
        else:
            if not groups:
                groups.append({"heading": None, "agents": []})
            groups[-1]["agents"].append(entry.name.removeprefix(PREFIX))
    return groups


@pytest.mark.parametrize(
    "case", CASES["grouping"]["grouped"], ids=lambda case: f"{case['by']} {case['filter']}"
)
def test_groups_stand_in_the_order_of_need_and_so_do_the_agents_of_each(case):
    entries = grouped(listed(FLEET, case["filter"]), Grouping(case["by"]))

    assert told(entries) == case["groups"]
    counts = [entry.agents for entry in entries if isinstance(entry, Heading)]
    if case["by"] != "none":
        assert counts == [len(group["agents"]) for group in case["groups"]]


@given(fleets(), st.sampled_from(Grouping))
def test_no_agent_is_lost_or_doubled_and_no_two_change_places_within_a_group(fleet, grouping):
    entries = grouped(fleet, grouping)
    found = agents_of(entries)

    assert sorted(each.id for each in found) == sorted(each.id for each in fleet)
    assert grouped(fleet, grouping) == entries
    groups, heading = [], None
    for entry in entries:
        if isinstance(entry, Heading):
            heading = entry
            groups.append([])
        elif heading is not None:
            groups[-1].append(entry)
    assert [fleet.index(group[0]) for group in groups] == sorted(
        fleet.index(group[0]) for group in groups
    )
    for group in groups:
        assert [fleet.index(each) for each in group] == sorted(map(fleet.index, group))


@given(fleets(), st.sampled_from([Grouping.PROJECT, Grouping.SESSION]))
def test_a_heading_tells_the_number_and_the_worst_health_of_its_group(fleet, grouping):
    members, headings = {}, []
    for entry in grouped(fleet, grouping):
        if isinstance(entry, Heading):
            headings.append(entry)
        else:
            members.setdefault(len(headings) - 1, []).append(entry)

    assert len(headings) == len(members)
    for number, heading in enumerate(headings):
        healths = [each.verdict.health for each in members[number]]
        assert heading.agents == len(healths)
        assert heading.worst == min(healths, key=ORDER.index)
    if grouping is Grouping.PROJECT:
        assert len({heading.text for heading in headings}) == len(headings)


@given(fleets(), st.sampled_from(Grouping), st.data())
def test_the_selected_agent_is_always_seen_and_no_room_stays_empty(fleet, grouping, data):
    entries = grouped(fleet, grouping)
    if not entries:
        return
    selected = data.draw(st.sampled_from(agents_of(entries))).id
    before, room = data.draw(st.integers(0, 30)), data.draw(st.integers(1, 20))
    first = scrolled(before, entries, selected, room)
    seen = seen_from(first, entries, room)[:room]

    assert selected in [each.id for each in agents_of(seen)]
    assert first == 0 or len(seen) == room
    assert scrolled(first, entries, selected, room) == first
    at = [each.id for each in agents_of(entries)].index(selected)
    above = entries[entries.index(agents_of(entries)[at]) - 1]
    if room > 1 and isinstance(above, Heading):
        assert above in seen


def test_a_group_that_is_scrolled_keeps_its_heading():
    one, *others, last = grouped((*TWO, agent(4, project="/src/a")), Grouping.PROJECT)

    assert seen_from(1, (one, *others, last), 9) == (one, *others[1:], last)
    assert seen_from(3, (one, *others, last), 9) == (others[2], *others[3:], last)
    assert seen_from(5, (one, *others, last), 9) == (last,)
    assert seen_from(1, (one, *others, last), 1) == (*others, last)
    assert seen_from(1, TWO, 9) == TWO[1:]


def test_a_selection_that_is_seen_does_not_scroll():
    many = tuple(agent(number) for number in range(50))

    assert scrolled(5, many, AgentId("$7"), 10) == 5


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


def test_agents_of_several_machines_are_grouped_by_those():
    fleet = (
        agent(1, host="box"),
        agent(2, host="gpu1"),
        agent(3, host="box"),
        agent(4),
    )

    entries = grouped(fleet, Grouping.HOST)

    headings = [each for each in entries if isinstance(each, Heading)]
    assert [(each.text, each.agents) for each in headings] == [
        ("box", 2),
        ("gpu1", 1),
        ("this machine", 1),
    ]
    assert agents_of(entries) == (fleet[0], fleet[2], fleet[1], fleet[3])


def test_agents_are_below_the_groups_that_they_were_put_in():
    fleet = (agent(1, group="night"), agent(2), agent(3, group="night"))
    entries = grouped(fleet, Grouping.GROUP)
    assert [e.text for e in entries if isinstance(e, Heading)] == ["night", "no group"]
    assert agents_of(entries) == (fleet[0], fleet[2], fleet[1])
    order = [each.following(fleet) for each in (Grouping.NONE, Grouping.GROUP)]
    assert order == [Grouping.GROUP, Grouping.PROJECT]
