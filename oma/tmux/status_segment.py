"""What the status line shows of agents: counts, and a mark on each window that holds some.

All of it is made of numbers and words of ours. Nothing that an agent writes is part of it, as it stands where
tmux expands formats.

>>> status_text([Health.WAITING, Health.OK, Health.OK])
'#[fg=white,bg=blue,bold] 1 waiting #[default] 2 ok'
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from oma.model.attention import ORDER
from oma.model.health import Health
from oma.model.ids import WindowId
from oma.model.state import AgentState

STATUS_OPTION = "@oma_status"
"""Of the server: `status_text`."""

WINDOW_OPTION = "@oma_window"
"""Of a window: `window_mark`."""

_STYLES = {Health.WAITING: "fg=white,bg=blue,bold", Health.STUCK: "fg=white,bg=red,bold"}

_MARKS = {Health.WAITING: "?", Health.STUCK: "!"}


def status_text(healths: Iterable[Health]) -> str:
    """Return how many agents are how, those that need the user first; empty for none.

    Agents that ended are not counted.
    """
    counts = Counter(healths)
    parts = [
        _styled(health, f"{counts[health]} {health}")
        for health in ORDER
        if counts[health] and health is not Health.EXITED
    ]
    return " ".join(parts)


def window_mark(health: Health) -> str:
    """Return the mark of a window whose neediest agent is so."""
    return _styled(health, _MARKS[health]) if health in _MARKS else "\N{BULLET}"


def window_marks(agents: Iterable[AgentState]) -> Mapping[WindowId, str]:
    """Return the marks of the windows in which agents live."""
    found: dict[WindowId, Health] = {}
    for agent in agents:
        health = agent.verdict.health
        if agent.window is None or agent.gone or health is Health.EXITED:
            continue
        worst = min(found.get(agent.window, health), health, key=ORDER.index)
        found[agent.window] = worst
    return {window: window_mark(health) for window, health in found.items()}


def _styled(health: Health, text: str) -> str:
    return f"#[{_STYLES[health]}] {text} #[default]" if health in _STYLES else text
