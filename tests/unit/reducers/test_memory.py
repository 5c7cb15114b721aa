import json
from itertools import cycle

import pytest

from oma.reducers.memory import memory_of, take_back
from oma.reducers.memory_kinds import MemoryMismatchError
from tests.support.fleet_play import SESSION, play

OTHERS = cycle([{"x": 1}, [[]], "x", 2**70, None, -1, True])


@pytest.fixture
def agent():
    return play().prints(1.0, "error: it broke\r\n").at(5.0).fleet._roster.agents[SESSION]


def memory(agent):
    return json.loads(json.dumps(memory_of(agent, 5.0)))


def damaged(tree):
    """Yield the tree with each of its leaves in turn replaced."""
    for key in tree if isinstance(tree, dict) else range(len(tree)):
        before = tree[key]
        tree[key] = next(OTHERS)
        yield key
        tree[key] = before
        if isinstance(before, dict | list):
            yield from damaged(before)


def test_an_agent_takes_back_what_it_remembered(agent):
    told = memory(agent)
    other = play().at(5.0).fleet._roster.agents[SESSION]
    other.panes = agent.panes

    take_back(other, told, 5.0)

    assert memory(other) == told
    assert other.verdict(5.0) == agent.verdict(5.0)


def test_whatever_a_hostile_memory_holds_is_taken_or_refused(agent):
    tree = memory(agent)
    for _ in damaged(tree):
        other = play().at(5.0).fleet._roster.agents[SESSION]
        try:
            take_back(other, tree, 5.0)
        except MemoryMismatchError:
            continue
        other.deadline_s()
        other.look(400.0)
        other.verdict(400.0)


@pytest.mark.parametrize("told", [{}, {"judge": 1}, {"panes": 3}])
def test_what_another_version_remembers_is_refused(agent, told):
    with pytest.raises(MemoryMismatchError):
        take_back(agent, told, 5.0)
