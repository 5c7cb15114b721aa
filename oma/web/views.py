"""Agents as they are now, for one who asks or for everybody who watches."""

from oma.model.health import Health
from oma.model.printable import printable
from oma.model.state import AgentState
from oma.web.dialog import LAST_ROWS, answers
from oma.web.site import Asker, Site
from oma.web.wire import agent_object, text_of

MOST_ROWS = 1000
"""Of a screen; more than tmux's largest window that anybody uses."""


def agent_now(site: Site, agent: AgentState) -> dict[str, object]:
    """Return an agent as it is now."""
    offered: tuple[str, ...] = ()
    if agent.verdict.health is Health.WAITING:
        offered = answers(screen_lines(site, agent, LAST_ROWS))
    return agent_object(agent, site.store.clock(), site.began, offered, site.audience)


def agents_now(asker: Asker) -> list[dict[str, object]]:
    """Return the agents that are shown to whom asks."""
    agents = asker.site.store.state.agents
    return [agent_now(asker.site, agent) for agent in agents if asker.sees(agent.name)]


def screen_lines(site: Site, agent: AgentState, most_rows: int = MOST_ROWS) -> list[str]:
    """Return the bottom rows of an agent's screen; none while it is not known.

    They hold no control characters, whatever the agent wrote.
    """
    picture = site.store.fleet.picture(agent.session, most_rows)
    return [] if picture is None else [printable(line) for line in text_of(picture)]
