"""What every subcommand starts from: which server, which configuration, which sessions.

The options before and after a subcommand, the environment and the configuration file are resolved here,
once. What a subcommand calls gets values, and reads neither a command line nor the environment.
"""

import fnmatch
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import attrs

from oma.cli.global_options import GlobalOptions
from oma.config.load import load_config
from oma.config.places import config_directory, find_path
from oma.config.profiles import load_profiles
from oma.config.schema import Config
from oma.detection.profile import Profile
from oma.detection.thresholds import Thresholds
from oma.errors import ConfigError
from oma.model.ids import PaneId
from oma.model.state import AgentState
from oma.runtime.client.tmux_socket import check_socket, socket_path
from oma.runtime.client.working_directory import absolute
from oma.tmux.address import ServerAddress
from oma.tmux.queries.panes import PaneRow


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
    names: Mapping[PaneId, str] = attrs.Factory(dict)
    """The only panes in which agents are to be found, and what those are called, as `include`."""
    only_own: bool = False
    """Agents are found in no session but those that are watched."""
    no_service: bool = False
    """It is watched by itself, also where a service is."""

    @property
    def watched(self) -> Callable[[str], bool]:
        """Whether a session of a name is an agent."""
        if self.include is not None:
            return self.include.__contains__
        if self.match is not None:
            glob = self.match
            return lambda name: name not in self.exclude and fnmatch.fnmatchcase(name, glob)
        prefix, globs = self.config.dashboard.session_prefix, self.config.discovery.match
        return lambda name: (
            name not in self.exclude
            and (name.startswith(prefix) or any(fnmatch.fnmatchcase(name, glob) for glob in globs))
        )

    @property
    def finds(self) -> Callable[[PaneRow], bool]:
        """Whether an agent that runs in a pane is listed."""
        watched = self.watched
        if self.include is not None:
            return lambda row: watched(row.session_name) or row.pane in self.names
        if self.only_own or self.match is not None or not self.config.discovery.enabled:
            return lambda row: watched(row.session_name)
        return lambda _row: True

    def only(self, agent: AgentState) -> "CliContext":
        """Return the context in which there is one agent alone, under the name that it has."""
        if agent.is_session or agent.pane is None:
            return attrs.evolve(self, include=frozenset({agent.name}))
        return attrs.evolve(self, include=frozenset[str](), names={agent.pane: agent.name})

    def argv(self) -> list[str]:
        """Return the options that give another `oma` the same server, configuration and sessions."""
        options = self.server.argv()
        if self.config_path is not None:
            options += ["--config", str(absolute(self.config_path))]
        if self.match is not None:
            options += ["--match", self.match]
        if self.only_own:
            options += ["--only-own"]
        if self.no_service:
            options += ["--no-service"]
        return options

    def full_name(self, name: str) -> str:
        """Return the name of an agent's session; the prefix may be left out."""
        prefix = self.config.dashboard.session_prefix
        return name if name.startswith(prefix) else f"{prefix}{name}"


def why_none(context: CliContext) -> str:
    """Say what there is not where there is no agent, to follow "no agents: "."""
    if context.match is not None:
        return f"no session has a name that matches {context.match!r}"
    own = f"no session has a name that begins with {context.config.dashboard.session_prefix!r}"
    if context.only_own or not context.config.discovery.enabled:
        return own
    return f"none of a known kind runs in any pane, and {own}"


def read_context(options: GlobalOptions) -> CliContext:
    """Return the context that the command line and the environment ask for.

    Raises:
        ConfigError: The configuration is wrong, or `-L` and `-S` name no one server.
    """
    if options.socket_name is not None and options.socket_path is not None:
        raise ConfigError("-L and -S name two servers; give one")
    if "" in {options.socket_name, options.socket_path}:
        raise ConfigError("-L or -S is empty; leave it out for the server that tmux would take")
    server = ServerAddress(options.socket_name, options.socket_path)
    socket = socket_path(server, os.environ)
    if server.argv():
        check_socket(socket)
    config_path = find_path(os.environ, options.config)
    return CliContext(
        server=server,
        socket=socket,
        config=load_config(config_path),
        config_path=config_path,
        match=options.match,
        only_own=options.only_own,
        no_service=options.no_service,
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
        raise ConfigError(f"--profiles {str(directory)!r}: no such directory")
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
