"""A fleet as a file: read whole, refused whole, and written as it is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.config.agents_file import FleetAgent, fleet_from_mapping, fleet_text
from oma.config.load import parse_toml
from oma.errors import ConfigError


def read(text):
    return fleet_from_mapping(parse_toml(text.encode(), "f.toml"), "f.toml")


def test_agents_are_read_in_their_order():
    text = """
        [[agent]]
        name = "a"
        group = "night"
        profile = "claude"
        directory = "~/src"
        worktree = true
        base = "main"
        prompts = ["one", "two"]
        [[agent]]
        name = "b"
        command = "claude --continue"
        worktree = "fix/b"
        [[agent]]
        name = "c"
    """
    assert read(text) == (
        FleetAgent("a", "claude", "", "~/src", "", "main", ("one", "two"), "night"),
        FleetAgent("b", command="claude --continue", worktree="fix/b"),
        FleetAgent("c"),
    )
    assert read("") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 1", "unknown key 'x'"),
        ("agent = 1", r"expected \[\[agent\]\] tables"),
        ("[[agent]]\nname = 'a'\n[[agent]]\nname = 'a'", "two agents are named 'a'"),
        ("[[agent]]\nprofile = 'x'", "agent 1: name = None: expected letters"),
        ("[[agent]]\nname = 'a b'", "name = 'a b'"),
        ("[[agent]]\nname = 'a'\ngroup = 'a b'", "group = 'a b': expected letters"),
        ("[[agent]]\nname = 'a'\nwhat = 1", "unknown key 'what'; there are name, profile"),
        ("[[agent]]\nname = 'a'\nprofile = ''", "profile = '': expected a text"),
        ("[[agent]]\nname = 'a'\nworktree = false", "worktree = False: expected a text"),
        ("[[agent]]\nname = 'a'\nprompts = ['']", "prompts: expected a list of texts"),
        ("[[agent]]\nname = 'a'\nprompts = 'x'", "prompts: expected a list of texts"),
        ("[[agent]]\nname = 'a'\nprofile = 'x'\ncommand = 'y'", "exclude each other"),
        ("[[agent]]\nname = 'a'\nbase = 'x'", "base is for a worktree"),
    ],
)
def test_what_is_wrong_is_named(text, words):
    with pytest.raises(ConfigError, match=words):
        read(text)


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@given(
    st.builds(
        FleetAgent, name=st.just("a"), command=texts, directory=texts, prompts=st.tuples(texts)
    )
)
def test_what_is_written_is_read(agent):
    assert read(fleet_text([agent])) == (agent,)


def test_several_agents_are_written():
    agents = (
        FleetAgent("a", "claude", worktree=""),
        FleetAgent("b", worktree="x", base="main", group="night"),
    )
    assert read(fleet_text(agents)) == agents
