"""What is set on a server, and that all of it is taken away again."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.tmux.commands.server_settings import BindKey, SetGlobalOption, UnbindKey
from oma.tmux.installation import (
    INSTALLED_OPTION,
    KEY_ACTIONS,
    ServerSettings,
    describe,
    installation,
    is_key,
    parse_keys,
    removal,
)
from oma.tmux.status_segment import STATUS_OPTION

KEYS = {action.name: action.key for action in KEY_ACTIONS}
OMA = {action.name: f"oma tmux key {action.name}" for action in KEY_ACTIONS}
FRESH = ServerSettings(
    {
        "status-right": '"#{=21:pane_title}" %H:%M',
        "status-right-length": "40",
        "window-status-format": "#I:#W#F",
        "window-status-current-format": "#I:#W#F",
    },
    {"c": "new-window", "Up": "select-pane -U"},
)


def applied(now, plan):
    """Return how a server is set after a plan, as tmux does it."""
    options, keys = dict(now.options), dict(now.keys)
    for change in plan.changes:
        match change.command:
            case SetGlobalOption(name, None):
                options.pop(name)
            case SetGlobalOption(name, value):
                options[name] = value
            case BindKey(key) as command:
                keys[key] = f"run-shell -b {command.words()[-1]!r}"
            case UnbindKey(key):
                del keys[key]
    return ServerSettings({name: value for name, value in options.items() if value}, keys)


def installed(now=FRESH, keys=KEYS):
    return applied(now, installation(now, keys, OMA))


def test_segments_stand_beside_what_the_user_has_there():
    options = installed().options

    assert options["status-right"] == ('#{?@oma_status,#{@oma_status} ,}"#{=21:pane_title}" %H:%M')
    assert options["status-right-length"] == "80"
    assert options["window-status-format"] == "#I:#W#F#{@oma_window}"
    assert options[INSTALLED_OPTION] == "1"


def test_keys_are_bound_to_a_program_that_gets_the_client():
    plan = installation(FRESH, KEYS, OMA)
    bound = [change.command for change in plan.changes if isinstance(change.command, BindKey)]

    assert [command.key for command in bound] == ["a", "A", "y"]
    assert bound[0].words()[-1].startswith("OMA_KEY=next exec oma tmux key next --client '#{")


def test_a_key_of_the_user_stays_and_that_is_said():
    now = attrs.evolve(FRESH, keys={"a": "display-message hi"})
    plan = installation(now, KEYS | {"answer": ""}, OMA)

    assert plan.left == ("key a (next): it is bound already: display-message hi",)
    assert installed(now, KEYS | {"answer": ""}).own_keys == ("A",)


def test_to_install_twice_changes_nothing():
    assert installation(installed(), KEYS, OMA).changes == ()


def test_it_is_all_listed_and_taken_away_again():
    now = installed()
    now = attrs.evolve(now, options=now.options | {STATUS_OPTION: "1 ok"})

    lines = describe(now)
    assert len(lines) == 3 + 3 + 3
    assert applied(now, removal(now)) == FRESH
    assert describe(FRESH) == ()
    assert removal(FRESH).changes == ()


def test_what_the_user_changed_since_stays():
    now = installed()
    changed = now.options | {"status-right": f"new {now.options['status-right']}"}
    now = attrs.evolve(now, options=changed | {"status-right-length": "200"})

    after = applied(now, removal(now)).options

    assert after["status-right"] == f"new {FRESH.options['status-right']}"
    assert after["status-right-length"] == "200"


@given(
    st.text(min_size=1),
    st.text(min_size=1),
    st.integers(0, 500),
    st.dictionaries(st.sampled_from("aAyc"), st.text(min_size=1)),
)
def test_whatever_was_there_is_there_again(right, window, length, keys):
    options = {
        "status-right": right,
        "status-right-length": str(length),
        "window-status-format": window,
        "window-status-current-format": window,
    }
    now = ServerSettings(options, keys)
    after = installed(now)

    assert applied(after, removal(after)) == now


@pytest.mark.parametrize(
    ("text", "key"),
    [("a", True), ("M-a", True), ("C-M-a", True), ("F5", True), ("9", True)]
    + [(text, False) for text in ("", "ab", ";", "#", "M-", "F0", "-t", "a b", "{", "é")],
)
def test_a_key_is_one_that_means_nothing_else(text, key):
    assert is_key(text) is key


def test_bindings_are_read_from_the_list_of_keys():
    lines = [
        'bind-key    -T prefix       a       run-shell -b "x"',
        "bind-key -r -T prefix       Up      select-pane -U",
        "bind-key    -T root         F5      next",
        "",
    ]

    assert parse_keys(lines) == {"a": 'run-shell -b "x"', "Up": "select-pane -U"}
