"""Rules that every profile has behind its own: what shapes alone say of any agent, known or not."""

from oma.detection import line_shapes as shapes
from oma.detection.claims import (
    PRIORITY_DIALOG,
    PRIORITY_ERROR_LINE,
    PRIORITY_MARKER,
    PRIORITY_PROMPT,
    PRIORITY_TITLE,
)
from oma.detection.patterns import NO_PATTERNS, PatternSet
from oma.detection.profile import Rule, RuleState
from oma.detection.scope import Region, Scope

_HERE = "oma.detection.shape_rules"

_SPINNING_TITLE = PatternSet.unchecked((r"^[⠁-⣿◐-◓⏳🌑-🌘]",), _HERE)

_ASKING_TITLE = PatternSet.unchecked(
    (
        r"\b(?:action|approval|confirmation|permission|input) (?:required|needed|requested)\b"
        r"|\b(?:needs|waiting for|awaiting) (?:your )?(?:approval|confirmation|permission|answer)\b",
    ),
    _HERE,
)

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

_SIGNS = r"[\s●⏺✗✕✖×❌■⚠!*⎿│┃:\x{FE0F}]*"
"""What may stand before a failure."""

_STOP = r"(?:\s*$|\s*[.:;,!—–·•(\[-])"
"""Prose goes on with another word."""

_FAILURES = PatternSet.unchecked(
    (
        rf"^{_SIGNS}(?:\w+ ){{0,3}}?\w*(?:error|exception)(?: \(?\w+\)?)?: .*\b(?:rate.?limit|too many requests|usage limit"
        r"|quota|overloaded|unauthori[sz]ed|invalid api key|credits?|context (?:window|length)|connection"
        r"|network|timed? ?out|unavailable|401|403|429|5(?:00|02|03|04|29))\b",
        rf"^{_SIGNS}error\s{{2,}}.*\b(?:unauthori[sz]ed|forbidden|rate.?limit|overloaded|quota"
        r"|invalid|expired|credits?|timed? ?out|unavailable)\b",
        rf"^{_SIGNS}(?:\d+: )?(?:you(?:'ve| have)? (?:hit|reached|exceeded|used up) .*(?:limit|quota|credits)"
        r"|too many requests\b|rate limit(?:ed)? (?:exceeded|reached|hit)\b"
        r"|(?:usage|session|weekly|daily|monthly|request) limit (?:reached|exceeded)\b)",
        rf"^{_SIGNS}(?:(?:your|the|api|model) ){{0,2}}(?:(?:session|login|log-?in|token|credentials|api key|subscription)"
        r" (?:has |have |is |was )?(?:expired|revoked|invalid)|authentication (?:failed|required)"
        r"|context (?:window|length|limit) (?:is )?(?:full|exceeded|reached|exhausted)"
        rf"|credits? (?:are |is )?(?:exhausted|used up|depleted)|rate.?limited){_STOP}",
        rf"^{_SIGNS}(?:http|status|code)(?:/\d\.\d)?:? ?(?:error )?(?:401|402|403|429|5\d\d)(?: (?:unauthori[sz]ed|forbidden"
        rf"|payment required|too many requests|internal server error|bad gateway|service unavailable|gateway timeout))?{_STOP}",
        rf"^{_SIGNS}(?:invalid|incorrect|missing|expired|no) (?:api key|token|credentials){_STOP}",
        rf"^{_SIGNS}(?:(?:your|the) )?(?:prompt|input|conversation|context) is too long{_STOP}",
        rf"^{_SIGNS}(?:(?:your|the) )?billing (?:account )?is (?:inactive|not (?:active|enabled|set up)){_STOP}",
        rf"^{_SIGNS}(?:[\w.]+ ){{0,3}}E(?:CONN\w{{3,8}}|NOTFOUND|TIMEDOUT|AI_AGAIN|PIPE)\b",
        rf"^{_SIGNS}(?:you(?:'re| are) |we(?:'re| are) )?out of (?:\w+ )?(?:credits?|quota|tokens|requests){_STOP}",
        rf"^{_SIGNS}you(?:'ve| have)? (?:used (?:all|up)|exhausted|run out of) .*"
        r"\b(?:requests|allowance|quota|credits|tokens|budget|usage|limit)\b",
        rf"^{_SIGNS}(?:\w+ ){{0,4}}(?:has |have )?(?:hit|reached|exceeded) (?:a|an|the|its|your) (?:\w+ )?(?:token|context|rate|usage|spending)"
        rf" (?:limit|window){_STOP}",
        rf"^{_SIGNS}(?:\w+ ){{0,2}}(?:connection|network|request|socket) (?:timeout|timed out|refused|reset|lost|closed|failed){_STOP}",
    ),
    _HERE,
)
"""A failure in the agent's own words: how it is called, and which."""

_RETRIES = PatternSet.unchecked(
    (
        rf"^{_SIGNS}(?:\w+ ){{0,3}}?(?:rate.?limit\w*|overloaded|too many requests|timed? ?out|connection|network|unavailable"
        r"|error|429|5(?:00|02|03|04|29))\b[\w ]{0,24}[.:;,—–·•()\[\]|-].{0,60}?\b(?:retry(?:ing)?|try(?:ing)? again|waiting)\b.{0,12}"
        r"\b\d+(?:\.\d+)? ?(?:s|secs?|seconds|m|min|minutes)\b",
        rf"^{_SIGNS}(?:retrying|trying again|reconnecting)\b.{{0,40}}\b\d+ ?(?:/|of) ?\d+\b",
    ),
    _HERE,
)
"""It waits before it tries again: what failed and for how long, or which try it is."""

_ALWAYS_SHOWN = PatternSet.unchecked(
    (
        r"\b(?:enter|return|↵|⏎):? (?:to )?send\b|(?:^|[\s·|])/help\b|(?:^|[\s·|])/ (?:for )?commands\b|! (?:for )?bash\b"
        r"|\bctrl[+-][cd] (?:to )?(?:quit|exit)\b",
    ),
    _HERE,
)
"""Keys that are told of whether an agent works or not; that of interrupting it may be among them."""

_COMPOSERS = PatternSet.unchecked(
    (
        r"^\s{0,3}[│┃║]?\s{0,3}(?:[^\w\s│┃║]\x{FE0F}? )?[❯›>»⟩➜→](?: |$)",
        r"^\s*[╰└╚┗╹][─━═▀]",
        r"^\s{0,2}[\[(][^\])]+[\])][^<>]*> ?$",
    ),
    _HERE,
)
"""Where the user types, or the edge of a box around it: an agent that goes on shows none below its log."""

_GOES_ON = PatternSet.unchecked((r"^\s{0,2}[●⏺•◦✦◆⎿✓✔]\s+\S",), _HERE)

GENERIC_RULES: tuple[Rule, ...] = (
    Rule(
        name="error",
        state=RuleState.STUCK,
        reason="error",
        scope=Scope(Region.BOTTOM, 6),
        any=_FAILURES,
        also=_COMPOSERS,
        unless=shapes.patterns_of(shapes.WORKING),
        unless_below=_GOES_ON,
        hold_s=1.0,
        priority=PRIORITY_ERROR_LINE,
    ),
    Rule(
        name="retry",
        state=RuleState.STUCK,
        reason="retry",
        scope=Scope(Region.BOTTOM, 4),
        any=_RETRIES,
        unless_below=_GOES_ON,
        hold_s=1.0,
        priority=PRIORITY_ERROR_LINE,
    ),
    Rule(
        name="marker-shape",
        state=RuleState.WORKING,
        reason="working",
        scope=Scope(Region.BOTTOM, 20),
        any=shapes.patterns_of(shapes.WORKING),
        exceptions=_ALWAYS_SHOWN,
        hold_s=0.0,
        priority=PRIORITY_MARKER,
    ),
    Rule(
        name="title-asks",
        state=RuleState.WAITING,
        reason="question",
        scope=Scope(Region.TITLE),
        any=_ASKING_TITLE,
        hold_s=0.1,
        priority=PRIORITY_TITLE,
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
