"""What the user is told: who, of which project, what is asked, and the options.

All that an agent wrote is hostile. `title` and `lines` are printable text of bounded length, to be shown as
they are; they are no tmux formats, no markup and no words of a shell.
"""

from collections.abc import Sequence
from enum import StrEnum

import attrs

from oma.model.health import ATTENTION, Health, Transition
from oma.model.printable import printable
from oma.model.state import AgentState

TITLE_CHARACTERS = 100
LINE_CHARACTERS = 300
"""As much of a text is shown; a question with its options is shorter."""

_NAMED = 10
"""As many agents are named in a summary."""


class NotificationKind(StrEnum):
    """Why something is told."""

    NEWS = "news"
    REMINDER = "reminder"
    SUMMARY = "summary"


@attrs.frozen
class Notice:
    """One agent that the user is told of."""

    agent: AgentState
    """As it is when that is told."""
    transition: Transition
    """The change that it is told for."""
    again: bool = False
    """The user was told before, and nothing has changed."""


@attrs.frozen
class Notification:
    """One message; several agents where many came at once."""

    t: float
    """When it is told, in seconds of the log."""
    notices: tuple[Notice, ...]
    """At least one."""

    @property
    def kind(self) -> NotificationKind:
        """Why it is told."""
        if len(self.notices) > 1:
            return NotificationKind.SUMMARY
        return NotificationKind.REMINDER if self.notices[0].again else NotificationKind.NEWS

    @property
    def title(self) -> str:
        """Who needs what, on one line."""
        if len(self.notices) > 1:
            return f"{len(self.notices)} agents need you"
        notice = self.notices[0]
        return _cut(f"{_who(notice.agent)} {_state(notice)}", TITLE_CHARACTERS)

    @property
    def lines(self) -> tuple[str, ...]:
        """What is asked and the options; one agent on each line of a summary. May be empty."""
        if len(self.notices) == 1:
            return _details(self.notices[0].agent)
        shown = tuple(
            _cut(f"{_who(notice.agent)} {_state(notice)}: {_asked(notice.agent)}", LINE_CHARACTERS)
            for notice in self.notices[:_NAMED]
        )
        more = len(self.notices) - _NAMED
        return (*shown, f"and {more} more") if more > 0 else shown

    @property
    def body(self) -> str:
        """`lines` as one text."""
        return "\n".join(self.lines)


def _who(agent: AgentState) -> str:
    project = agent.project.rpartition("/")[2]
    return f"{agent.name} ({project})" if project and project != agent.name else agent.name


def _state(notice: Notice) -> str:
    still = "still " if notice.again else ""
    verdict = notice.agent.verdict
    match verdict.health:
        case Health.WAITING:
            return f"{still}asks you"
        case Health.STUCK:
            return f"is {still}stuck: {verdict.reason}"
        case Health.EXITED:
            return "has ended"
        case Health.IDLE if verdict.reason == ATTENTION:
            return f"{still}shows a screen that needs a look"
        case Health.IDLE:
            return f"is {still}idle: {verdict.reason}"
        case _:
            return f"is {still}at work"


def _details(agent: AgentState) -> tuple[str, ...]:
    """Return question, subject and options, each on a line; else the evidence."""
    dialog = agent.dialog
    if dialog is None:
        return _lines([agent.verdict.evidence])
    options = " · ".join(f"{o.key}. {o.label}" if o.key else o.label for o in dialog.options)
    return _lines([dialog.question, " · ".join(dialog.subject.splitlines()), options])


def _asked(agent: AgentState) -> str:
    return agent.dialog.asked if agent.dialog is not None else agent.verdict.evidence


def _lines(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(_cut(text, LINE_CHARACTERS) for text in texts if text.strip())


def _cut(text: str, most: int) -> str:
    shown = printable(" ".join(text[: 4 * most].split()))
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"
