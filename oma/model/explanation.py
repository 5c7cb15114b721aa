"""Why an agent is believed to be as it is: the values of `oma why`.

An `Explanation` holds everything that was seen, not only what decided: each `EvidenceItem` says why it
lost. Its `Outlook` is the next verdict that time alone will bring.
"""

import attrs

from oma.model.health import Health, Verdict
from oma.model.ids import AgentId, PaneId

WAYS = {
    "process": "its process",
    "title": "its title",
    "screen": "its screen",
    "report": "what it reports",
    "option": "an option",
}
"""How the kind of an agent was recognised, in words."""


@attrs.frozen
class Recognised:
    """What told of which kind an agent is."""

    way: str
    """A key of `WAYS`."""
    evidence: str
    """The command line, title or line of the screen; hostile."""


@attrs.frozen
class EvidenceItem:
    """One thing that was seen of an agent, what it says, and its fate."""

    health: Health
    rule: str
    line: int | None
    """Row of the screen, from 0; `None` for a fact that is not on the screen."""
    text: str
    """From an agent, hence hostile."""
    since_s: float
    counts: bool
    """It is in force, and decides where nothing stronger does."""
    lost: str
    """Why it did not decide; empty for the one that did."""


@attrs.frozen
class Outlook:
    """What time alone will change: the next other verdict, if nothing happens until then."""

    t: float
    """When, in seconds of the log."""
    health: Health
    reason: str
    rule: str


@attrs.frozen
class Explanation:
    """A verdict with the whole of its grounds, at one moment."""

    t: float
    """That moment, in seconds of the log."""
    agent: str
    profile: str
    verdict: Verdict
    seen: tuple[EvidenceItem, ...]
    """Everything that was seen, the strongest first; the one that decided has no `lost`."""
    outlook: Outlook | None
    """`None`: however long nothing happens, the verdict stays."""
    sees_screen: bool
    """The screen is known; else what was last seen of it stands until it is captured anew."""
    id: AgentId | None = None
    pane: PaneId | None = None
    """The one that speaks for it; `None` once that is gone."""
    place: str = ""
    """`session:window.pane`; empty where tmux did not say."""
    recognised: Recognised | None = None
    """`None` where it is of no known kind, and once its pane is gone."""
    sampled: str = ""
    """Why captures stand for what it prints; empty where they do not."""
    sampled_s: float = 0.0
    """Since when, in seconds of the log."""

    @property
    def is_session(self) -> bool:
        """It is listed because of the name of its session; else because it was found in its pane."""
        return self.id is not None and self.id[:1] == "$"

    @property
    def decisive(self) -> EvidenceItem | None:
        """What decided; `None` where the verdict outlasts everything that was seen."""
        return next((item for item in self.seen if not item.lost), None)

    @property
    def successor(self) -> EvidenceItem | None:
        """What would decide if the decisive thing were not seen any more."""
        return next((s for s in self.seen if s.counts and s.lost), None)
