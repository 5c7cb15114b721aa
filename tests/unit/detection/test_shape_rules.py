from oma.detection.profile import RuleState
from oma.detection.profile_parser import profile_from_mapping
from oma.detection.shape_rules import GENERIC_RULES, SHAPE_RULES


def test_every_profile_has_the_rules_of_shapes_behind_its_own():
    own = {"name": "r", "state": "working", "scope": "screen", "any": "x"}
    rest = {"name": "r", "state": "idle", "scope": "screen", "any": "x"}

    known = profile_from_mapping("known", {"rule": [own]}, "x.toml")
    half_known = profile_from_mapping("half", {"rule": [rest]}, "x.toml")
    unknown = profile_from_mapping("generic", {}, "x.toml")

    assert known.every_rule == (*known.rules, *SHAPE_RULES)
    assert half_known.every_rule == (*half_known.rules, *SHAPE_RULES, *GENERIC_RULES)
    assert unknown.every_rule == (*SHAPE_RULES, *GENERIC_RULES)


def test_a_panel_of_the_user_gives_way_to_every_sign_of_work():
    panel = next(rule for rule in SHAPE_RULES if rule.state is RuleState.IDLE)

    assert all(panel.priority < rule.priority for rule in GENERIC_RULES)
