"""What agents were asked is read from their own files, whatever else these hold."""

import json
import os

import pytest

from oma.detection.asked_prompts import AskedPrompt
from oma.runtime import prompts_files
from oma.runtime.prompts_files import kept_prompts, read_chats, read_history

SINCE_S = 1_764_500_000.0
EARLIER = "2025-11-30T10:53:19.999Z"
LATER = "2025-11-30T10:53:20.000Z"


@pytest.fixture
def process(monkeypatch):
    """Return what makes every process one with this environment, and this directory."""

    def make(directory="", **environment):
        monkeypatch.setattr(prompts_files, "environment_of", lambda pid: environment)
        monkeypatch.setattr(prompts_files, "working_directory_of", lambda pid: directory)

    return make


def test_the_environment_says_where_the_history_is(process, tmp_path):
    asked = {"session_id": "first-1", "ts": SINCE_S, "text": "a"}
    (tmp_path / ".codex").mkdir()
    for folder in (tmp_path, tmp_path / ".codex"):
        (folder / "history.jsonl").write_text(json.dumps(asked | {"text": folder.name}))
    process(HOME=str(tmp_path))
    assert kept_prompts("codex", 1, SINCE_S) == (AskedPrompt("first-1", ".codex"),)
    process(HOME="/none", CODEX_HOME=str(tmp_path))
    assert kept_prompts("codex", 1, SINCE_S) == (AskedPrompt("first-1", tmp_path.name),)
    assert kept_prompts("", 1, SINCE_S) == ()
    process()
    assert kept_prompts("codex", 1, SINCE_S) == ()


def test_a_history_is_read_since_the_agent_began_whatever_else_it_holds(tmp_path):
    lines = [
        'd": "1"}',
        '{"session_id": "before", "ts": 4, "text": "a"}',
        '{"session_id": "first-1", "ts": 5, "text": "b"}',
        '{"session_id": "a b $(c)", "ts": 6, "text": "b"}',
        '{"session_id": "first-1", "ts": "6", "text": "b"}',
        '{"session_id": "first-1", "ts": 6, "text": null}',
        "[1]",
        "[" * 5000,
        "",
    ]
    (tmp_path / "history").write_text("\n".join(lines))
    assert read_history(tmp_path / "history", 5.0) == (AskedPrompt("first-1", "b"),)
    assert read_history(tmp_path / "none", 5.0) == ()


def user(content, timestamp=LATER, **more):
    return json.dumps({"type": "user", "timestamp": timestamp, "content": content} | more)


def chat(folder, conversation, *lines, name="session-1.jsonl", written_s=SINCE_S):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("\n".join([json.dumps({"sessionId": conversation}), *lines, ""]))
    os.utime(path, (written_s, written_s))
    return path


def test_conversations_are_those_of_the_directory_in_which_the_process_works(process, tmp_path):
    projects = tmp_path / "h" / ".gemini" / "tmp"
    for name in ("app", "app-1"):
        chat(projects / name / "chats", "first-1", user([{"text": name}]))
        (projects / name / ".project_root").write_text(f"/src/{name}\n")
    asked = (AskedPrompt("first-1", "app-1"),)
    process("/src/app-1", HOME=str(tmp_path / "h"))
    assert kept_prompts("gemini", 1, SINCE_S) == asked
    process("/src/app-1", HOME="/none", GEMINI_CLI_HOME=str(tmp_path / "h"))
    assert kept_prompts("gemini", 1, SINCE_S) == asked
    for directory, home in (("/src", str(tmp_path / "h")), ("", str(tmp_path)), ("/src/app", "")):
        process(directory, HOME=home)
        assert kept_prompts("gemini", 1, SINCE_S) == ()


def test_all_of_a_conversation_is_read_that_was_used_since_whatever_else_is_there(tmp_path):
    lines = [
        user([{"text": "before"}], EARLIER),
        user("a text"),
        user([{"text": "all of a file"}], displayContent=[{"text": "@file"}]),
        user([{"text": "when"}], "never"),
        user([], 7),
        user([{"inlineData": {}}]),
        json.dumps({"type": "gemini", "content": '"user"'}),
        json.dumps({"$set": {"messages": [{"type": "user", "content": "context"}]}}),
        '["user"]',
        '{"user"' + "[" * 5000,
        '{"type": "user", "content": "cut',
    ]
    chat(tmp_path, "first-1", *lines)
    chat(tmp_path, "old-old", user("b"), name="session-2.jsonl", written_s=SINCE_S - 1)
    chat(tmp_path, "a $(b) c", user("b"), name="session-3.jsonl")
    chat(tmp_path, "other-1", user("b"), name="other.jsonl")
    chat(tmp_path, "other-1", user("b"), name="session-4.json")
    (tmp_path / "session-5.jsonl").mkdir()
    (tmp_path / "session-6.jsonl").write_text("")
    assert read_chats(tmp_path, SINCE_S) == (
        AskedPrompt("first-1", "before", is_earlier=True),
        AskedPrompt("first-1", "a text"),
        AskedPrompt("first-1", "@file"),
        AskedPrompt("first-1", "when", is_earlier=True),
        AskedPrompt("first-1", "", is_earlier=True),
        AskedPrompt("first-1", ""),
    )
    assert read_chats(tmp_path / "none", SINCE_S) == ()


def test_no_link_is_followed_to_a_conversation(process, tmp_path):
    elsewhere, projects = tmp_path / "elsewhere", tmp_path / ".gemini" / "tmp"
    path = chat(elsewhere / "chats", "first-1", user("a"))
    (elsewhere / ".project_root").write_text("/src")
    process("/src", HOME=str(tmp_path))
    projects.mkdir(parents=True)

    (projects / "src").symlink_to(elsewhere)
    assert kept_prompts("gemini", 1, SINCE_S) == ()

    (projects / "src").unlink()
    (projects / "src").mkdir()
    (projects / "src" / ".project_root").write_text("/src")
    (projects / "src" / "chats").symlink_to(elsewhere / "chats")
    assert kept_prompts("gemini", 1, SINCE_S) == ()

    (projects / "src" / "chats").unlink()
    (projects / "src" / "chats").mkdir()
    (projects / "src" / "chats" / "session-1.jsonl").symlink_to(path)
    assert kept_prompts("gemini", 1, SINCE_S) == ()


def test_conversations_that_are_too_large_to_be_read_whole_tell_nothing(tmp_path, monkeypatch):
    sizes = [
        chat(tmp_path, "first-1", user("a"), name=f"session-{n}.jsonl").stat().st_size
        for n in (1, 2)
    ]
    monkeypatch.setattr(prompts_files, "MOST_CHAT_BYTES", sum(sizes))
    assert len(read_chats(tmp_path, SINCE_S)) == 2
    monkeypatch.setattr(prompts_files, "MOST_CHAT_BYTES", sum(sizes) - 1)
    assert read_chats(tmp_path, SINCE_S) == ()
    monkeypatch.undo()
    monkeypatch.setattr(prompts_files, "MOST_ENTRIES", 1)
    assert read_chats(tmp_path, SINCE_S) == ()
