"""Which texts may be sent to agents from a browser: patterns that allow, and that forbid.

This is a fence for `send`, and not for a terminal: what is typed there cannot be read as text.
"""

from collections.abc import Iterable

import attrs

from oma.detection.patterns import PatternSet


@attrs.frozen
class SendFilter:
    """The patterns in force; case is ignored."""

    _allow: PatternSet
    _deny: PatternSet

    @classmethod
    def of(cls, allow: Iterable[str], deny: Iterable[str]) -> "SendFilter":
        """Compile the patterns; without one that allows, everything is allowed.

        Raises:
            ConfigError: One of them is no pattern.
        """
        return cls(
            PatternSet.of(allow, "[web] send_allow"), PatternSet.of(deny, "[web] send_deny")
        )

    def denial_reason(self, text: str) -> str:
        """Return why the text must not be sent; empty where it may.

        What forbids is looked for in the whole text; what allows has to be found in each line
        that is not blank.
        """
        if self._deny.search(text) is not None:
            return "[web] send_deny forbids this text"
        lines = [line for line in text.splitlines() if line.strip()]
        if self._allow.sources and not all(self._allow.search(line) for line in lines):
            return "[web] send_allow does not allow this text"
        return ""
