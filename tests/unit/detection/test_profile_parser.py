import pytest

from oma.detection.profile import RuleState
from oma.detection.profile_parser import profile_from_mapping
from oma.detection.scope import Region, Scope
from oma.errors import ConfigError

RULE = {"name": "retry", "state": "stuck", "scope": "bottom:9", "any": ["^retrying"]}


def read(**mapping):
    return profile_from_mapping("mine", mapping, "mine.toml")


def read_rule(**changes):
    (rule,) = read(rule=[RULE | changes]).rules
    return rule


def test_an_empty_profile_matches_nothing():
    profile = read()

    assert (profile.name, profile.source, profile.resume, profile.rules) == (
        "mine",
        "mine.toml",
        None,
        (),
    )
    assert profile.commands == frozenset()
    assert profile.argv.search("x") is None
    assert (profile.reads_reports, profile.reads_error_patterns) == (True, False)
    assert profile.status_file == ""
    assert (profile.no_progress_s, profile.tool_no_progress_s) == (120.0, 600.0)


def test_every_key_is_read():
    profile = read(
        match={"command": ["a", "b"], "argv": "^a ", "title": ["^T"]},
        resume="a --again",
        report=False,
        status_file="claude",
        error_patterns=True,
        no_progress_s=5,
        tool_no_progress_s=7.5,
        chatter="^Tip:",
    )

    assert profile.commands == {"a", "b"}
    assert profile.argv.search("a x") == "a "
    assert profile.title.search("title") == "t"
    assert profile.chatter.search("tip: x") == "tip:"
    assert profile.resume == "a --again"
    assert (profile.reads_reports, profile.reads_error_patterns) == (False, True)
    assert profile.status_file == "claude"
    assert (profile.no_progress_s, profile.tool_no_progress_s) == (5.0, 7.5)


def test_a_rule_has_defaults_by_its_state():
    rule = read_rule()

    assert (rule.name, rule.state, rule.reason) == ("retry", RuleState.STUCK, "retry")
    assert rule.scope == Scope(Region.BOTTOM, 9)
    assert (rule.hold_s, rule.linger_s, rule.priority) == (0.5, 0.0, 60)
    assert read_rule(state="waiting").priority == 70
    assert read_rule(state="working").reason == "working"
    assert read_rule(state="idle").reason == "finished"
    assert read_rule(state="working").hold_s == 0.0
    assert read_rule(state="working", scope="title").priority == 35
    assert read_rule(state="stuck", scope="title").priority == 60


def test_a_rule_may_say_otherwise():
    rule = read_rule(reason="quota", hold_ms=250, linger_ms=5000, priority=99)

    assert (rule.reason, rule.hold_s, rule.linger_s, rule.priority) == ("quota", 0.25, 5.0, 99)


def test_every_pattern_of_a_profile_is_in_its_index():
    profile = read(
        chatter="tip",
        rule=[RULE | {"also": "so", "unless": "less", "above": "up", "below": "down"}],
    )

    texts = ("tip", "retrying", "so", "less", "up", "down")
    assert len(set(profile.index.marks(texts)) - {0}) == len(texts)
    assert profile.index.marks(("nothing of it",)) == (0,)


@pytest.mark.parametrize(
    ("mapping", "complaint"),
    [
        ({"resumé": "x"}, "mine.toml: unknown key 'resumé', nearest is 'resume'"),
        (
            {"match": {"comand": []}},
            "mine.toml: match: unknown key 'comand', nearest is 'command'",
        ),
        ({"match": 3}, "mine.toml: match must be a table, not 3"),
        ({"match": {"command": 3}}, "command must be a text or a list of texts, not 3"),
        ({"match": {"argv": "(x"}}, "mine.toml: match: argv: bad pattern '(x'"),
        ({"conversation": {"x": 1}}, "unknown key 'x'"),
        ({"conversation": {"fork": "a"}}, "fork must name {conversation}, not 'a'"),
        (
            {"conversation": {"prompts_file": "a"}},
            "prompts_file must be one of codex, gemini, not 'a'",
        ),
        ({"resume": ""}, "resume must be a text that is not empty, not ''"),
        ({"status_file": "eve"}, "status_file must be one of claude, not 'eve'"),
        ({"report": 1}, "report must be true or false, not 1"),
        ({"no_progress_s": True}, "no_progress_s must be a number from 0, not True"),
        ({"no_progress_s": -1}, "no_progress_s must be a number from 0, not -1"),
        ({"no_progress_s": float("nan")}, "no_progress_s must be a number from 0, not nan"),
        ({"rule": {}}, "rule must be an array of tables, not {}"),
        ({"rule": [RULE, RULE]}, "two rules are named 'retry'"),
        ({"rule": [RULE | {"sope": "x"}]}, "rule 'retry': unknown key 'sope', nearest is 'scope'"),
        ({"rule": [RULE | {"state": "busy"}]}, "rule 'retry': state must be one of working, idle"),
        ({"rule": [RULE | {"scope": "top:3"}]}, "scope must be one of bottom:N, composer, conv"),
        ({"rule": [RULE | {"any": []}]}, "rule 'retry': any must hold at least one pattern"),
        ({"rule": [RULE | {"any": ["(?!x)"]}]}, "rule 'retry': any: bad pattern '(?!x)'"),
        ({"rule": [{"state": "idle"}]}, "mine.toml: rule 1: name must be a text"),
    ],
)
def test_a_mistake_is_refused_and_names_its_place(mapping, complaint):
    with pytest.raises(ConfigError) as refused:
        profile_from_mapping("mine", mapping, "mine.toml")

    assert complaint in str(refused.value)
