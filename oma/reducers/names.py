"""The names of agents, from what a user sees of them. Names, titles and directories are hostile.

An agent whose session was made for it has the name of the session. Another one has the name that
the user gave it, else the shortest text that is its own alone: its directory, its branch, its session, its
session and window. Where none is, it has what its title says that it does, which changes with each task; else its
place. It keeps a name for as long as that is its own; its place only until something says more.
"""

from collections import Counter
from collections.abc import Iterable

import attrs

from oma.model.events import PaneSeen

LONGEST = 48
"""Characters of a title that may be a name; more than that is none."""

USUAL_BRANCHES = frozenset({"main", "master"})
"""What nearly every repository has checked out says nothing of an agent."""


@attrs.frozen
class Named:
    """What one agent can be named after."""

    session_name: str
    seen: PaneSeen
    title: str
    branch: str
    profile: str
    in_own_session: bool
    """Its session is an agent as a whole, and this is another agent in it."""
    name: str = ""
    """That it has; empty for a new one."""


def place_of(session_name: str, seen: PaneSeen) -> str:
    """Return `session:window.pane`; empty where tmux did not tell the numbers."""
    if seen.window_index is None or seen.pane_index is None:
        return ""
    return f"{session_name}:{seen.window_index}.{seen.pane_index}"


def choose_names(
    agents: Iterable[Named], taken: Iterable[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the name of each agent, and all texts that name it and no other; in their order.

    Args:
        agents: Those that are not named by their sessions.
        taken: The names of those that are.
    """
    each = [(agent, _texts(agent)) for agent in agents]
    counted = Counter(taken)
    for _, texts in each:
        counted.update(texts)
    chosen = []
    for agent, texts in each:
        own = tuple(text for text in texts if counted[text] == 1)
        chosen.append((_choose(agent, own) or agent.seen.pane, own))
    return tuple(chosen)


def task_of(title: str, profile: str) -> str:
    """Return what a title says that the agent does, without signs of how it is; or nothing.

    `✳ Fix the build` is `Fix the build`, `OC | Fix it` is `Fix it`. A title that begins with the
    agent's own kind says nothing.
    """
    words = title.rpartition(" | ")[2].split()
    while words and not any(map(str.isalnum, words[0])):
        del words[0]
    task = " ".join(words)
    if task.endswith(")") and "(" in task:
        task = task[:-1].rpartition("(")[2]
    says_kind = task.lower().startswith(profile.lower())
    return "" if says_kind or len(task) > LONGEST else task


def _texts(agent: Named) -> tuple[str, ...]:
    seen, session = agent.seen, agent.session_name
    place = place_of(session, seen)
    if agent.in_own_session:
        found: tuple[str, ...] = (seen.label, place)
    else:
        directory = seen.cwd.rstrip("/").rpartition("/")[2]
        task = task_of(agent.title, agent.profile)
        window = f"{session}:{seen.window_name}" if seen.window_name else ""
        branch = "" if agent.branch in USUAL_BRANCHES else agent.branch
        found = (seen.label, task, directory, branch, session, window, place)
    return tuple(dict.fromkeys(text for text in found if text))


def _choose(agent: Named, own: tuple[str, ...]) -> str:
    """Return the label where there is one, the name that it has where it may keep that, or another."""
    if agent.seen.label in own:
        return agent.seen.label
    place, task = place_of(agent.session_name, agent.seen), task_of(agent.title, agent.profile)
    telling = list(own)
    if agent.name in own:
        if agent.name != place:
            return agent.name
        telling = [text for text in own if text.partition(":")[0] != agent.session_name]
    lasting = (text for text in telling if text not in {place, task})
    return min(lasting, key=len, default=task if task in telling else place)
