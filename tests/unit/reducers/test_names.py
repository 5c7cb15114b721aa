"""What agents are called that no session is named for."""

import attrs
import pytest

from oma.reducers.names import LONGEST, Named, choose_names, place_of, task_of
from tests.support.fleet_play import seen


def named(title="", window=0, pane=0, **changes):
    facts = {
        "session_name": "work",
        "branch": "",
        "profile": "claude",
        "in_own_session": False,
        "name": "",
    }
    facts |= {key: changes.pop(key) for key in facts.keys() & changes.keys()}
    place = {"window_index": window, "pane_index": pane, "window_name": "main", "cwd": "/src/app"}
    return Named(seen=seen(**place | changes), title=title, **facts)


def names(*agents, taken=()):
    return [name for name, _ in choose_names(agents, taken)]


def test_one_agent_has_the_shortest_name_that_says_where_it_is_or_what_it_does():
    assert names(named("✳ Fix the build")) == ["app"]
    assert names(named("✳ Fix the build", cwd="/")) == ["work"]
    assert names(named("✳ Fix it", session_name="a-long-name", cwd="/")) == ["a-long-name"]
    assert names(named("✳ Fix it", cwd="/"), taken=["work"]) == ["work:main"]
    assert names(named("✳ Fix it", cwd="/", window_name=""), taken=["work"]) == ["Fix it"]


def test_what_two_share_names_neither():
    one, other = named("✳ Fix the build"), named("✳ Write the docs", window=1)
    assert names(one, other) == ["Fix the build", "Write the docs"]

    twins = named("✳ Claude Code"), named("✳ Claude Code", pane=1)
    assert names(*twins) == ["work:0.0", "work:0.1"]


def test_a_branch_is_a_name_unless_nearly_everybody_has_it():
    one, other = named(branch="fix"), named(branch="docs", window=1)
    assert names(one, other) == ["fix", "docs"]

    one, other = named(branch="main"), named(branch="master", window=1)
    assert names(one, other) == ["work:0.0", "work:1.0"]


def test_the_name_of_an_own_session_is_taken():
    assert names(named(cwd="/src/oma-agent-1"), taken=["oma-agent-1"]) == ["work"]


def test_a_label_is_the_name_whatever_else_there_is():
    assert names(named("✳ Fix", label="the reviewer")) == ["the reviewer"]
    both = named(label="me"), named(label="me", window=1, cwd="/src/lib", session_name="x")
    assert names(*both) == ["app", "x"]


def test_a_name_is_kept_while_it_is_the_agents_own():
    agent = named("✳ Fix the build", name="Fix the build")
    assert names(agent) == ["Fix the build"]
    assert names(attrs.evolve(agent, title="✳ Write the docs")) == ["app"]


def test_a_place_is_a_name_only_until_something_says_more():
    assert names(named(name="work:0.0")) == ["app"]
    one, other = named(name="work:0.0"), named(name="work:1.0", window=1)
    assert names(one, other) == ["work:0.0", "work:1.0"]


def test_another_agent_in_an_own_session_is_named_after_its_place():
    agent = named("✳ Fix", session_name="oma-agent-1", pane=1, in_own_session=True)
    assert names(agent, taken=["oma-agent-1"]) == ["oma-agent-1:0.1"]


def test_all_that_is_an_agents_own_names_it():
    ((_, every_name),) = choose_names([named("✳ Fix the build")], [])
    assert every_name == ("Fix the build", "app", "work", "work:main", "work:0.0")


def test_an_agent_that_nothing_names_has_the_id_of_its_pane():
    assert names(named(cwd="", session_name="", window=None, window_name="")) == ["%1"]


@pytest.mark.parametrize(
    ("title", "profile", "task"),
    [
        ("✳ Fix the build", "claude", "Fix the build"),
        ("⠂ Fix the build", "claude", "Fix the build"),
        ("✳ Claude Code", "claude", ""),
        ("[ ! ] Action Required | demo", "codex", "demo"),
        ("⠼ demo", "codex", "demo"),
        ("OC | Fix it", "opencode", "Fix it"),
        ("◇  Ready (proj)", "gemini", "proj"),
        ("✦  Working… (proj)", "gemini", "proj"),
        ("x" * (LONGEST + 1), "claude", ""),
        ("", "claude", ""),
    ],
)
def test_a_task_is_what_a_title_says_without_how_the_agent_is(title, profile, task):
    assert task_of(title, profile) == task


def test_a_place_needs_its_numbers():
    assert place_of("work", seen(window_index=3, pane_index=1)) == "work:3.1"
    assert place_of("work", seen()) == ""
