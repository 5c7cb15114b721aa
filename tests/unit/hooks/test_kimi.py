import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.hooks.kimi import EVENTS, kimi_status
from oma.hooks.status import STATES, Status


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ({"hook_event_name": "SessionStart", "source": "startup"}, Status("idle")),
        ({"hook_event_name": "UserPromptSubmit", "prompt": "go"}, Status("working")),
        (
            {
                "hook_event_name": "PermissionRequest",
                "tool_name": "Bash",
                "tool_input": {"command": "rm x"},
            },
            Status("blocked", "permission", "Bash: rm x"),
        ),
        ({"hook_event_name": "PermissionResult", "decision": "allow"}, Status("working")),
        ({"hook_event_name": "Interrupt"}, Status("idle")),
        ({"hook_event_name": "Stop"}, Status("done")),
        (
            {"hook_event_name": "StopFailure", "error_type": "api", "error_message": "429"},
            Status("error", message="429"),
        ),
        ({"hook_event_name": "SessionEnd", "reason": "exit"}, Status("clear")),
        ({"hook_event_name": "Notification"}, None),
    ],
)
def test_its_events_say_how_it_is(event, status):
    assert kimi_status(event) == status


@pytest.mark.parametrize("name", EVENTS)
def test_every_event_that_is_asked_for_says_something(name):
    assert kimi_status({"hook_event_name": name}).state in STATES


@given(st.dictionaries(st.text(max_size=9), st.none() | st.integers() | st.text(max_size=9)))
def test_nothing_that_it_may_say_is_a_fault(event):
    kimi_status(event)
