"""What `oma doctor` found: one thing that was looked at, on one line."""

import attrs


@attrs.frozen
class Finding:
    """One thing that was looked at."""

    about: str
    """What was looked at, in a word."""
    ok: bool
    """It keeps nothing from working."""
    text: str
    """What was found, and what to do."""
    warning: bool = False
    """It keeps nothing from working now, and is to be known all the same."""

    @property
    def label(self) -> str:
        """How it begins on its line."""
        if not self.ok:
            return "BAD "
        return "warn" if self.warning else "ok  "


def warning(about: str, text: str) -> Finding:
    """Return a finding that is to be known."""
    return Finding(about, ok=True, text=text, warning=True)
