"""What agents are judged by when a recording is read: the rules that it carries."""

import argparse
from collections.abc import Iterable
from pathlib import Path

from oma.cli.setting import thresholds
from oma.config.load import config_from_mapping, load_config
from oma.config.profiles import packaged_profiles
from oma.config.schema import Config
from oma.detection.profile import GENERIC, Profile
from oma.detection.reading import profile_from_mapping
from oma.errors import ConfigError, RecordingError
from oma.recording.format import Header
from oma.reducers.agent import Rules


def carried_rules(header: Header, arguments: argparse.Namespace, source: str) -> Rules:
    """Return the rules that a recording carries, unless `--config` or `--profile` give others.

    Raises:
        ConfigError: an option or a profile is wrong or not known.
        RecordingError: the header holds something else than profiles.
    """
    config = carried_config(header, arguments, source)
    profiles = _carried_profiles(header, source)
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
