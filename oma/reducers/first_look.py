"""The first look: what the first verdict on an agent waits for, and how long at the most.

Silence alone would call an agent stuck that has been at its prompt for an hour. So nothing is told
before its screen was looked at; and no alarm, nor anything of an agent of an unknown kind, before
its processes are known, for they may tell of a kind, or of a tool at work.
"""

import math

import attrs

from oma.detection.judge import Judge
from oma.model.health import Health, Verdict
from oma.reducers.pane import PaneFold

SCREEN_PATIENCE_S = 10.0
"""How long the screen is waited for: our clients attach one after the other, so the last of some
hundreds needs seconds."""

SAMPLE_PATIENCE_S = 3.0
"""How long processes are waited for: those of one that is not ours may never be known."""

_NOT_AWAITED = -math.inf


@attrs.define
class FirstLook:
    """Owner of the moments until which an agent's first verdict waits.

    Args:
        opened_s: When tmux first told of the session.
        may_be_other: Its processes may tell that it is of another kind.
    """

    opened_s: float
    may_be_other: bool = True
    _screen_due_s: float = attrs.field(init=False)
    _sample_due_s: float = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._screen_due_s = round(self.opened_s + SCREEN_PATIENCE_S, 6)
        self._sample_due_s = round(self.opened_s + SAMPLE_PATIENCE_S, 6)

    def pass_time(self, t: float) -> None:
        """Give up what has not come by `t`."""
        if self._screen_due_s <= t:
            self._screen_due_s = _NOT_AWAITED
        if self._sample_due_s <= t:
            self._sample_due_s = _NOT_AWAITED

    def expect_no_screen(self) -> None:
        """Take that no screen will come."""
        self._screen_due_s = _NOT_AWAITED

    def awaits_screen(self, pane: PaneFold) -> bool:
        """Say whether the screen of the pane is yet to come."""
        return not pane.was_captured and self._screen_due_s > _NOT_AWAITED

    def awaits_sample(self, pane: PaneFold, judge: Judge, verdict: Verdict) -> bool:
        """Say whether the processes of the pane are yet to come, and matter to this verdict."""
        matters = verdict.health is Health.STUCK or (self.may_be_other and not judge.profile.rules)
        return matters and pane.sample is None and self._sample_due_s > _NOT_AWAITED

    def deadline_s(self) -> float:
        """Return the next moment at which something is given up, or `inf`."""
        due_s = (self._screen_due_s, self._sample_due_s)
        return min((each for each in due_s if each > _NOT_AWAITED), default=math.inf)
