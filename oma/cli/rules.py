"""What agents are judged by when a recording is read: the rules that it carries, or others.

`--config FILE` judges as a live `oma --config FILE` would today, with the profiles in force now;
`--profiles DIR` takes those of a folder in place of the person's own.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

from oma.cli.setting import profiles_in, profiles_in_force, thresholds
from oma.config.load import config_from_mapping, load_config
from oma.config.profiles import packaged_profiles
from oma.config.schema import Config
from oma.detection.profile import GENERIC, Profile
from oma.detection.reading import profile_from_mapping
from oma.errors import ConfigError, RecordingError
from oma.recording.format import Header
from oma.reducers.agent import Rules


def carried_rules(header: Header, arguments: argparse.Namespace, source: str) -> Rules:
    """Return the rules that a recording carries, unless the command line gives others.

    Raises:
        ConfigError: an option or a profile is wrong or not known.
        RecordingError: the header holds something else than profiles.
    """
    config = carried_config(header, arguments, source)
    profiles = chosen_profiles(arguments) or _carried_profiles(header, source)
    return Rules(profiles, thresholds(config), forced_profile(profiles, arguments.profile))


def carried_config(header: Header, arguments: argparse.Namespace, source: str) -> Config:
    """Return the configuration that a recording carries, unless `--config` gives another.

    Raises:
        ConfigError: an option is wrong.
    """
    explicit: str | None = getattr(arguments, "config", None)
    if explicit is not None:
        return load_config(Path(explicit))
    return config_from_mapping(header.config, source)


def chosen_profiles(arguments: argparse.Namespace) -> tuple[Profile, ...]:
    """Return the profiles that the command line gives; none where it gives no rules.

    Raises:
        ConfigError: `--profiles` names no folder, or one with a wrong profile.
    """
    if arguments.profiles is not None:
        return profiles_in(Path(arguments.profiles))
    return profiles_in_force() if getattr(arguments, "config", None) is not None else ()


def other_rules(arguments: argparse.Namespace) -> str:
    """Name the rules that the command line gives; empty when those of the recording judge."""
    config: str | None = getattr(arguments, "config", None)
    given = [] if config is None else [Path(config).name]
    if arguments.profiles is not None:
        given.append(f"profiles in {arguments.profiles}")
    elif config is not None:
        given.append("profiles of today")
    if arguments.profile is not None:
        given.append(f"every agent as {arguments.profile}")
    return ", ".join(given)


def forced_profile(profiles: Iterable[Profile], name: str | None) -> Profile | None:
    """Return the profile called `name`, `None` for no name.

    Raises:
        ConfigError: there is none; the text lists those that there are.
    """
    if name is None:
        return None
    known = {profile.name: profile for profile in profiles}
    if name not in known:
        message = f"--profile {name!r}: unknown profile; known are {', '.join(known)}"
        raise ConfigError(message)
    return known[name]


def _carried_profiles(header: Header, source: str) -> tuple[Profile, ...]:
    profiles = []
    for name, definition in header.profiles.items():
        if not isinstance(definition, dict):
            message = f"{source}: the header's profile {name!r} is no object"
            raise RecordingError(message)
        profiles.append(profile_from_mapping(name, definition, source))
    if GENERIC not in header.profiles:  # a header may leave profiles out
        profiles += [profile for profile in packaged_profiles() if profile.name == GENERIC]
    return tuple(profiles)
