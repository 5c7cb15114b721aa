"""Prompts are queued and sent whatever happens to their agents, and all of it outlives tmux and the service."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from oma.files.locked_file import LockedFile
from oma.model.kept_fleet import KeptAgent
from oma.runtime.agents.fleet_file import FleetFile
from oma.runtime.agents.queue_file import QueueFile
from oma.runtime.client.server_file import server_file_name
from tests.support.dashboard_pane import start_dashboard
from tests.support.oma_process import oma, running_oma
from tests.support.patience import look_until
from tests.support.private_tmux import keeps_dead_panes

pytestmark = [pytest.mark.tmux, pytest.mark.slow, keeps_dead_panes]

ROOT, PROGRAM = Path(__file__).parents[2], "tests.support.answering_agent"
PLAIN, ASKING, DYING = "plain-00001", "asking-00001", "dying-00001"
LEFT, FAILING, DRAFT = "left-00001", "failing-00001", "draft-00001"

FLEET = {
    PLAIN: ("resizes", "one", "two"),
    ASKING: ("asks", "never submitted", "never"),
    DYING: ("dies", "never submitted", "never"),
    LEFT: ("", "ask", "after"),
    FAILING: ("", "fail", "never"),
    DRAFT: ("", "one"),
}
"""Conversation → what happens while a text is being typed, and what is queued."""


def as_toml(conversation):
    moment, *prompts = FLEET[conversation]
    name = conversation.partition("-")[0]
    command = f"claude --session-id {conversation} {moment}"
    group = "group = 'night'\n" if conversation == PLAIN else ""
    return f"[[agent]]\nname = '{name}'\n{group}command = '{command}'\ndirectory = 'work'\nprompts = {prompts}\n"


class Day:
    """A user's machine: its files, its tmux, and the agents that run there."""

    def __init__(self, tmux, folder):
        self.tmux, self.folder = tmux, folder
        for name in ("bin", "home", "run", "talks", "work"):
            (folder / name).mkdir(mode=0o700)
        claude = folder / "bin" / "claude"
        claude.write_text(
            f"#!/bin/bash\nexport CLAUDE_CONFIG_DIR={folder / 'talks'} PYTHONPATH={ROOT}\n"
            f'exec -a claude {sys.executable} -m {PROGRAM} "$CLAUDE_CONFIG_DIR" "$@"\n'
        )
        claude.chmod(0o755)

    @property
    def environment(self):
        return {
            "HOME": str(self.folder / "home"),
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
        }

    async def ask(self, *arguments, answered=""):
        """Run one command line; return its exit code, and what it said."""
        wrapped = ("sh", "-c", 'echo "$0" | "$@"', answered) if answered else ()
        words = ("-S", self.tmux.socket_path, *arguments)
        done = await oma(*words, wrapped_in=wrapped, **self.environment)
        return done.returncode, (done.stdout + done.stderr).decode()

    def has_server(self):
        words = self.tmux.argv("-N", "list-sessions")
        done = subprocess.run(words, env=self.tmux.environment, capture_output=True, check=False)
        return done.returncode == 0

    def serve(self):
        return running_oma("-S", self.tmux.socket_path, "serve", **self.environment)

    def got(self, conversation):
        """Return what an agent has noted in a conversation."""
        log = self.folder / "talks" / conversation
        return log.read_text().splitlines() if log.exists() else []

    async def queued(self):
        """Return the texts that are still queued, with why they are not sent, by agent."""
        _, said = await self.ask("queue", "--json")
        return {
            prompt["agent"]: (prompt["text"], prompt["stopped"]) for prompt in json.loads(said)
        }

    def unsent(self):
        """Return the texts that are still queued, as the file has them now."""
        (path,) = (self.folder / "home" / ".local/state/oma/queue").glob("*.json")
        return {prompt.text for prompt in QueueFile(LockedFile(path)).read().prompts}

    def keys(self, conversation, *keys):
        name = conversation.partition("-")[0]
        self.tmux.run("send-keys", "-t", f"=oma-agent-{name}:", *keys)

    def shows(self, conversation, words):
        name = conversation.partition("-")[0]
        return words in self.tmux.run("capture-pane", "-p", "-t", f"=oma-agent-{name}:")

    def kept(self):
        """Return the conversations of the agents that are kept, by session."""
        (path,) = [*(self.folder / "home" / ".local/state/oma/fleet").glob("*.json"), None][:1]
        agents = [] if path is None else json.loads(path.read_text())["agents"]
        return {agent["session"]: agent["conversation"] for agent in agents}


@pytest.fixture
def day(tmux, tmp_path):
    return Day(tmux, tmp_path)


async def test_prompts_are_sent_whatever_happens_to_their_agents_and_all_comes_back(day):
    await play_queue(day)
    await end_everything(day)
    await play_restore(day)


async def test_the_dashboard_starts_who_is_gone_after_one_question(tmux, tmp_path):
    state = tmp_path / "state"
    kept = [
        KeptAgent(f"oma-agent-{name}", str(tmp_path), "", 90, 20, command="cat", group="night")
        for name in ("ann", "bob")
    ]
    name = server_file_name(Path(tmux.socket_path), "fleet", ".json")
    FleetFile(LockedFile(state / "oma" / "fleet" / name)).change(
        lambda fleet: fleet.kept("before", kept)
    )
    dashboard = start_dashboard(
        tmux,
        tmp_path,
        HOME=str(tmp_path),
        XDG_STATE_HOME=str(state),
        XDG_RUNTIME_DIR=str(tmp_path),
    )
    await dashboard.sees("2 agents of the tmux before are gone: R restores them")
    dashboard.press("R")
    await dashboard.sees("start 2 agents again: ann, bob?", str(tmp_path))
    assert not tmux.run("list-sessions", "-f", "#{m:oma-agent-*,#{session_name}}")
    dashboard.press("y")
    await dashboard.sees("started 2 agents again", "Agents: 2/2 active")
    facts = "#{session_name} #{@oma_group} #{pane_current_path} #{window_width}x#{window_height}"
    found = tmux.run("list-panes", "-a", "-f", "#{m:oma-agent-*,#{session_name}}", "-F", facts)
    assert found.splitlines() == [f"oma-agent-{n} night {tmp_path} 90x20" for n in ("ann", "bob")]


async def play_queue(day):
    (day.folder / "fleet.toml").write_text("".join(map(as_toml, FLEET)))
    code, said = await day.ask("up", day.folder / "fleet.toml")
    assert code == 0, said
    assert await look_until(lambda: all(map(day.got, FLEET)))
    await see_fleet(day)
    day.keys(DRAFT, "-l", "of mine")
    async with day.serve() as service:
        assert await look_until(lambda: day.shows(LEFT, "Do you want to proceed?"))
        day.keys(LEFT, "1")
        assert day.got(DRAFT) == ["--session-id"]
        day.keys(DRAFT, "C-u")
        assert await look_until(lambda: day.got(PLAIN)[1:] == ["one", "two"])
        assert await look_until(lambda: day.got(LEFT)[1:] == ["ask", "answered '1'", "after"])
        assert await look_until(lambda: day.got(DRAFT)[1:] == ["one"])
        for name in ("asking", "failing", "dying"):
            await service.said(f"the queue of oma-agent-{name} has stopped".encode())
        assert day.got(ASKING) == ["--session-id"]
        assert (day.got(FAILING)[1:], day.got(DYING)[1:]) == (["fail"], [])
        assert {name: text for name, (text, why) in (await day.queued()).items() if why} == {
            "oma-agent-asking": "never",
            "oma-agent-failing": "never",
            "oma-agent-dying": "never",
        }
        # A text that an agent has got stays in the queue until it is seen on the screen.
        assert await look_until(lambda: not day.unsent() & {"one", "two", "ask", "after"})
        kept = "oma-agent-plain", "oma-agent-dying"
        assert await look_until(lambda: [day.kept().get(name) for name in kept] == [PLAIN, None])
        service.process.kill()


async def see_fleet(day):
    """See that both files, what was asked for and what is exported, say what is there."""
    code, exported = await day.ask("export")
    assert (code, exported.count("[[agent]]")) == (0, len(FLEET))
    assert 'name = "plain"\ngroup = "night"\nprofile = "claude"\n' in exported
    (day.folder / "exported.toml").write_text(exported)
    for file in ("fleet.toml", "exported.toml"):
        code, said = await day.ask("up", day.folder / file, "--plan")
        assert (code, said.count(" is there\n"), len(said.splitlines())) == (0, 6, 6), said


async def end_everything(day):
    """Let tmux die, and the machine start again: nothing is left of what a reboot takes."""
    server = int(day.tmux.run("display-message", "-p", "#{pid}"))
    os.kill(server, signal.SIGKILL)
    assert await look_until(lambda: not day.has_server())
    shutil.rmtree(day.folder / "run")
    (day.folder / "run").mkdir(mode=0o700)


async def play_restore(day):
    # What tmux-resurrect brings back before us is a session with a shell in it, in which the user may be at work.
    day.tmux.run("new-session", "-d", "-s", "oma-agent-draft", "cat")
    day.tmux.run("new-session", "-d", "-s", "oma-agent-failing")
    runs = ("display-message", "-p", "-t", "=oma-agent-failing:", "#{pane_current_command}")
    assert await look_until(lambda: day.tmux.run(*runs).strip("-\n") == "sh")
    day.tmux.run("set-environment", "-g", "PATH", day.environment["PATH"])
    code, said = await day.ask("restore", answered="y")
    assert code == 0, said
    assert "oma-agent-draft" not in said
    there = [PLAIN, ASKING, LEFT, FAILING]
    assert await look_until(lambda: all(day.got(each)[-1] == "--resume" for each in there))
    names = [f"oma-agent-{each.partition('-')[0]}" for each in there]
    listed = day.tmux.run("list-panes", "-a", "-F", "#{session_name} #{pane_current_path}")
    where = day.folder / "work"
    own = sorted(f"{name} {where}" for name in names)
    assert sorted(line for line in listed.splitlines() if "draft" not in line) == own
    _, grouped = await day.ask("status", "--format", "{agent}", "--filter", "group:night")
    assert grouped == "oma-agent-plain\n"
    assert (await day.ask("restore"))[0] == 1
    assert all(day.got(each).count("--resume") == 1 for each in there)
    assert day.got(DRAFT).count("--resume") == 0
    assert {text for text, _ in (await day.queued()).values()} == {"never"}
