import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.errors import OmaError
from oma.hooks.settings import install_hooks, installed_events, uninstall_hooks

OURS = {"type": "command", "command": "/opt/oma report || true", "timeout": 5}
OLD = {"type": "command", "command": "/old/oma report || true"}
THEIRS = {"type": "command", "command": "notify-send done"}
EVENTS = ("Start", "Stop")


def is_ours(command):
    return command.endswith("oma report || true")


def install(before):
    return install_hooks(before, EVENTS, OURS, is_ours)


def uninstall(before):
    return uninstall_hooks(before, is_ours)


def group(*hooks, **fields):
    return fields | {"hooks": list(hooks)}


INSTALLED = {"Start": [group(OURS)], "Stop": [group(OURS)]}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"hooks": INSTALLED}),
        ({"model": "x", "hooks": {}}, {"model": "x", "hooks": INSTALLED}),
        (
            {"hooks": {"Stop": [group(THEIRS, matcher="Bash")]}},
            {
                "hooks": {
                    "Stop": [group(THEIRS, matcher="Bash"), group(OURS)],
                    "Start": [group(OURS)],
                }
            },
        ),
        ({"hooks": {"Stop": [group(OLD)]}}, {"hooks": INSTALLED}),
        (
            {"hooks": {"Stop": [group(OLD, THEIRS)], "Gone": [group(OLD)]}},
            {"hooks": {"Stop": [group(THEIRS), group(OURS)], "Start": [group(OURS)]}},
        ),
        ({"hooks": {"enabled": True}}, {"hooks": {"enabled": True} | INSTALLED}),
    ],
)
def test_hooks_are_added_behind_what_is_there(before, after):
    untouched = copy.deepcopy(before)

    assert install(before) == after
    assert before == untouched


def test_the_order_of_the_settings_stays():
    before = {"z": 1, "hooks": {"Stop": [group(THEIRS)], "Other": []}, "a": 2}

    after = install(before)

    assert list(after) == ["z", "hooks", "a"]
    assert list(after["hooks"]) == ["Stop", "Other", "Start"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"hooks": INSTALLED}, {}),
        ({"model": "x", "hooks": INSTALLED}, {"model": "x"}),
        ({"hooks": {"Stop": [group(THEIRS), group(OURS)]}}, {"hooks": {"Stop": [group(THEIRS)]}}),
        (
            {"hooks": {"Stop": [group(THEIRS, OLD, matcher="m")]}},
            {"hooks": {"Stop": [group(THEIRS, matcher="m")]}},
        ),
        ({"hooks": {}}, {"hooks": {}}),
        ({"hooks": {"Stop": []}}, {"hooks": {"Stop": []}}),
        ({"hooks": {"Start": [], "Stop": [group(OURS)]}}, {"hooks": {"Start": []}}),
        ({"hooks": 3}, {"hooks": 3}),
        ({"hooks": {"Stop": [3, {"hooks": 3}, group(3)]}},) * 2,
    ],
)
def test_only_our_hooks_are_taken_out(before, after):
    untouched = copy.deepcopy(before)

    assert uninstall(before) == after
    assert before == untouched


@pytest.mark.parametrize(
    ("before", "complaint"),
    [
        ({"hooks": []}, r"^hooks has to be an object, not \[\]$"),
        ({"hooks": {"Stop": {}}}, r"^hooks\.Stop has to be an array, not \{\}$"),
    ],
)
def test_settings_of_another_shape_are_refused(before, complaint):
    with pytest.raises(OmaError, match=complaint):
        install(before)


def test_the_events_that_are_installed_are_told():
    assert installed_events(install({}), is_ours) == EVENTS
    assert installed_events({"hooks": {"Stop": [group(OLD)]}}, is_ours) == ("Stop",)
    assert installed_events({"hooks": {"Stop": [group(THEIRS)]}}, is_ours) == ()
    assert installed_events({"hooks": None}, is_ours) == ()


HOOKS = st.sampled_from([OURS, OLD, THEIRS, 3, {"command": None}])
GROUPS = st.builds(lambda hooks: {"hooks": hooks}, st.lists(HOOKS, max_size=3))
GROUPS |= st.sampled_from([{}, None, 3])
SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "model": st.text(max_size=3),
        "hooks": st.dictionaries(
            st.sampled_from([*EVENTS, "Other"]), st.lists(GROUPS, max_size=3), max_size=3
        ),
    },
)


@given(SETTINGS)
@settings(max_examples=60)
def test_a_second_time_changes_nothing(before):
    installed = install(before)
    removed = uninstall(before)

    assert install(installed) == installed
    assert uninstall(removed) == removed


@given(SETTINGS)
@settings(max_examples=60)
def test_what_was_installed_is_removed_without_a_trace(before):
    clean = uninstall(before)
    hooks = clean.get("hooks", {})
    kept = {event: groups for event, groups in hooks.items() if groups or event not in EVENTS}
    # Empty lists that we filled go with our hooks; they said nothing.
    expected = (
        clean | {"hooks": kept} if kept else {k: v for k, v in clean.items() if k != "hooks"}
    )

    assert uninstall(install(before)) == expected
