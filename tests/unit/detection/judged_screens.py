"""What an agent is judged to be when a screen has stood for ten seconds, for the tables of small screens."""

from oma.config.profiles import packaged_profiles
from oma.detection.evidence import Evidence
from oma.detection.judge import Judge
from oma.detection.profile_selection import named
from oma.detection.thresholds import Thresholds

PROFILES = packaged_profiles()

ABOVE = (
    "› go on\n  2. second\n    └ ok\n[y/n] is what it asked",
    "● Done.\n  1. first\n  2. second\n> do it\n  ◻ task",
    "❯ /fix it\n● I look at it.\nesc to interrupt is the footer\n╭──────────╮\n│ text     │\n╰──────────╯",
    "Do you want to know more?\n❯ mend the parser\n\n$ make\nError: something odd",
)
"""What an agent may have said before it asks."""


def health_of(profile, screen):
    """Return it; the cursor is on the last line with text, and the first line break is left out."""
    lines = tuple(line.rstrip() for line in screen.removeprefix("\n").split("\n"))
    judge = Judge(named(PROFILES, profile), Thresholds(), 0.0)
    judge.look(0.0, Evidence(("",), 0, 0, "", profile))
    judge.active(1.0)
    judge.look(1.0, Evidence(lines, len(lines) - 1, 0, "", profile, columns=120))
    return judge.verdict(12.0).health
