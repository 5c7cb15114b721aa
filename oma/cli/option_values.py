"""Options of the command line as values: those of every subcommand, and those that some share.

The fields have the names of the arguments that they come from (`oma.cli.arguments`). The options of a
subcommand extend `GlobalOptions`, in its own module:

    @attrs.frozen(kw_only=True)
    class StatusOptions(GlobalOptions):
        json: bool = False
"""

import attrs

from oma.cli.arguments import WEB_PORT
from oma.cli.global_options import GlobalOptions as GlobalOptions

WEB_HOST = "127.0.0.1"


@attrs.frozen(kw_only=True)
class JsonOptions(GlobalOptions):
    """The options of what prints for users, or for machines."""

    json: bool = False


@attrs.frozen(kw_only=True)
class SummaryOptions(JsonOptions):
    """The options of what tells of hours or days."""

    since: float | None = None
    """How far back, in seconds; `None` is from the beginning."""
    recording: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class AgentOptions(GlobalOptions):
    """The options of what is about one agent."""

    agent: str


@attrs.frozen(kw_only=True)
class HostOptions(GlobalOptions):
    """Whose agents are meant: those of this machine, or of several."""

    ssh: str | None = None
    hosts: bool = False
    """Those of `[fleet] hosts`."""
    fleet: str | None = None
    """Those that publish on an engine."""

    @property
    def are_several(self) -> bool:
        """Say whether other machines are meant than this one alone."""
        return self.ssh is not None or self.hosts or self.fleet is not None


@attrs.frozen(kw_only=True)
class DashboardOptions(HostOptions):
    """How the dashboard is shown, and what is done beside it."""

    record: str | None = None
    ascii: bool = False
    web: bool = False
    web_port: int = WEB_PORT


@attrs.frozen(kw_only=True)
class RuleOptions:
    """Which rules judge a recording, in place of those that it carries."""

    config: str | None = None
    profile: str | None = None
    """Every agent is taken to be of this kind."""
    profiles: str | None = None
    """A folder of profiles."""


@attrs.frozen(kw_only=True)
class TokenOptions:
    """What a token that is added lets its holder do."""

    role: str | None = None
    """`None` is `viewer` for a token, `admin` for a link."""
    agent: str | None = None
    """Only of this agent."""
    expires: float = 43_200.0
    """Its end, in seconds from now."""


@attrs.frozen(kw_only=True)
class ServeOptions:
    """Where browsers reach a server, and what they may do."""

    host: str = WEB_HOST
    port: int = WEB_PORT
    unix: str | None = None
    """A Unix socket to listen on instead."""
    certfile: str | None = None
    keyfile: str | None = None
    origin: tuple[str, ...] = ()
    behind_proxy: bool = False
    base_path: str = ""
    """Under which a proxy shows it; empty for the root of the host."""
    read_only: bool = False
