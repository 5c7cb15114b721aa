"""Finds out which conversation an agent holds, by what its program keeps or says; and remembers it.

While the program runs its own files count; when it has ended, what it said as it left. What was found before is an
option of the pane, for when neither tells.
"""

from collections.abc import Sequence

import trio

from oma.detection.asked_prompts import asked_conversation
from oma.detection.conversation import (
    PROMPTS_FILES,
    Conversations,
    conversation_in,
    is_conversation,
    told_conversation,
)
from oma.detection.profile import Profile
from oma.model.health import Health
from oma.model.ids import PaneId
from oma.model.state import AgentState
from oma.runtime.agent_files import find_status_file, read_conversation
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.process_tree import children_of, open_files_of, started_at
from oma.runtime.prompts_files import kept_prompts
from oma.tmux.address import ServerAddress
from oma.tmux.commands.control import SetOption
from oma.tmux.queries.panes import CONVERSATION, pane_conversation

WRITTEN_S = 0.5
"""How long a program takes at most to keep a prompt that its screen shows: before that another's may be the only one."""


async def conversation_of(
    server: ServerAddress, agent: AgentState, profile: Profile, screen: Sequence[str]
) -> str:
    """Return the id of the conversation of an agent; empty where it cannot be known.

    Args:
        server: Where it lives.
        agent: Which.
        profile: Of its kind.
        screen: What it shows.

    Raises:
        CommandError: tmux does not tell.
    """
    has_ended = agent.verdict.health is Health.EXITED
    if has_ended:
        told = told_conversation(screen, profile.conversations.farewell)
    else:
        pid, kind = agent.pid or 0, profile.status_file
        told = await trio.to_thread.run_sync(_kept, pid, kind, profile.conversations)
        if not told and pid and profile.conversations.prompts_file:
            await trio.sleep(WRITTEN_S)
            told = await trio.to_thread.run_sync(_asked, pid, profile.conversations, screen)
    if told or agent.pane is None:
        return told
    known = await TmuxClient(server).run(pane_conversation(agent.pane), doing="to tell of it")
    return known.strip() if is_conversation(known.strip()) else ""


async def remember_conversation(server: ServerAddress, pane: PaneId, conversation: str) -> None:
    """Keep which conversation the agent of a pane holds; empty is that nothing is known of it.

    Raises:
        CommandError: tmux refused.
    """
    option = SetOption(pane, CONVERSATION, conversation or None)
    await TmuxClient(server).run(option, doing="to keep the conversation")


def _kept(pid: int, kind: str, conversations: Conversations) -> str:
    """Return what the processes in a pane keep, the one that was started last first."""
    for each in reversed((pid, *children_of(pid)) if pid else ()):
        path = find_status_file(kind, each) if kind else None
        found = "" if path is None else read_conversation(path, each)
        if found:
            return found
        if conversations.open_file:
            for file in open_files_of(each):
                found = conversation_in(file, conversations.open_file)
                if found:
                    return found
    return ""


def _asked(pid: int, conversations: Conversations, screen: Sequence[str]) -> str:
    """Return the conversation in which the prompts on a screen were asked, by what the processes in a pane keep."""
    kind, since_s = conversations.prompts_file, started_at(pid)
    if since_s is None:
        return ""
    for each in (pid, *children_of(pid)):
        prompts = kept_prompts(kind, each, int(since_s))
        if prompts:
            return asked_conversation(screen, prompts, PROMPTS_FILES[kind])
    return ""
