"""What agents are judged by when a recording is read: the rules that it carries, or others.

`--config FILE` judges as a live `oma --config FILE` would today, with the profiles in force now;
`--profiles DIR` takes those of a folder in place of the user's own.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from oma import __version__
from oma.cli.cli_context import profiles_in, profiles_in_force, thresholds
from oma.cli.option_values import RuleOptions
from oma.config.load import config_from_mapping, load_config, without_unknown_options
from oma.config.profiles import packaged_profiles
from oma.config.schema import Config
from oma.detection.profile import GENERIC, Profile
from oma.detection.profile_parser import profile_from_mapping
from oma.detection.unknown_keys import without_unknown_keys
from oma.errors import ConfigError, RecordingError
from oma.model.nearest import hint
from oma.model.printable import printable
from oma.recording.recording_format import Header
from oma.reducers.rules import Rules

_MOST_NAMED = 8
"""As many things that are left out are named."""


def carried_rules(header: Header, options: RuleOptions, source: str) -> Rules:
    """Return the rules that a recording carries, unless the command line gives others.

    What of them is not known here is left out, and named on one line on stderr.

    Raises:
        ConfigError: an option or a profile is wrong.
        RecordingError: the header holds something else than profiles.
    """
    rules, unknown = read_rules(header, options, source)
    if unknown:
        more = "" if len(unknown) <= _MOST_NAMED else f" and {len(unknown) - _MOST_NAMED} more"
        names = f"{', '.join(unknown[:_MOST_NAMED])}{more}"
        by = f"recorded by oma {header.oma}" if header.oma else "recorded by another oma"
        words = f"{source}: {by}; this one is {__version__} and leaves out: {names}"
        print(f"oma: {printable(words)}", file=sys.stderr)
    return rules


def read_rules(header: Header, options: RuleOptions, source: str) -> tuple[Rules, tuple[str, ...]]:
    """Return the rules as `carried_rules`, and the names of what is left out; prints nothing.

    Raises:
        ConfigError: an option or a profile is wrong.
        RecordingError: the header holds something else than profiles.
    """
    config, unknown = _config(header, options, source)
    profiles = chosen_profiles(options)
    if not profiles:
        profiles, more = _carried_profiles(header, source)
        unknown += more
    forced = forced_profile(profiles, options.profile)
    linger_s = config.discovery.linger
    return Rules(profiles, thresholds(config), forced, linger_s=linger_s), unknown


def carried_config(header: Header, options: RuleOptions, source: str) -> Config:
    """Return the configuration that a recording carries, unless `--config` gives another.

    What of it is not known here has its default.

    Raises:
        ConfigError: an option is wrong.
    """
    config, _ = _config(header, options, source)
    return config


def chosen_profiles(options: RuleOptions) -> tuple[Profile, ...]:
    """Return the profiles that the command line gives; none where it gives no rules.

    Raises:
        ConfigError: `--profiles` names no folder, or one with a wrong profile.
    """
    if options.profiles is not None:
        return profiles_in(Path(options.profiles))
    return profiles_in_force() if options.config is not None else ()


def refuse_without_recording(at_s: float | None, options: RuleOptions) -> None:
    """Refuse what is about a recording alone where there is none.

    Raises:
        ConfigError: One of them is given; the text names it.
    """
    given = {"at": at_s, "profile": options.profile, "profiles": options.profiles}
    for option, value in given.items():
        if value is not None:
            raise ConfigError(f"--{option} needs --recording")


def other_rules(options: RuleOptions) -> str:
    """Name the rules that the command line gives; empty when those of the recording judge."""
    given = [] if options.config is None else [Path(options.config).name]
    if options.profiles is not None:
        given.append(f"profiles in {options.profiles}")
    elif options.config is not None:
        given.append("profiles of today")
    if options.profile is not None:
        given.append(f"every agent as {options.profile}")
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
        raise ConfigError(f"--profile {name!r}: unknown profile; {hint(name, known)}")
    return known[name]


def _config(header: Header, options: RuleOptions, source: str) -> tuple[Config, tuple[str, ...]]:
    if options.config is not None:
        return load_config(Path(options.config)), ()
    known, unknown = without_unknown_options(header.config)
    known.pop("keys", None)  # nobody's keys but our own are pressed, and together they may clash
    return config_from_mapping(known, source), unknown


def _carried_profiles(header: Header, source: str) -> tuple[tuple[Profile, ...], tuple[str, ...]]:
    # The patterns of those that come with us are compiled when they are needed: all of them take half a second.
    packaged = {profile.name: profile for profile in packaged_profiles()}
    profiles: list[Profile] = []
    unknown: list[str] = []
    for name, definition in header.profiles.items():
        if not isinstance(definition, dict):
            raise RecordingError(f"{source}: the header's profile {name!r} is no object")
        known, more = without_unknown_keys(definition)
        profile = packaged.get(name)
        if profile is None or profile.definition != known:
            profile = profile_from_mapping(name, known, source)
        profiles.append(profile)
        unknown += [f"profile {name}: {key}" for key in more]
    if GENERIC not in header.profiles:  # a header may leave profiles out
        profiles.append(packaged[GENERIC])
    return tuple(profiles), tuple(unknown)
