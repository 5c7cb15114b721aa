"""The thresholds that a user configures. Values only."""

import attrs


@attrs.frozen
class Thresholds:
    """When silence means something, and which words in the output of an unknown agent do."""

    idle_warning_s: float = 60.0
    """Silence after which an agent is idle."""
    idle_critical_s: float = 300.0
    """Silence after which an agent is stuck."""
    error_patterns: tuple[str, ...] = ("error", "failed", "rate limit", "exception")
    """For agents without a profile: phrases, or re2 patterns (`patterns.word_patterns`)."""
    error_settle_s: float = 1.0
    """How long such a text must stand at the bottom of the screen; 0 is at once."""
