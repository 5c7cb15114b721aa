"""Rules that every profile has behind its own: what shapes alone say of any agent, known or not."""

from oma.detection import line_shapes as shapes
from oma.detection.claims import PRIORITY_DIALOG, PRIORITY_MARKER, PRIORITY_PROMPT, PRIORITY_TITLE
from oma.detection.patterns import PatternSet
from oma.detection.profile import Rule, RuleState
from oma.detection.scope import Region, Scope

_NOTHING = PatternSet.of((), "oma.detection.shape_rules")
_SPINNING_TITLE = PatternSet.of((r"^[⠁-⣿◐-◓⏳🌑-🌘]",), "oma.detection.shape_rules")


def _rule(
    name: str,
    state: RuleState,
    reason: str,
    scope: Scope,
    found: PatternSet,
    hold_s: float,
    priority: int,
) -> Rule:
    return Rule(
        name=name,
        state=state,
        reason=reason,
        scope=scope,
        any=found,
        exceptions=_NOTHING,
        also=_NOTHING,
        unless=_NOTHING,
        unless_below=_NOTHING,
        above=_NOTHING,
        below=_NOTHING,
        hold_s=hold_s,
        linger_s=0.0,
        priority=priority,
    )


SHAPE_RULES: tuple[Rule, ...] = (
    _rule(
        "dialog-shape",
        RuleState.WAITING,
        "question",
        Scope(Region.DIALOG),
        _NOTHING,
        0.1,
        PRIORITY_DIALOG,
    ),
    _rule(
        "panel-shape",
        RuleState.IDLE,
        "panel",
        Scope(Region.PANEL),
        _NOTHING,
        0.7,
        PRIORITY_PROMPT,
    ),
)
"""For every agent. A panel that the user opened gives way to every sign of work."""

GENERIC_RULES: tuple[Rule, ...] = (
    _rule(
        "marker-shape",
        RuleState.WORKING,
        "working",
        Scope(Region.BOTTOM, 20),
        shapes.SHAPES[shapes.WORKING.bit_length() - 1],
        0.0,
        PRIORITY_MARKER,
    ),
    _rule(
        "title-shape",
        RuleState.WORKING,
        "working",
        Scope(Region.TITLE),
        _SPINNING_TITLE,
        0.0,
        PRIORITY_TITLE,
    ),
)
"""For agents of which nothing else is known."""
