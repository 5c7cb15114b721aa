"""How an agent is, and why: the opinions that are folded from events.

A `Verdict` is what is believed at a moment, a `Transition` is a change of its health. Both are computed
and never recorded, so a better rule gives an old recording better verdicts.

>>> asks = Verdict(Health.WAITING, "permission", "claude/dialog", "Do you want to proceed?", 12.0)
>>> f"{asks.health}, {asks.reason}: {asks.evidence}"
'waiting, permission: Do you want to proceed?'
"""

from enum import StrEnum

import attrs

from oma.model.ids import AgentId

ATTENTION = "attention"
"""The reason of an agent of a known kind whose screen no rule has explained for so long that silence
would be called STUCK: somebody should look, and it is told once."""


class Health(StrEnum):
    """How an agent is; the values are the words of the command line and of JSON."""

    OK = "ok"  # working, or active a moment ago
    IDLE = "idle"  # silent for a while, or finished and at its prompt
    WAITING = "waiting"  # asks the user something
    STUCK = "stuck"  # silent for too long, failing, or making no progress
    EXITED = "exited"  # its process ended


@attrs.frozen
class Ending:
    """When a failure, or a limit that is asked about, ends, as far as it says so itself."""

    text: str
    """As the agent wrote it: `3:45pm`, `in 12 minutes`; hostile."""
    t: float | None = None
    """In seconds of the log; `None` for a time of day, whose time zone the log does not know."""


@attrs.frozen
class Verdict:
    """What is believed of an agent, with the grounds."""

    health: Health
    reason: str
    """A code for machines: `active`, `silent`, `error-text`, `retry`, `exit-status`…"""
    rule: str
    """What decided: `generic/idle_warning`, `claude/retry`."""
    evidence: str
    """The text or fact that the rule rests on; from an agent, hence hostile."""
    since_s: float
    """Since when, in seconds of the log; negative when it began before the log."""
    ending: Ending | None = None
    """When it ends, where the screen says that."""


_BEGINNING_CHARACTERS = 40
"""Of what a reason rests on: further on its words may be cut off where that is shown."""

_TELLING_CHARACTERS = 5
"""A first word of so many says what the others only say more exactly: `error-text`, and `Error: …`."""


def grounds(reason: str, about: str, until: str = "") -> str:
    """Return a reason and what it rests on as one phrase, which says nothing twice.

    >>> grounds("question", "Which one?"), grounds("process-ended", "its process ended")
    ('question: Which one?', 'its process ended')

    Args:
        reason: Of a verdict.
        about: Its evidence, or what is asked.
        until: When it ends, where that is known.
    """
    about = about.strip()
    words, beginning = reason.replace("-", " "), f" {about[:_BEGINNING_CHARACTERS].casefold()}"
    first = words.partition(" ")[0]
    begins = len(first) >= _TELLING_CHARACTERS and beginning.startswith(f" {first}")
    if not until and (begins or f" {words}" in beginning):
        return about
    return f"{reason}{until and ' '}{until}{about and ': '}{about}"


@attrs.frozen
class Transition:
    """A change of an agent's health; the first verdict on an agent comes from `None`."""

    t: float
    """The moment at which the change was due, in seconds of the log."""
    seq: int
    """The newest record at that moment."""
    agent: str
    """The name that the agent had."""
    source: Health | None
    verdict: Verdict
    id: AgentId | None = None
    """Of the agent."""
    place: str = ""
    """`session:window.pane` of the agent then; empty where tmux did not say."""

    @property
    def lane(self) -> str:
        """What the transitions of one agent share, all along a recording.

        A session that is an agent and is made anew is the same agent; a pane is, under any name.
        """
        return lane_of(self.id, self.agent)


def lane_of(agent_id: AgentId | None, name: str) -> str:
    """Return what all that happens to one agent shares, all along a recording: see `Transition.lane`."""
    return agent_id if agent_id is not None and agent_id[:1] == "%" else name
