"""Ids of conversations: found where the program says them, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.detection.conversation import (
    command_line,
    conversation_in,
    is_conversation,
    is_made_of,
    told_conversation,
)

UUID = "0199a213-81c0-7800-8aa1-bbab2a035a53"
FAREWELL = ("codex resume ", "codex resume --id ")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([f"To continue this session, run codex resume {UUID}", "$"], UUID),
        ([f"│ codex resume {UUID}.", ""], UUID),
        (["codex resume first-one", "codex resume second-one", "$"], "second-one"),
        ([f"codex resume --id {UUID}"], UUID),
        (["codex resume --last"], ""),
        (["codex resume $(reboot)"], ""),
        (["codex resume abc"], ""),
        (["codex resume"], ""),
        ([], ""),
    ],
)
def test_the_last_id_that_was_named_counts(lines, found):
    assert told_conversation(lines, FAREWELL) == found


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (f"/home/kim/.codex/sessions/2026/11/30/rollout-2026-11-30T01-02-03-{UUID}.jsonl", UUID),
        (f"/home/kim/.codex/sessions/{UUID}.jsonl", UUID),
        (f"/home/kim/other/{UUID}.jsonl", ""),
        ("/home/kim/.codex/sessions/rollout.jsonl", ""),
        ("/home/kim/.codex/sessions/a-b-c-d-e", ""),
        ("/home/kim/.codex/sessions/zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz", ""),
        ("", ""),
    ],
)
def test_the_id_in_the_name_of_a_file_is_a_uuid(path, found):
    assert conversation_in(path, "/.codex/sessions/") == found


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (UUID, True),
        ("ses_abc123", True),
        ("-abc123", False),
        ("a b c d e", False),
        ("a" * 129, False),
    ],
)
def test_an_id_is_no_option_and_nothing_for_a_shell(text, is_one):
    assert is_conversation(text) is is_one


@given(st.lists(st.text()), st.text())
def test_whatever_a_screen_shows_only_an_id_comes_of_it(lines, tail):
    found = told_conversation([*lines, f"codex resume {tail}"], FAREWELL)
    assert found == "" or is_conversation(found)


def test_a_command_gets_the_id_in_its_place():
    assert command_line("x --resume {conversation} -y", "abc123") == "x --resume abc123 -y"


@pytest.mark.parametrize(
    ("line", "template", "is_one"),
    [
        (f"x resume {UUID}", "x resume {conversation}", True),
        (f"x --id={UUID} -y", "x --id={conversation} -y", True),
        (f"x resume {UUID} -z", "x resume {conversation}", False),
        ("x resume --last", "x resume {conversation}", False),
        ("x resume ", "x resume {conversation}", False),
        ("x resume", "x resume", False),
        ("", "", False),
    ],
)
def test_a_command_that_was_made_of_a_template_is_known(line, template, is_one):
    assert is_made_of(line, template) is is_one
