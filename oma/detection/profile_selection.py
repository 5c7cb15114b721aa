"""The choice of a profile for an agent, from what is known of its process and title."""

from collections.abc import Callable, Sequence

from oma.detection.profile import GENERIC, Profile
from oma.detection.shells import is_shell


def choose(
    profiles: Sequence[Profile], command: str, argv: Sequence[str], title: str, app: str = ""
) -> Profile:
    """Return the first profile that the command names, else argv, else app, else the title.

    Title and app are no sign while a shell is in the foreground: programs leave theirs behind.

    Args:
        profiles: To choose from.
        command: In the foreground, as tmux says.
        argv: Of that process; empty where it is not known.
        title: Of the pane.
        app: What a status report of the pane calls its program; a launcher hides it from tmux.

    Raises:
        LookupError: nothing fits, and `profiles` does not hold the one named `generic`.
    """
    line = " ".join(argv)
    tests: tuple[Callable[[Profile], bool], ...] = (
        lambda profile: command in profile.commands,
        lambda profile: profile.argv.search(line) is not None,
        lambda profile: not is_shell(command) and app in profile.commands,
        lambda profile: not is_shell(command) and profile.title.search(title) is not None,
    )
    for test in tests:
        for profile in profiles:
            if test(profile):
                return profile
    return named(profiles, GENERIC)


def named(profiles: Sequence[Profile], name: str) -> Profile:
    """Return the first profile with this name.

    Raises:
        LookupError: there is none.
    """
    for profile in profiles:
        if profile.name == name:
            return profile
    message = f"no profile named {name!r}"
    raise LookupError(message)
