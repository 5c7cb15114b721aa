"""Groups of agents: nobody is lost or doubled, and the order is that of need."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.model.attention import ORDER
from oma.tui.agent_groups import AgentGroups
from oma.tui.grouping import Grouping, Heading
from oma.tui.ordering import Order, rank_of
from tests.unit.tui.fleets import CASES, PREFIX, agent, agent_of_case, agents_of, fleets, listing

FLEET = tuple(map(agent_of_case, CASES["grouping"]["agents"]))


def grouped(fleet, grouping):
    return listing(fleet, grouping=grouping).entries


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
    entries = listing(FLEET, filter_text=case["filter"], grouping=Grouping(case["by"])).entries

    assert told(entries) == case["groups"]
    counts = [entry.agents for entry in entries if isinstance(entry, Heading)]
    if case["by"] != "none":
        assert counts == [len(group["agents"]) for group in case["groups"]]


@given(fleets(), st.sampled_from(Grouping))
def test_no_agent_is_lost_or_doubled_and_no_two_change_places_within_a_group(fleet, grouping):
    entries = grouped(fleet, grouping)
    found, fleet = agents_of(entries), sorted(fleet, key=rank_of(Order.NEED, frozenset()))

    assert sorted(each.id for each in found) == sorted(each.id for each in fleet)
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
        ("this machine", 1),
        ("box", 2),
        ("gpu1", 1),
    ]
    assert agents_of(entries) == (fleet[3], fleet[0], fleet[2], fleet[1])


def test_agents_are_below_the_groups_that_they_were_put_in():
    fleet = (agent(1, group="night"), agent(2), agent(3, group="night"))
    entries = grouped(fleet, Grouping.GROUP)
    assert [e.text for e in entries if isinstance(e, Heading)] == ["night", "no group"]
    assert agents_of(entries) == (fleet[0], fleet[2], fleet[1])
    order = [each.following(fleet) for each in (Grouping.NONE, Grouping.GROUP)]
    assert order == [Grouping.GROUP, Grouping.PROJECT]


def test_who_is_otherwise_and_stands_as_before_takes_the_place_of_who_it_was():
    def rank(each):
        return (False, 0.0, (False, 0, False, 0.0), ("", each.columns, 0))

    groups = AgentGroups(lambda _: True, rank, Grouping.NONE)
    first, second, last = agent(1), agent(2), agent(3, columns=200)
    groups.change((), (first, second, last))

    other = agent(1, title="otherwise")
    groups.change((first,), (other,))
    assert groups.listed()[1] == (other, second, last)
    fourth = agent(4)
    groups.change((other, last), (fourth,))
    assert groups.listed()[1] == (fourth, second)
    groups.change((fourth, second), ())
    assert groups.listed() == ((), ())
