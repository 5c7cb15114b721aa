import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.hooks.claude import EVENTS, claude_hook, claude_status
from oma.hooks.status import KINDS, STATES, Status

# As Claude Code 2.1.329 gives them to its hooks, without the fields that are not read.
BASH = {"command": "rm -rf x", "description": "Run the build"}
QUESTION = {"questions": [{"question": "Which path first?", "header": "Path"}]}


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ({"hook_event_name": "SessionStart", "source": "startup"}, Status("idle")),
        ({"hook_event_name": "SessionStart", "source": "compact"}, None),
        ({"hook_event_name": "UserPromptSubmit", "prompt": "go"}, Status("working")),
        ({"hook_event_name": "PreToolUse", "tool_name": "Bash"}, Status("working")),
        ({"hook_event_name": "PostToolUse", "tool_name": "Bash"}, Status("working")),
        ({"hook_event_name": "PostToolUseFailure", "error": "Exit code 1"}, Status("working")),
        (
            {"hook_event_name": "PermissionRequest", "tool_name": "Bash", "tool_input": BASH},
            Status("blocked", "permission", "Bash: rm -rf x"),
        ),
        (
            {"hook_event_name": "PermissionRequest", "tool_name": "Odd", "tool_input": 3},
            Status("blocked", "permission", "Odd"),
        ),
        (
            {
                "hook_event_name": "PermissionRequest",
                "tool_name": "AskUserQuestion",
                "tool_input": QUESTION,
            },
            Status("blocked", "question", "Which path first?"),
        ),
        ({"hook_event_name": "Stop", "last_assistant_message": "Done."}, Status("done")),
        (
            {
                "hook_event_name": "StopFailure",
                "error": "unknown",
                "last_assistant_message": "API Error: 400 bad request",
            },
            Status("error", message="API Error: 400 bad request"),
        ),
        (
            {"hook_event_name": "StopFailure", "error": "rate_limit"},
            Status("error", message="rate_limit"),
        ),
        ({"hook_event_name": "SessionEnd", "reason": "clear"}, Status("clear")),
        ({"hook_event_name": "Notification", "notification_type": "idle_prompt"}, None),
        ({"hook_event_name": "SomethingNew"}, None),
        ({}, None),
    ],
)
def test_an_event_says_how_the_agent_is(event, status):
    assert claude_status(event) == status


@pytest.mark.parametrize("questions", [None, 3, {}, {"a": 1}, [], [3], [{}], [{"question": 3}]])
def test_a_question_that_cannot_be_read_is_a_question(questions):
    event = {"hook_event_name": "PermissionRequest", "tool_name": "AskUserQuestion"}
    event["tool_input"] = {"questions": questions}

    assert claude_status(event) == Status("blocked", "question")


def test_every_event_that_is_asked_for_says_something():
    assert all(claude_status({"hook_event_name": event}) is not None for event in EVENTS)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)
FIELDS = ("tool_name", "tool_input", "source", "error", "last_assistant_message")


@given(
    st.fixed_dictionaries(
        {"hook_event_name": st.sampled_from(EVENTS) | VALUES},
        optional=dict.fromkeys(FIELDS, VALUES | st.just({"questions": [3]})),
    )
)
def test_no_event_is_too_odd(event):
    status = claude_status(event)

    assert status is None or (status.state in STATES and status.kind in {"", *KINDS})


def test_the_hook_has_the_documented_shape():
    assert claude_hook("run me") == {"type": "command", "command": "run me", "timeout": 5}
