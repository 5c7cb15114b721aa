"""Rules that every profile has behind its own: what shapes alone say of any agent, known or not."""

from oma.detection import line_shapes as shapes
from oma.detection.claims import PRIORITY_DIALOG, PRIORITY_MARKER, PRIORITY_PROMPT, PRIORITY_TITLE
from oma.detection.patterns import NO_PATTERNS, PatternSet
from oma.detection.profile import Rule, RuleState
from oma.detection.scope import Region, Scope

_SPINNING_TITLE = PatternSet.of((r"^[⠁-⣿◐-◓⏳🌑-🌘]",), "oma.detection.shape_rules")

SHAPE_RULES: tuple[Rule, ...] = (
    Rule(
        name="dialog-shape",
        state=RuleState.WAITING,
        reason="question",
        scope=Scope(Region.DIALOG),
        any=NO_PATTERNS,
        hold_s=0.1,
        priority=PRIORITY_DIALOG,
    ),
    Rule(
        name="panel-shape",
        state=RuleState.IDLE,
        reason="panel",
        scope=Scope(Region.PANEL),
        any=NO_PATTERNS,
        hold_s=0.7,
        priority=PRIORITY_PROMPT,
    ),
)
"""For every agent. A panel that the user opened gives way to every sign of work."""

GENERIC_RULES: tuple[Rule, ...] = (
    Rule(
        name="marker-shape",
        state=RuleState.WORKING,
        reason="working",
        scope=Scope(Region.BOTTOM, 20),
        any=shapes.SHAPES[shapes.WORKING.bit_length() - 1],
        hold_s=0.0,
        priority=PRIORITY_MARKER,
    ),
    Rule(
        name="title-shape",
        state=RuleState.WORKING,
        reason="working",
        scope=Scope(Region.TITLE),
        any=_SPINNING_TITLE,
        hold_s=0.0,
        priority=PRIORITY_TITLE,
    ),
)
"""For agents of which nothing else is known."""
