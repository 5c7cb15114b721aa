"""Hold times: from when on a rule that matches counts.

A frame that is drawn in parts may look for a moment like something else, so a rule has to match for its hold time. A
question need not wait for all of it: it counts as soon as the screen stands still, or at once where the program marks
its frames and this one is whole. One that came and went of late has to hold for the whole time.
"""

import attrs

from oma.detection.claims import moment
from oma.detection.profile import Rule, RuleState

SETTLED_S = 0.01
"""So long nothing is printed once a frame is whole; what a program writes at once comes within a few milliseconds."""

LONGEST_S = 0.1
"""A rule for a question that has a longer hold time means it."""

LONGEST_REST_S = 0.3
"""A rule for rest that has a longer hold time means it."""

WARY_S = 5.0
"""So long a question that went before it had held is not believed sooner than any other rule."""

_LONGEST_S = {RuleState.WAITING: LONGEST_S, RuleState.IDLE: LONGEST_REST_S}


@attrs.define
class HoldTimes:
    """Owner of which questions came and went of late."""

    _flickered_s: dict[str, float] = attrs.Factory(dict)
    """When that was, by the names of rules."""

    def firm_s(
        self, t: float, rule: Rule, since_s: float, *, is_whole: bool, is_new: bool
    ) -> float:
        """Return from when on a rule counts, if nothing changes after `t`.

        Args:
            t: When the screen was looked at last.
            rule: It matches.
            since_s: Since when.
            is_whole: The program says that the frame is whole.
            is_new: Nothing but silence has said anything of the agent yet.
        """
        held_s = moment(since_s, rule.hold_s)
        if rule.hold_s > _LONGEST_S.get(rule.state, 0.0):
            return held_s
        if rule.state is RuleState.IDLE and not is_new:
            return held_s
        flickered_s = self._flickered_s.get(rule.name)
        if flickered_s is not None and t <= flickered_s + WARY_S:
            return held_s
        return min(held_s, t if is_whole else moment(t, SETTLED_S))

    def missed(self, t: float, rule: Rule, since_s: float) -> bool:
        """Take that a rule matches no more; say whether it had not held for its hold time."""
        if t >= moment(since_s, rule.hold_s):
            return False
        if rule.state is RuleState.WAITING:
            self._flickered_s[rule.name] = t
        return True
