"""How busy an agent was lately, as a few bars: the share of each minute in which it was OK. Pure."""

from collections.abc import Iterable

from oma.model.health import Health, Transition
from oma.model.state import AgentState

BARS = "▁▂▃▄▅▆▇█"
MINUTES = 8
_MINUTE_S = 60.0


def sparkline(agent: AgentState, transitions: Iterable[Transition], now_s: float) -> str:
    """Return a bar for each of the last minutes, the latest last; a blank where nothing is known.

    Args:
        agent: As it is now.
        transitions: The latest of all agents, the newest last.
        now_s: In seconds of the log.
    """
    spans = list(_spans(agent, transitions, now_s))
    bars = ""
    for minute in range(MINUTES, 0, -1):
        start, end = now_s - minute * _MINUTE_S, now_s - (minute - 1) * _MINUTE_S
        seen = [(min(end, b) - max(start, a), health) for a, b, health in spans]
        known_s = sum(length for length, _ in seen if length > 0)
        busy_s = sum(length for length, health in seen if length > 0 and health is Health.OK)
        bars += BARS[round(busy_s / known_s * (len(BARS) - 1))] if known_s > 0 else " "
    return bars


def _spans(
    agent: AgentState, transitions: Iterable[Transition], now_s: float
) -> Iterable[tuple[float, float, Health]]:
    """Yield from when to when the agent was how, the latest first, as far back as that is known."""
    told = [each for each in transitions if each.t <= now_s]
    own = [each for each in told if each.id == agent.id]
    end, health = now_s, agent.verdict.health
    for each in reversed(own):
        yield each.t, end, each.verdict.health
        end, source = each.t, each.source
        if source is None:
            return
        health = source
    # Of earlier changes than the first that is kept nothing is known.
    yield told[0].t if own else agent.verdict.since_s, end, health
