"""Qwen's hooks: claude's events, in its own settings."""

from oma.cli.commands.report_command import READERS
from oma.hooks.qwen import qwen_hook
from oma.hooks.status import Status


def test_its_events_say_what_claudes_say():
    asked = {"hook_event_name": "PermissionRequest", "tool_name": "run_shell_command"}
    questions = {"questions": [{"question": "Which one?"}]}
    question = asked | {"tool_name": "ask_user_question", "tool_input": questions}
    read = READERS["qwen"]

    assert read(asked | {"tool_input": {"command": "make"}}) == Status(
        "blocked", "permission", "run_shell_command: make"
    )
    assert read(question) == Status("blocked", "question", "Which one?")
    assert read({"hook_event_name": "Stop"}) == Status("done")


def test_a_hook_has_time_enough_whether_it_is_counted_in_seconds_or_not():
    assert qwen_hook("run me") == {
        "type": "command",
        "command": "run me",
        "name": "oma",
        "timeout": 5000,
    }
