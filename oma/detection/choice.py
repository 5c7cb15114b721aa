"""The choice of a profile for an agent, from what is known of its process and title."""

from collections.abc import Callable, Sequence

from oma.detection.profile import GENERIC, Profile
from oma.detection.shells import is_shell


def choose(profiles: Sequence[Profile], command: str, argv: Sequence[str], title: str) -> Profile:
    """Return the first profile that the command names, else that argv, else that the title fits.

    A title is no sign while a shell is in the foreground: programs leave theirs behind.

    Raises:
        LookupError: nothing fits, and `profiles` does not hold the one named `generic`.
    """
    line = " ".join(argv)
    tests: tuple[Callable[[Profile], bool], ...] = (
        lambda profile: command in profile.commands,
        lambda profile: profile.argv.search(line) is not None,
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
