import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.config.profiles import packaged_profiles
from oma.detection.unknown_keys import without_unknown_keys

RULE = {"name": "r", "state": "idle", "scope": "bottom:3", "any": ["x"]}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("profile", "known", "names"),
    [
        ({}, {}, ()),
        ({"rule": [RULE]}, {"rule": [RULE]}, ()),
        ({"glow": 1, "report": False}, {"report": False}, ("glow",)),
        ({"match": {"argv": "x", "cwd": "y"}}, {"match": {"argv": "x"}}, ("match: cwd",)),
        ({"rule": [RULE | {"row": 3}]}, {"rule": [RULE]}, ("rule 'r': row",)),
        ({"rule": [RULE, RULE | {"state": "paused"}]}, {"rule": [RULE]}, ("rule 'r'",)),
        ({"rule": [RULE | {"scope": "rows:3"}]}, {"rule": []}, ("rule 'r'",)),
        ({"rule": [{"state": "paused"}]}, {"rule": []}, ("rule 1",)),
        ({"rule": [3], "match": 4}, {"rule": [3], "match": 4}, ()),
        ({"rule": [{"state": 3, "any": 4}]}, {"rule": [{"state": 3, "any": 4}]}, ()),
    ],
)
def test_what_is_not_known_is_left_out_and_named(profile, known, names):
    assert without_unknown_keys(profile) == (known, names)


def test_profiles_of_today_are_left_as_they_are():
    for profile in packaged_profiles():
        known, names = without_unknown_keys(profile.definition)

        assert (known, names) == (profile.definition, ())


@given(st.dictionaries(st.sampled_from(["match", "rule", "report", "new"]), JSON))
def test_it_is_total_and_leaves_its_result_alone(profile):
    known, _ = without_unknown_keys(profile)

    assert without_unknown_keys(known) == (known, ())
