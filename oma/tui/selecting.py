"""Which agents are shown, in which order, and which of them is selected."""

from collections.abc import Sequence

from oma.model.attention import URGENT, by_attention
from oma.model.ids import AgentId
from oma.model.state import AgentState


def listed(agents: Sequence[AgentState], filter_text: str) -> tuple[AgentState, ...]:
    """Return the agents that every word of the filter fits, those that need a user first.

    `health:stuck`, `profile:claude` and `host:box` fit what starts so; any other word is looked for in name,
    command, title, directory and branch, whatever its case.
    """
    words = filter_text.casefold().split()
    return by_attention(a for a in agents if all(_fits(a, word) for word in words))


def index_of(agents: Sequence[AgentState], selected: AgentId | None, fallback: int) -> int:
    """Return where the selected agent is; `fallback`, in range, when it is there no more."""
    for index, agent in enumerate(agents):
        if agent.id == selected:
            return index
    return max(0, min(fallback, len(agents) - 1))


def next_urgent(agents: Sequence[AgentState], index: int) -> int:
    """Return the place of the next agent that needs a user, round the end; `index` if none."""
    for step in range(1, len(agents) + 1):
        place = (index + step) % len(agents)
        if agents[place].verdict.health in URGENT:
            return place
    return index


def _fits(agent: AgentState, word: str) -> bool:
    field, colon, wanted = word.partition(":")
    if colon and field == "health":
        return agent.verdict.health.startswith(wanted)
    if colon and field == "profile":
        return agent.profile.casefold().startswith(wanted)
    if colon and field == "host":
        return agent.host.casefold().startswith(wanted)
    texts = (agent.name, agent.command, agent.title, agent.cwd, agent.branch)
    return any(word in text.casefold() for text in texts)
