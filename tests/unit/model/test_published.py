"""Agents and changes as documents of other machines, which may hold anything."""

import json
import math

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.errors import ProtocolError
from oma.model.health import Ending
from oma.model.published import (
    MOST_CHARACTERS,
    agent_text,
    read_agent,
    read_host_name,
    read_transition,
    transition_text,
)
from tests.support.strategies import texts
from tests.unit.model.published_agents import AGENT, TOLD, VERDICT


def read(text):
    return read_agent(json.loads(text))


def test_an_agent_comes_back_as_it_was_but_for_what_a_viewer_knows():
    assert read(agent_text(AGENT)) == AGENT
    assert read(agent_text(attrs.evolve(AGENT, host="box", lost=True))) == AGENT
    never = attrs.evolve(AGENT, active_s=-math.inf, pane=None, dialog=None, window=None)
    assert read(agent_text(never)) == never
    ending = attrs.evolve(AGENT, verdict=attrs.evolve(VERDICT, ending=Ending("3pm", None)))
    assert read(agent_text(ending)) == ending


@given(texts(), texts())
def test_hostile_texts_come_back_in_ascii(title, evidence):
    agent = attrs.evolve(AGENT, title=title, verdict=attrs.evolve(VERDICT, evidence=evidence))
    assert agent_text(agent).isascii()
    assert read(agent_text(agent)) == agent
    told = attrs.evolve(TOLD, verdict=attrs.evolve(VERDICT, evidence=evidence))
    assert read_transition(json.loads(transition_text(told))) == told


def test_what_is_too_long_is_cut_where_it_is_published():
    agent = attrs.evolve(AGENT, title="x" * 10_000, names=("n",) * 1000)
    assert (len(read(agent_text(agent)).title), len(read(agent_text(agent)).names)) == (4096, 64)


def test_what_an_older_or_newer_host_says_is_read():
    document = json.loads(agent_text(AGENT))
    del document["label"], document["window"]
    assert read_agent(document | {"later": [1]}) == attrs.evolve(AGENT, window=None)


OTHERWISE = (
    attrs.evolve(AGENT, active_s=2.5, cpu_percent=None, gone=True),
    attrs.evolve(AGENT, title="\x1b[2J", names=("login",), pid=None, branch="main"),
    attrs.evolve(AGENT, verdict=attrs.evolve(VERDICT, since_s=9.0), dialog=None, changes=None),
    attrs.evolve(AGENT, verdict=attrs.evolve(VERDICT, ending=Ending("3pm", 4.0)), sampled_s=None),
    attrs.evolve(AGENT, active_s=-math.inf, columns=81, window=None),
)


@pytest.mark.parametrize("before", [AGENT, *OTHERWISE])
def test_an_agent_is_read_by_what_was_known_of_it_as_if_nothing_were_known(before):
    for agent in (AGENT, *OTHERWISE):
        document = json.loads(agent_text(agent))
        assert read_agent(document, {before.id: before}) == agent
    document = {**json.loads(agent_text(before)), "later": 1}
    assert read_agent(document, {before.id: before}) is before
    del document["label"], document["active_s"]
    assert read_agent(document, {before.id: before}) == read_agent(document)


def test_what_is_said_again_of_a_known_agent_is_the_very_same_value():
    other = attrs.evolve(AGENT, title="new", verdict=attrs.evolve(VERDICT, since_s=9.0))
    read_again = read_agent(json.loads(agent_text(other)), {AGENT.id: AGENT})
    assert read_again.dialog is AGENT.dialog
    assert read_again.verdict.evidence is VERDICT.evidence
    moved = read_agent(json.loads(agent_text(attrs.evolve(AGENT, title="x"))), {AGENT.id: AGENT})
    assert moved.verdict is VERDICT
    assert moved.names is AGENT.names


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "-x"},
        {"id": "$(x)"},
        {"pane": "%1;2"},
        {"name": "x" * (MOST_CHARACTERS + 1)},
        {"name": None},
        {"rows": True},
        {"rows": -1},
        {"pid": 1 << 80},
        {"active_s": 1e300},
        {"active_s": "1"},
        {"gone": 0},
        {"names": ["x"] * 65},
        {"names": "xy"},
        {"verdict": {}},
        {"verdict": {"health": "great"}},
        {"dialog": {"question": "", "subject": "", "options": [{}], "takes_text": False}},
        {"changes": []},
        {"id": []},
        {"pid": 7.0},
        {"gone": 0.0},
        {"verdict": None},
    ],
)
def test_what_is_no_agent_is_refused(wrong):
    for known in (None, {AGENT.id: AGENT}):
        with pytest.raises(ProtocolError, match="not an agent"):
            read_agent(json.loads(agent_text(AGENT)) | wrong, known)
    with pytest.raises(ProtocolError):
        read_agent([])


@pytest.mark.parametrize(
    "wrong",
    [
        {"t": "x"},
        {"seq": -1},
        {"id": None},
        {"to": "fine"},
        {"from": 1},
        {"until": 3},
        {"agent": 1},
    ],
)
def test_what_is_no_change_is_refused(wrong):
    with pytest.raises(ProtocolError, match="not a change"):
        read_transition(json.loads(transition_text(TOLD)) | wrong)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["id", "t", "name", "verdict"]), x)))  # fmt: skip
def test_whatever_it_is_nothing_else_is_raised(document):
    for reader in (read_agent, read_transition):
        with pytest.raises(ProtocolError):
            reader(document)
    with pytest.raises(ProtocolError):
        read_agent(json.loads(agent_text(AGENT)) | {"verdict": document}, {AGENT.id: AGENT})


def test_names_of_hosts_are_plain():
    assert read_host_name("Box-1.example_x") == "Box-1.example_x"
    for name in ("", "-x", "a/b", "a\n", "a b", "ann@box", "é", "x" * 64, None, b"x", ".", "a{b}"):
        with pytest.raises(ProtocolError):
            read_host_name(name)
