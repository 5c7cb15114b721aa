"""The conversation of an agent is told by its own files while it runs, and by its farewell then."""

import json
import os
import time

import pytest

from oma.config.profiles import packaged_profiles
from oma.model.health import Health
from oma.model.ids import PaneId
from oma.runtime.agents.conversations import conversation_of, remember_conversation
from oma.tmux.address import ServerAddress
from tests.support.scripted_tmux import ScriptedTmux
from tests.unit.tui.fleets import agent

SERVER = ServerAddress(None, "/s")
PROFILES = {profile.name: profile for profile in packaged_profiles()}
UUID = "0199a213-81c0-7800-8aa1-bbab2a035a53"


@pytest.fixture
def tmux(tmp_path, monkeypatch):
    """Give a tmux that remembers nothing."""
    (tmp_path / "tmux").mkdir()
    tmux = ScriptedTmux(tmp_path / "tmux")
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    tmux.says("list-panes", "\n")
    return tmux


@pytest.mark.parametrize(
    ("remembered", "found"), [("abc123", "abc123"), ("", ""), ("a $(b) c", "")]
)
async def test_what_was_remembered_counts_where_nothing_else_tells(tmux, remembered, found):
    tmux.says("list-panes", f"{remembered}\n")
    there = agent(1, profile="codex", pid=None)
    assert await conversation_of(SERVER, there, PROFILES["codex"], ()) == found


async def test_an_agent_that_has_ended_said_it_as_it_left(tmux):
    tmux.says("list-panes", "remembered\n")
    there = agent(1, profile="codex", health=Health.EXITED)
    screen = (f"To continue this session, run codex resume {UUID}", "Pane is dead")
    assert await conversation_of(SERVER, there, PROFILES["codex"], screen) == UUID
    running = agent(1, profile="codex", pid=None)
    assert await conversation_of(SERVER, running, PROFILES["codex"], screen) == "remembered"


async def test_a_file_that_it_has_open_tells(tmux, tmp_path):
    folder = tmp_path / ".codex" / "sessions"
    folder.mkdir(parents=True)
    with (folder / f"rollout-{UUID}.jsonl").open("w"):
        there = agent(1, profile="codex", pid=os.getpid())
        assert await conversation_of(SERVER, there, PROFILES["codex"], ()) == UUID


async def test_what_it_was_asked_tells_where_another_process_has_its_file(
    tmux, tmp_path, monkeypatch
):
    from oma.runtime import prompts_files
    from oma.runtime.agents import conversations

    monkeypatch.setattr(conversations, "WRITTEN_S", 0.0)
    monkeypatch.setattr(prompts_files, "environment_of", lambda pid: {"CODEX_HOME": str(tmp_path)})
    asked = {"session_id": UUID, "ts": int(time.time()) + 1, "text": "fix it"}
    there, screen = agent(1, profile="codex", pid=os.getpid()), ("› fix it", "• Done.", "› ")
    tmux.says("list-panes", "remembered\n")
    for text, found in (("other", "remembered"), ("fix it", UUID)):
        (tmp_path / "history.jsonl").write_text(json.dumps(asked | {"text": text}))
        assert await conversation_of(SERVER, there, PROFILES["codex"], screen) == found


async def test_of_two_in_one_directory_each_has_what_its_own_screen_shows(
    tmux, tmp_path, monkeypatch
):
    from oma.runtime import prompts_files
    from oma.runtime.agents import conversations

    project = tmp_path / ".gemini" / "tmp" / "src"
    (project / "chats").mkdir(parents=True)
    (project / ".project_root").write_text("/src")
    monkeypatch.setattr(conversations, "WRITTEN_S", 0.0)
    monkeypatch.setattr(prompts_files, "environment_of", lambda pid: {"HOME": str(tmp_path)})
    monkeypatch.setattr(prompts_files, "working_directory_of", lambda pid: "/src")
    there, asked = agent(1, profile="gemini", pid=os.getpid()), {"type": "user"}
    asked["timestamp"] = "2999-01-01T00:00:00.000Z"
    for name, text in (("first-1", "fix it"), ("second-2", "test it")):
        lines = ({"sessionId": name}, asked | {"content": [{"text": text}]})
        path = project / "chats" / f"session-{name}.jsonl"
        path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    for text, found in (("fix it", "first-1"), ("test it", "second-2"), ("go on", "")):
        screen = (f" > {text}", "✦ Done.", " >   Type your message")
        assert await conversation_of(SERVER, there, PROFILES["gemini"], screen) == found


@pytest.mark.parametrize(("said", "found"), [(UUID, UUID), ("other", "")])
async def test_its_status_file_tells_of_one_in_which_something_was_said(
    tmux, tmp_path, monkeypatch, said, found
):
    from oma.runtime import agent_files

    monkeypatch.setattr(
        agent_files, "environment_of", lambda pid: {"CLAUDE_CONFIG_DIR": str(tmp_path)}
    )
    (tmp_path / "sessions").mkdir()
    told = {"pid": os.getpid(), "startedAt": time.time() * 1000, "sessionId": UUID}
    (tmp_path / "sessions" / f"{os.getpid()}.json").write_text(json.dumps(told))
    (tmp_path / "projects" / "-srv").mkdir(parents=True)
    (tmp_path / "projects" / "-srv" / f"{said}.jsonl").write_text("{}")
    there = agent(1, profile="claude", pid=os.getpid())
    assert await conversation_of(SERVER, there, PROFILES["claude"], ()) == found


async def test_it_is_remembered_in_the_pane(tmux):
    await remember_conversation(SERVER, PaneId("%1"), UUID)
    assert tmux.asked[-1][-5:] == ["-p", "-t", "%1", "@oma_conversation", UUID]


async def test_nothing_is_remembered_where_nothing_is_known(tmux):
    await remember_conversation(SERVER, PaneId("%1"), "")
    assert tmux.asked[-1][-5:] == ["-p", "-u", "-t", "%1", "@oma_conversation"]
