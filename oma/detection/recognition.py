"""Whether an agent of a known kind runs in a pane, and what told of it."""

from collections.abc import Iterable, Sequence

import attrs

from oma.detection.patterns import PatternSet
from oma.detection.profile import Profile
from oma.detection.programs import program_names

BOTTOM_ROWS = 40
"""So much of a screen is looked at, from its last line with text up."""

_OWN_SCREEN = PatternSet.unchecked(["^ *oma +Agents: \\d+/\\d+ active\\b"], "the dashboard")
"""The dashboard shows the screens of agents, and is none."""

LONGEST = 200
"""Characters of evidence."""


@attrs.frozen
class Recognition:
    """An agent, as far as it was recognised."""

    profile: str
    way: str
    """`process`, `title`, `screen`, `report`; or `option`, where the user said so."""
    evidence: str
    """The command line, title or line, or what a report says; hostile."""
    headless: bool = False
    """The command line is that of a run that nobody looks at."""


def by_command(profiles: Sequence[Profile], command: str) -> Recognition | None:
    """Recognise an agent by the foreground command, as tmux names it."""
    for profile in profiles:
        if command in profile.commands:
            return Recognition(profile.name, "process", command)
    return None


def by_processes(
    profiles: Sequence[Profile], command_lines: Iterable[Sequence[str]]
) -> Recognition | None:
    """Recognise an agent by the command lines in the foreground of a pane, parents first."""
    for argv in command_lines:
        names, line = program_names(argv), " ".join(argv)
        for profile in profiles:
            if not profile.commands.isdisjoint(names) or profile.argv.search(line) is not None:
                return Recognition(
                    profile.name, "process", line[:LONGEST], profile.is_headless(argv)
                )
    return None


def by_report(profiles: Sequence[Profile], app: str) -> Recognition | None:
    """Recognise an agent by the name under which it reports."""
    for profile in profiles:
        if app == profile.name or app in profile.commands:
            return Recognition(profile.name, "report", app)
    return None


def by_title(profiles: Sequence[Profile], title: str) -> Recognition | None:
    """Recognise an agent by the title of its pane."""
    for profile in profiles:
        if profile.title.search(title) is not None:
            return Recognition(profile.name, "title", title[:LONGEST])
    return None


def by_screen(profiles: Sequence[Profile], lines: Sequence[str]) -> Recognition | None:
    """Recognise an agent by what it paints; the lowest line that is a known one's decides."""
    if any(_OWN_SCREEN.search(line) is not None for line in lines[:3]):
        return None
    shown = [line for line in lines if line.strip()][-BOTTOM_ROWS:]
    for line in reversed(shown):
        for profile in profiles:
            if profile.screen.search(line) is not None:
                return Recognition(profile.name, "screen", line.strip()[:LONGEST])
    return None
