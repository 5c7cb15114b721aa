import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.hooks.gemini import ANSWER, EVENTS, gemini_hook, gemini_status
from oma.hooks.status import KINDS, STATES, Status

# As Gemini CLI 0.61.0 gives them to its hooks, without the fields that are not read.
PERMISSION = {"hook_event_name": "Notification", "notification_type": "ToolPermission"}


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ({"hook_event_name": "SessionStart", "source": "startup"}, Status("idle")),
        ({"hook_event_name": "BeforeAgent", "prompt": "go"}, Status("working")),
        ({"hook_event_name": "BeforeTool", "tool_name": "ask_user"}, Status("working")),
        ({"hook_event_name": "AfterTool", "tool_name": "ask_user"}, Status("working")),
        (
            PERMISSION
            | {
                "message": "Tool Confirm Shell Command requires execution",
                "details": {"type": "exec", "title": "Confirm Shell Command", "command": "ls"},
            },
            Status("blocked", "permission", "Confirm Shell Command: ls"),
        ),
        (
            PERMISSION
            | {
                "message": "Tool requires confirmation",
                "details": {"type": "ask_user", "title": "Ask User"},
            },
            Status("blocked", "question", "Tool requires confirmation"),
        ),
        (PERMISSION | {"message": "a tool asks"}, Status("blocked", "permission", "a tool asks")),
        (PERMISSION | {"notification_type": "Other"}, None),
        ({"hook_event_name": "AfterAgent", "prompt_response": "Done."}, Status("done")),
        ({"hook_event_name": "SessionEnd", "reason": "exit"}, Status("clear")),
        ({"hook_event_name": "PreCompress"}, None),
        ({}, None),
    ],
)
def test_an_event_says_how_the_agent_is(event, status):
    assert gemini_status(event) == status


def test_every_event_that_is_asked_for_says_something():
    assert all(gemini_status(PERMISSION | {"hook_event_name": event}) for event in EVENTS)


VALUES = st.none() | st.integers() | st.text(max_size=3) | st.just({"title": 3, "command": "x"})


@given(
    st.fixed_dictionaries(
        {"hook_event_name": st.sampled_from(EVENTS) | VALUES},
        optional={
            "notification_type": st.just("ToolPermission"),
            "message": VALUES,
            "details": VALUES,
        },
    )
)
def test_no_event_is_too_odd(event):
    status = gemini_status(event)

    assert status is None or (status.state in STATES and status.kind in {"", *KINDS})


def test_the_hook_has_the_documented_shape_and_answers_in_json():
    hook = gemini_hook("run me")

    assert hook == {"name": "oma", "type": "command", "command": "run me", "timeout": 5000}
    assert json.loads(ANSWER) == {}
