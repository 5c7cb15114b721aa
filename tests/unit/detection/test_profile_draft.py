"""A profile that is written from what was learnt."""

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.config.load import parse_toml
from oma.detection.mask import mask
from oma.detection.profile_draft import draft_text
from oma.detection.profile_parser import profile_from_mapping
from oma.detection.screen_study import MARKER, Sign, Signs

SIGNS = Signs(
    work=(
        Sign("~|+", True, 6.0, "~ Cooking", 1.0),
        Sign(MARKER, False, 2.0, "esc to interrupt", 2.0),
    ),
    rest=(Sign("took # and it's done", False, 9.0, "took 12s and it's · done", 5.0),),
    questions=((3.0, "Proceed\x1b[2J?"),),
    work_s=10.0,
    covered_s=9.9,
    bare_s=0.0,
    rest_s=20.0,
    has_composer=True,
)


def loaded(signs, commands=("x",), argv=None):
    text = draft_text(signs, "a recording", commands, argv)
    return text, profile_from_mapping("draft", parse_toml(text.encode(), "d.toml"), "d.toml")


def test_it_has_a_rule_for_each_thing_that_was_learnt_and_cites_the_lines():
    text, profile = loaded(SIGNS, ("cook", "chef"), r"(^|/)cook( |$)")
    rules = {rule.name: rule for rule in profile.rules}

    assert list(rules) == ["working", "resting", "composer", "question"]
    assert profile.commands == {"cook", "chef"}
    assert profile.argv.search("node /bin/cook run")
    assert "#   for 6.0 s, at 1.0 s: ~ Cooking" in text
    assert "#   at 3.0 s: Proceed␛[2J?" in text
    for line in ("+ Cooking", "Busy (3s · esc to interrupt)"):
        assert rules["working"].any.search(line)
    assert rules["resting"].any.search("  took 1m 5s, and it's · done")
    assert not rules["resting"].any.search("took it and it's done")


def test_without_signs_it_has_no_rules_and_says_so():
    nothing = attrs.evolve(SIGNS, work=(), rest=(), questions=(), bare_s=9.0)
    text, profile = loaded(nothing)

    assert profile.rules == ()
    assert "# Nothing: no part of the screen" in text
    assert "silence alone tells that it rests" in text


def test_what_stands_still_tells_of_rest_only_where_work_has_signs():
    bare = attrs.evolve(SIGNS, bare_s=5.0)

    assert [rule.name for rule in loaded(bare)[1].rules] == ["working", "question"]


@settings(max_examples=50)
@given(st.lists(st.tuples(st.text(max_size=30), st.booleans()), max_size=4), st.text(max_size=20))
def test_whatever_an_agent_showed_the_draft_loads(shown, command):
    signs = tuple(Sign(mask(text) or "x", is_first, 1.0, text, 1.0) for text, is_first in shown)
    drafted = attrs.evolve(SIGNS, work=signs, rest=signs, questions=((0.0, command),))

    assert loaded(drafted, (command or "x",))[1].name == "draft"
