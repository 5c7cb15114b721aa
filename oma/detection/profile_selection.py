"""The choice of a profile for an agent, from what is known of its process and title."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from oma.detection.patterns import REMEMBERED_LINES, PatternSet
from oma.detection.profile import Profile
from oma.detection.recognition import LONGEST, Recognition
from oma.detection.shells import is_shell


def recognise(
    profiles: Sequence[Profile], command: str, argv: Sequence[str], title: str, app: str = ""
) -> Recognition | None:
    """Recognise the first profile that the command names, else argv, else app, else the title.

    Title and app are no sign while a shell is in the foreground: programs leave theirs behind.

    Args:
        profiles: To choose from.
        command: In the foreground, as tmux says.
        argv: Of that process; empty where it is not known.
        title: Of the pane.
        app: What a status report of the pane calls its program; a launcher hides it from tmux.
    """
    line = " ".join(argv)
    tests: list[tuple[str, str, Callable[[Profile], bool]]] = [
        ("process", command, lambda profile: command in profile.commands),
        ("process", line, lambda profile: _finds(profile.argv, line)),
    ]
    if not is_shell(command):
        tests += [
            ("report", app, lambda profile: app in profile.commands),
            ("title", title, lambda profile: _finds(profile.title, title)),
        ]
    for way, evidence, test in tests:
        for profile in profiles if evidence else ():
            if test(profile):
                return Recognition(profile.name, way, evidence[:LONGEST])
    return None


@lru_cache(REMEMBERED_LINES)
def _finds(patterns: PatternSet, text: str) -> bool:
    return patterns.search(text) is not None


def named(profiles: Sequence[Profile], name: str) -> Profile:
    """Return the first profile with this name.

    Raises:
        LookupError: there is none.
    """
    for profile in profiles:
        if profile.name == name:
            return profile
    raise LookupError(f"no profile named {name!r}")
