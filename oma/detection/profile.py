"""Profiles: how one kind of agent looks when it works, waits, rests or fails. Values only.

They are data (`profiles/*.toml`), so that a new agent needs no code. A rule says where on the screen to
look, for which patterns, and what that means; `oma.detection.judge` weighs what matches.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

import attrs

from oma.detection.conversation import Conversations
from oma.detection.patterns import NO_PATTERNS, PatternIndex, PatternSet
from oma.detection.programs import nested_lines
from oma.detection.scope import Scope

REMEMBERED_COMMAND_LINES = 1024
"""Every look asks for that of its agent, which stays as it is."""

GENERIC = "generic"
"""Name of the profile of agents that no other profile matches."""


STATUS_FILES = ("claude",)
"""The kinds of agents whose status files are understood."""


class RuleState(StrEnum):
    """What a rule says of the agent, in the words of a profile."""

    WORKING = "working"
    IDLE = "idle"  # at its prompt
    WAITING = "waiting"  # asks the user something
    STUCK = "stuck"  # retries, or gave up with an error
    EXITED = "exited"  # last words; believed when the shell is back, never alone


@attrs.frozen
class Rule:
    """One thing that an agent of this kind shows.

    It matches when a line of its scope, between `above` and `below`, matches one of `any`, a line
    of its scope matches one of `also`, if there are such, none matches one of `unless`, and none below
    that line matches one of `unless_below`.
    """

    name: str
    state: RuleState
    reason: str
    scope: Scope
    any: PatternSet
    hold_s: float
    """How long it has to match before it counts."""
    priority: int
    """Against other evidence: see `oma.detection.claims`."""
    linger_s: float = 0.0
    """How long it counts after it ceased to match, while the screen says nothing else."""
    exceptions: PatternSet = NO_PATTERNS
    """A line that matches one of these is none that `any` finds."""
    also: PatternSet = NO_PATTERNS
    unless: PatternSet = NO_PATTERNS
    above: PatternSet = NO_PATTERNS
    """`any` looks above the last line that matches this, where one does."""
    unless_below: PatternSet = NO_PATTERNS
    """None of these matches below the line that `any` found: the agent went on after it."""
    below: PatternSet = NO_PATTERNS
    """`any` then looks below the last line that matches this, where one does."""
    is_last: bool = False
    """Nothing follows the paragraph of the line that `any` found: the agent went on after it."""


def pattern_sets(rule: Rule) -> tuple[PatternSet, ...]:
    """Return everything that a rule looks for, always in one order."""
    return (
        rule.any,
        rule.exceptions,
        rule.also,
        rule.unless,
        rule.unless_below,
        rule.above,
        rule.below,
    )


@attrs.frozen
class Profile:
    """How to know one kind of agent, and what its screen means."""

    name: str
    source: str
    """The file that it comes from."""
    commands: frozenset[str]
    argv: PatternSet
    title: PatternSet
    screen: PatternSet
    """Lines that no other program shows: for an agent whose processes are elsewhere."""
    resume: str | None
    """Command that continues the last session in a directory."""
    conversations: Conversations
    """How it goes on with the very conversation that is meant."""
    reads_reports: bool
    """Status reports (OSC 7501) of this agent are believed."""
    status_file: str
    """The kind of agent whose status file this one keeps; empty for none that is read."""
    reads_error_patterns: bool
    """The configured `error_patterns` are applied: for agents of which nothing is known."""
    no_progress_s: float
    """How long a working agent's screen may stand still before it is stuck."""
    tool_no_progress_s: float
    """The same while a tool of the agent runs."""
    tool: PatternSet
    """Lines that say that a tool runs."""
    headless: PatternSet
    """Command lines of a run that nobody looks at: it works until it is over, whatever it prints."""
    chatter: PatternSet
    """Lines that an agent shows to pass the time: tips, mottoes."""
    rules: tuple[Rule, ...]
    """Its own."""
    every_rule: tuple[Rule, ...] = attrs.field(repr=False)
    """Those, and behind them what shapes alone say."""
    index: PatternIndex = attrs.field(repr=False)
    """Every shape, and every pattern set of the rules, `chatter` and `tool`."""
    definition: Mapping[str, object] = attrs.field(repr=False, eq=False)
    """What it was built from, in TOML's types: a recording carries it, to explain itself."""

    def is_headless(self, argv: Sequence[str]) -> bool:
        """Say whether a command line starts a run without a screen.

        It is matched with one blank between words, and `_` for those within a word: a prompt that names
        an option is none.
        """
        return _is_headless(self.headless, tuple(argv))


@lru_cache(REMEMBERED_COMMAND_LINES)
def _is_headless(headless: PatternSet, argv: tuple[str, ...]) -> bool:
    return any(
        headless.search(" ".join("_".join(word.split()) for word in line)) is not None
        for line in nested_lines(argv)
    )
