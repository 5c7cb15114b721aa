import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.hooks.copilot import EVENTS, copilot_hook, copilot_status
from oma.hooks.status import Status

FAILURE = {"hook_event_name": "ErrorOccurred", "error": {"message": "no quota"}}


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ({"hook_event_name": "UserPromptSubmit", "prompt": "go"}, Status("working")),
        ({"hook_event_name": "PreToolUse", "tool_name": "Bash"}, Status("working")),
        (
            {"notification_type": "permission_prompt", "message": "Run rm x?"},
            Status("blocked", "permission", "Run rm x?"),
        ),
        (
            {"notification_type": "elicitation_dialog", "message": "Which?"},
            Status("blocked", "question", "Which?"),
        ),
        ({"notification_type": "shell_completed", "message": "x"}, None),
        ({"hook_event_name": "Stop", "stop_reason": "end_turn"}, Status("done")),
        (FAILURE | {"recoverable": False}, Status("error", message="no quota")),
        (FAILURE | {"recoverable": True}, None),
        ({"hook_event_name": "SessionEnd", "reason": "user_exit"}, Status("clear")),
    ],
)
def test_its_events_say_how_it_is(event, status):
    assert copilot_status(event) == status


def test_what_the_rules_allow_is_no_question():
    """`PermissionRequest` comes before they are asked."""
    assert not {"PermissionRequest", "permissionRequest"} & set(EVENTS)
    assert copilot_hook("x")["bash"] == "x"


def test_a_session_that_starts_with_a_prompt_does_not_rest():
    assert "SessionStart" not in EVENTS


@given(st.dictionaries(st.text(max_size=9), st.none() | st.integers() | st.text(max_size=9)))
def test_nothing_that_it_may_say_is_a_fault(event):
    copilot_status(event)
