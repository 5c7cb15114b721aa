"""The options with their defaults: the one place that says what can be set, and to what.

Each field carries its kind (type, range, unit) and its meaning in its metadata. The loader, the
example file and the documentation are all held to them. Field names are the keys of the file.
"""

import attrs

from oma.config.discovery_section import DiscoverySection
from oma.config.fleet_section import FleetSection
from oma.config.history_section import HistorySection
from oma.config.key_section import KeysSection
from oma.config.kinds import (
    Choice,
    Extent,
    Kind,
    Name,
    Seconds,
    Switch,
    Text,
    Texts,
    Variables,
    WholeNumber,
    option,
)
from oma.config.limits_section import LimitsSection
from oma.config.list_kinds import Choices, NamedTexts
from oma.config.notify_section import NotifySection
from oma.config.otlp_section import OtlpSection
from oma.config.theme_file import THEMES
from oma.config.theme_section import ThemeColours
from oma.config.web_section import WebSection
from oma.config.worktree_section import WorktreeSection

# tmux draws no window wider than this: WINDOW_MAXIMUM in tmux.h, 1.9 to 3.6.
_WIDEST_COLUMNS = 10_000


@attrs.frozen
class DashboardSection:
    """What is watched and how often it is sampled. Times are in seconds."""

    # psutil asks for 0.1 s between two readings, else the CPU share means nothing.
    refresh_interval: float = option(
        2.0,
        Seconds(at_least_s=0.1),
        "Time between two samples of the agents' processor and memory use; more while they rest.",
    )
    session_prefix: str = option(
        "oma-agent-", Name(), "Sessions whose name starts with this are agents."
    )
    mouse: bool = option(
        default=True,
        kind=Switch(),
        about="Whether the dashboard takes clicks and the wheel; else they select text.",
    )
    theme: str = option(
        "auto",
        Choice(THEMES, '"NAME" of a file themes/NAME.toml'),
        "Colours for a dark or a light background; auto and high-contrast ask the terminal; "
        "terminal uses its own 16.",
    )
    reduced_motion: bool = option(
        default=False,
        kind=Switch(),
        about="Whether news and an agent's screen are shown once a second at most; keys at once.",
    )
    bell: bool = option(
        default=False,
        kind=Switch(),
        about="Whether the dashboard rings its terminal when an agent starts to wait or is stuck.",
    )
    group: str = option(
        "none",
        Choice(("none", "group", "project", "session", "host")),
        "What the dashboard groups agents by: the groups that you put them in, git repositories, "
        "sessions, machines, or nothing.",
    )
    sort: str = option(
        "need",
        Choice(("need", "name", "waiting", "cpu", "memory", "activity")),
        "What the dashboard's list is sorted by.",
    )
    columns: tuple[str, ...] = option(
        ("need", "name", "health", "since", "reason", "branch", "kind", "cpu", "memory"),
        Choices(
            (
                *("need", "name", "health", "since", "waiting", "idle", "reason"),
                *("project", "branch", "task", "kind", "cpu", "memory", "activity"),
            )
        ),
        "Columns of the dashboard's list, in their order; where not all fit, some are left out.",
    )
    filters: tuple[str, ...] = option(
        (), NamedTexts(), "Filters with names; `@NAME` stands for one."
    )


@attrs.frozen
class HealthSection:
    """When an agent without a profile counts as idle or stuck. Times are in seconds.

    `idle_warning` is less than `idle_critical`; the loader sees to it.
    """

    idle_warning: float = option(60.0, Seconds(above_s=0), "Silence after which an agent is idle.")
    idle_critical: float = option(
        300.0, Seconds(above_s=0), "Silence after which an agent is stuck; more than idle_warning."
    )
    error_patterns: tuple[str, ...] = option(
        ("error", "failed", "rate limit", "exception"),
        Texts(),
        "Words that mean trouble at the bottom of the screen; matched whole, in any case.",
    )
    error_settle: float = option(
        1.0,
        Seconds(at_least_s=0),
        "Time that such words stand there before the agent is stuck; 0 is at once.",
    )


@attrs.frozen
class AgentSection:
    """What a new agent runs, and where."""

    default_command: str = option("claude", Text(), "Command of a new agent when none is given.")
    default_workdir: str = option(
        ".", Text(), "Working directory of a new agent; a relative one starts where oma runs."
    )
    env: tuple[str, ...] = option(
        (),
        Variables(),
        "Variables of a new agent: NAME takes the value that oma has, if it has one.",
    )


@attrs.frozen
class LayoutSection:
    """How agents are shown as panes around a main pane. Widths are in columns, times in seconds."""

    enabled: bool = option(
        default=True, kind=Switch(), about="Whether `oma tile` shows agents as panes at all."
    )
    layout: str = option(
        "vertical", Choice(("vertical", "horizontal", "grid")), "How agent panes are arranged."
    )
    main_pane_size: int = option(
        60, WholeNumber("percent", 20, 80), "Share of the window that the main pane keeps."
    )
    main_pane_min_width: int = option(
        100, WholeNumber("columns", 1, _WIDEST_COLUMNS), "The main pane is never made narrower."
    )
    agent_pane_min_width: int = option(
        52, WholeNumber("columns", 1, _WIDEST_COLUMNS), "No agent pane is made narrower."
    )
    # tmux divides no less in two, titles on the borders included.
    agent_pane_min_height: int = option(
        11,
        WholeNumber("rows", 3, _WIDEST_COLUMNS),
        "No agent pane, nor the main pane above one, is made lower.",
    )
    max_panes: int = option(20, WholeNumber("panes", 1, 200), "No window shows more agent panes.")
    size: str = option(
        "fit",
        Choice(("fit", "keep")),
        "Whether an agent takes the size of its pane while that is open.",
    )
    when_full: str = option(
        "defer",
        Choice(("defer", "replace")),
        "Whether an agent that starts waits for room, or takes the place of the oldest pane.",
    )
    defer_limit: int = option(
        20, WholeNumber("agents", 0, 1000), "How many agents may wait for room in a window."
    )
    defer_seconds: float = option(
        300.0, Seconds(at_least_s=0), "How long an agent waits for room before it goes without."
    )
    linger_seconds: float = option(
        0.0,
        Seconds(at_least_s=0),
        "How long the pane of an agent whose program ended stays, with its exit status.",
    )


@attrs.frozen
class AttachSection:
    """How a user sees an agent's live session from the dashboard."""

    mode: str = option(
        "popup",
        Choice(("popup", "split", "handoff", "jump")),
        "How an agent opens: over the dashboard, beside it, in its place, or by going to it.",
    )
    size: str = option(
        "fit",
        Choice(("fit", "keep")),
        "Whether the agent takes the size of what shows it until that is closed.",
    )
    popup_width: int = option(
        90, WholeNumber("percent", 20, 100), "Width of the popup as a share of the terminal."
    )
    popup_height: int = option(
        90, WholeNumber("percent", 20, 100), "Height of the popup as a share of the terminal."
    )
    right_pane_width: str = option(
        "60%",
        Extent(10, 90, 10, _WIDEST_COLUMNS),
        "Width of the right pane when it is made, as a share of the dashboard or in columns.",
    )


@attrs.frozen
class Config:
    """Every option; `Config()` is the defaults."""

    dashboard: DashboardSection = attrs.field(factory=DashboardSection)
    theme: ThemeColours = attrs.field(factory=ThemeColours)
    discovery: DiscoverySection = attrs.field(factory=DiscoverySection)
    health: HealthSection = attrs.field(factory=HealthSection)
    agent: AgentSection = attrs.field(factory=AgentSection)
    worktree: WorktreeSection = attrs.field(factory=WorktreeSection)
    layout: LayoutSection = attrs.field(factory=LayoutSection)
    attach: AttachSection = attrs.field(factory=AttachSection)
    web: WebSection = attrs.field(factory=WebSection)
    notify: NotifySection = attrs.field(factory=NotifySection)
    otlp: OtlpSection = attrs.field(factory=OtlpSection)
    history: HistorySection = attrs.field(factory=HistorySection)
    fleet: FleetSection = attrs.field(factory=FleetSection)
    limits: LimitsSection = attrs.field(factory=LimitsSection)
    keys: KeysSection = attrs.field(factory=KeysSection)


@attrs.frozen
class Option:
    """One key of the file, as its field describes it."""

    section: str
    key: str
    default: object
    kind: Kind
    about: str
    """One sentence for a user."""


SECTIONS: dict[str, type[attrs.AttrsInstance]] = {
    field.name: field.type for field in attrs.fields(Config) if field.type is not None
}
"""Section of the file → the class of its values, in the order of the file."""

OPTIONS: tuple[Option, ...] = tuple(
    Option(section, field.name, field.default, field.metadata["kind"], field.metadata["about"])
    for section, values in SECTIONS.items()
    for field in attrs.fields(values)
)
"""Every option, in the order of the file."""


def to_mapping(config: Config) -> dict[str, dict[str, object]]:
    """Return `config` as section → key → value, in TOML's and JSON's types, complete.

    `config_from_mapping` is the inverse.
    """
    mapping: dict[str, dict[str, object]] = {section: {} for section in SECTIONS}
    for each in OPTIONS:
        value = getattr(getattr(config, each.section), each.key)
        mapping[each.section][each.key] = list(value) if isinstance(value, tuple) else value
    return mapping
