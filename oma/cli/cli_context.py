"""What every subcommand starts from: which server, which configuration, which sessions.

The options before and after a subcommand, the environment and the configuration file are resolved here,
once. What a subcommand calls gets values, and reads neither a command line nor the environment.
"""

import fnmatch
import os
import sys
from collections.abc import Callable
from pathlib import Path

import attrs

from oma.cli.option_values import GlobalOptions
from oma.config.load import config_directory, find_path, load_config
from oma.config.profiles import load_profiles
from oma.config.schema import Config
from oma.detection.profile import Profile
from oma.detection.thresholds import Thresholds
from oma.errors import ConfigError
from oma.runtime.client.server import socket_path
from oma.runtime.client.working_directory import absolute
from oma.tmux.address import ServerAddress


@attrs.frozen
class CliContext:
    """The options that are common to all subcommands, resolved."""

    server: ServerAddress
    socket: Path
    config: Config
    config_path: Path | None
    match: str | None
    exclude: frozenset[str] = frozenset()
    """Names of sessions that are no agents whatever they are called: those we run in."""
    include: frozenset[str] | None = None
    """Names of the only sessions to watch, where a subcommand is about one agent."""

    @property
    def watched(self) -> Callable[[str], bool]:
        """Whether a session of a name is an agent."""
        if self.include is not None:
            return self.include.__contains__
        if self.match is not None:
            glob = self.match
            return lambda name: name not in self.exclude and fnmatch.fnmatchcase(name, glob)
        prefix = self.config.dashboard.session_prefix
        return lambda name: name not in self.exclude and name.startswith(prefix)

    def argv(self) -> list[str]:
        """Return the options that give another `oma` the same server, configuration and sessions."""
        options = self.server.argv()
        if self.config_path is not None:
            options += ["--config", str(absolute(self.config_path))]
        if self.match is not None:
            options += ["--match", self.match]
        return options

    def full_name(self, name: str) -> str:
        """Return the name of an agent's session; the prefix may be left out."""
        prefix = self.config.dashboard.session_prefix
        return name if name.startswith(prefix) else f"{prefix}{name}"


def which_sessions(context: CliContext) -> str:
    """Say of which sessions `watched` holds, to follow "sessions"."""
    if context.match is not None:
        return f"whose name matches {context.match!r}"
    return f"whose name begins with {context.config.dashboard.session_prefix!r}"


def read_context(options: GlobalOptions) -> CliContext:
    """Return the context that the command line and the environment ask for.

    Raises:
        ConfigError: The configuration is wrong, or `-L` and `-S` are both given.
    """
    if options.socket_name is not None and options.socket_path is not None:
        message = "-L and -S name two servers; give one"
        raise ConfigError(message)
    server = ServerAddress(options.socket_name, options.socket_path)
    config_path = find_path(os.environ, options.config)
    return CliContext(
        server=server,
        socket=socket_path(server, os.environ),
        config=load_config(config_path),
        config_path=config_path,
        match=options.match,
    )


def profiles_in_force() -> tuple[Profile, ...]:
    """Return the profiles of the package and of the user; bad ones are said on stderr."""
    directory = config_directory(os.environ)
    profiles, errors = load_profiles(None if directory is None else directory / "profiles")
    for error in errors:
        print(f"oma: {error}", file=sys.stderr)
    return profiles


def profiles_in(directory: Path) -> tuple[Profile, ...]:
    """Return the profiles of the package and of a folder that a user named.

    Raises:
        ConfigError: There is no such folder, or a file in it is no profile.
    """
    if not directory.is_dir():
        message = f"--profiles {str(directory)!r}: no such directory"
        raise ConfigError(message)
    profiles, errors = load_profiles(directory)
    if errors:
        raise errors[0]
    return profiles


def thresholds(config: Config) -> Thresholds:
    """Return what agents are judged by, from the configuration."""
    health = config.health
    return Thresholds(
        idle_warning_s=health.idle_warning,
        idle_critical_s=health.idle_critical,
        error_patterns=health.error_patterns,
        error_settle_s=health.error_settle,
    )
