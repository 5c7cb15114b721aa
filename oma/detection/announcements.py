"""What a program announces by escape sequences: its progress, calls for its user, its prompt.

Progress is OSC 9;4; a call is a notification (OSC 9, 99, 777) or the bell; prompt marks are OSC 133.
None of them says for how long it holds. So progress counts until the screen shows an agent at rest, and
a call until the program goes on with its work: it speaks where no rule explains the screen.
"""

import math

import attrs

from oma.detection.claims import PRIORITY_ERROR_TEXT, PRIORITY_TITLE, Claim, moment
from oma.detection.patterns import PatternSet
from oma.model.health import Health
from oma.model.signals import Bell, Notified, ProgressShown, PromptMarked, Signal

STALE_S = 1.0
"""How long a screen at rest has to stand to outweigh progress that was never taken back."""

FAILED_S = 0.5
"""How long a failed progress has to stand: as long as a rule for errors."""

_RUNNING = frozenset({1, 3})
_FAILED = 2

# Words by which a notification asks for something; any other one tells that something is done.
_ASKS = PatternSet.unchecked(
    [
        r"\?\s*$",
        r"\b(permission|approv\w+|confirm\w*|allow|question|input|answer|respond|sign in|log ?in)\b",
        r"\b(needs?|waits?|waiting|awaits?|awaiting)\b.*\b(you|your|for|attention|review)\b",
    ],
    "oma.detection.announcements",
)


@attrs.frozen
class Announced:
    """What stands of all that a program announced; every text in it is hostile."""

    progress: ProgressShown | None = None
    """`None` where nothing was shown, or it was taken back."""
    progress_s: float = -math.inf
    """When it last changed, in seconds of the log."""
    call: str | None = None
    """Text of the last notification; empty for the bell, `None` where there was no call."""
    call_s: float = -math.inf
    at_prompt: bool = False
    """The last prompt mark says that a prompt stands there, and no command runs."""

    def after(self, t: float, signal: Signal) -> "Announced":
        """Return what stands after `signal` came at `t`; a signal of another kind changes nothing."""
        match signal:
            case ProgressShown() if signal != self.progress:
                return attrs.evolve(self, progress=signal if signal.state else None, progress_s=t)
            case Notified(text):
                return attrs.evolve(self, call=text, call_s=t)
            case Bell() if self.call_s != t:  # beside a notification it adds nothing
                return attrs.evolve(self, call="", call_s=t)
            case PromptMarked(mark):
                return attrs.evolve(self, at_prompt=mark in {"A", "B"})
            case _:
                return self

    @property
    def asks(self) -> bool:
        """Whether the call asks for something."""
        return bool(self.call) and _ASKS.search(self.call or "") is not None


NOTHING = Announced()
"""What stands at first."""


def progress_claims(
    profile: str, announced: Announced, idle_screen_s: float | None
) -> tuple[Claim, ...]:
    """Return the claim of the progress that is shown, if it makes one.

    Args:
        profile: Name that opens the name of the rule.
        announced: Holds the progress.
        idle_screen_s: Since when the screen shows an idle agent; `None` if it does not.
    """
    shown, since_s = announced.progress, announced.progress_s
    if shown is None:  # nearly always
        return ()
    rule, end_s = f"{profile}/progress", math.inf
    if idle_screen_s is not None:
        end_s = moment(max(idle_screen_s, since_s), STALE_S)
    if shown.state in _RUNNING:
        part = "" if shown.percent is None else f" of {shown.percent} %"
        said, firm_s = f"shows progress{part} (OSC 9;4)", since_s
        return (Claim(Health.OK, "working", rule, said, since_s, firm_s, PRIORITY_TITLE, end_s),)
    if shown.state != _FAILED:
        return ()
    said, firm_s = "shows a failed progress (OSC 9;4;2)", moment(since_s, FAILED_S)
    return (Claim(Health.STUCK, "error", rule, said, since_s, firm_s, PRIORITY_ERROR_TEXT, end_s),)
