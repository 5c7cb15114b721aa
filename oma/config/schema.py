"""The options with their defaults: the one place that says what can be set, and to what.

Each field carries its kind (type, range, unit) and its meaning in its metadata. The loader, the
example file and the documentation are all held to them. Field names are the keys of the file.
"""

import attrs

from oma.config.discovery import Discovery
from oma.config.key_options import Keys
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
)
from oma.config.web import Web

# tmux draws no window wider than this: WINDOW_MAXIMUM in tmux.h, 1.9 to 3.6.
_WIDEST_COLUMNS = 10_000


def _describe(kind: Kind, about: str) -> dict[str, Kind | str]:
    return {"kind": kind, "about": about}


@attrs.frozen
class Dashboard:
    """What is watched and how often it is sampled. Times are in seconds."""

    refresh_interval: float = attrs.field(
        default=2.0,
        metadata=_describe(
            # psutil asks for 0.1 s between two readings, else the CPU share means nothing.
            Seconds(at_least_s=0.1),
            "Time between two samples of the agents' processor and memory use.",
        ),
    )
    session_prefix: str = attrs.field(
        default="oma-agent-",
        metadata=_describe(Name(), "Sessions whose name starts with this are agents."),
    )
    mouse: bool = attrs.field(
        default=True,
        metadata=_describe(
            Switch(), "Whether the dashboard takes clicks and the wheel; else they select text."
        ),
    )
    theme: str = attrs.field(
        default="auto",
        metadata=_describe(
            Choice(("auto", "dark", "light", "terminal")),
            "Colours for a dark or a light background; auto asks the terminal; terminal uses its own 16.",
        ),
    )


@attrs.frozen
class Health:
    """When an agent without a profile counts as idle or stuck. Times are in seconds.

    `idle_warning` is less than `idle_critical`; the loader sees to it.
    """

    idle_warning: float = attrs.field(
        default=60.0,
        metadata=_describe(Seconds(above_s=0), "Silence after which an agent is idle."),
    )
    idle_critical: float = attrs.field(
        default=300.0,
        metadata=_describe(
            Seconds(above_s=0),
            "Silence after which an agent is stuck; more than idle_warning.",
        ),
    )
    error_patterns: tuple[str, ...] = attrs.field(
        default=("error", "failed", "rate limit", "exception"),
        metadata=_describe(
            Texts(),
            "Words that mean trouble at the bottom of the screen; matched whole, in any case.",
        ),
    )
    error_settle: float = attrs.field(
        default=1.0,
        metadata=_describe(
            Seconds(at_least_s=0),
            "Time that such words stand there before the agent is stuck; 0 is at once.",
        ),
    )


@attrs.frozen
class Agent:
    """What a new agent runs, and where."""

    default_command: str = attrs.field(
        default="claude",
        metadata=_describe(Text(), "Command of a new agent when none is given."),
    )
    default_workdir: str = attrs.field(
        default=".",
        metadata=_describe(
            Text(), "Working directory of a new agent; a relative one starts where oma runs."
        ),
    )
    env: tuple[str, ...] = attrs.field(
        default=(),
        metadata=_describe(
            Variables(),
            "Variables of a new agent: NAME takes the value that oma has, if it has one.",
        ),
    )


@attrs.frozen
class Layout:
    """How agents are shown as panes around a main pane. Widths are in columns, times in seconds."""

    enabled: bool = attrs.field(
        default=True,
        metadata=_describe(Switch(), "Whether `oma tile` shows agents as panes at all."),
    )
    layout: str = attrs.field(
        default="vertical",
        metadata=_describe(
            Choice(("vertical", "horizontal", "grid")), "How agent panes are arranged."
        ),
    )
    main_pane_size: int = attrs.field(
        default=60,
        metadata=_describe(
            WholeNumber("percent", 20, 80), "Share of the window that the main pane keeps."
        ),
    )
    main_pane_min_width: int = attrs.field(
        default=100,
        metadata=_describe(
            WholeNumber("columns", 1, _WIDEST_COLUMNS), "The main pane is never made narrower."
        ),
    )
    agent_pane_min_width: int = attrs.field(
        default=52,
        metadata=_describe(
            WholeNumber("columns", 1, _WIDEST_COLUMNS), "No agent pane is made narrower."
        ),
    )
    agent_pane_min_height: int = attrs.field(
        default=11,
        metadata=_describe(
            # tmux divides no less in two, titles on the borders included.
            WholeNumber("rows", 3, _WIDEST_COLUMNS),
            "No agent pane, nor the main pane above one, is made lower.",
        ),
    )
    max_panes: int = attrs.field(
        default=20,
        metadata=_describe(WholeNumber("panes", 1, 200), "No window shows more agent panes."),
    )
    size: str = attrs.field(
        default="fit",
        metadata=_describe(
            Choice(("fit", "keep")),
            "Whether an agent takes the size of its pane while that is open.",
        ),
    )
    when_full: str = attrs.field(
        default="defer",
        metadata=_describe(
            Choice(("defer", "replace")),
            "Whether an agent that starts waits for room, or takes the place of the oldest pane.",
        ),
    )
    defer_limit: int = attrs.field(
        default=20,
        metadata=_describe(
            WholeNumber("agents", 0, 1000), "How many agents may wait for room in a window."
        ),
    )
    defer_seconds: float = attrs.field(
        default=300.0,
        metadata=_describe(
            Seconds(at_least_s=0), "How long an agent waits for room before it goes without."
        ),
    )
    linger_seconds: float = attrs.field(
        default=0.0,
        metadata=_describe(
            Seconds(at_least_s=0),
            "How long the pane of an agent whose program ended stays, with its exit status.",
        ),
    )


@attrs.frozen
class Attach:
    """How a user sees an agent's live session from the dashboard."""

    mode: str = attrs.field(
        default="popup",
        metadata=_describe(
            Choice(("popup", "split", "handoff", "jump")),
            "How an agent opens: over the dashboard, beside it, in its place, or by going to it.",
        ),
    )
    size: str = attrs.field(
        default="fit",
        metadata=_describe(
            Choice(("fit", "keep")),
            "Whether the agent takes the size of what shows it until that is closed.",
        ),
    )
    popup_width: int = attrs.field(
        default=90,
        metadata=_describe(
            WholeNumber("percent", 20, 100), "Width of the popup as a share of the terminal."
        ),
    )
    popup_height: int = attrs.field(
        default=90,
        metadata=_describe(
            WholeNumber("percent", 20, 100), "Height of the popup as a share of the terminal."
        ),
    )
    right_pane_width: str = attrs.field(
        default="60%",
        metadata=_describe(
            Extent(10, 90, 10, _WIDEST_COLUMNS),
            "Width of the right pane when it is made, as a share of the dashboard or in columns.",
        ),
    )


@attrs.frozen
class Config:
    """Every option; `Config()` is the defaults."""

    dashboard: Dashboard = attrs.field(factory=Dashboard)
    discovery: Discovery = attrs.field(factory=Discovery)
    health: Health = attrs.field(factory=Health)
    agent: Agent = attrs.field(factory=Agent)
    layout: Layout = attrs.field(factory=Layout)
    attach: Attach = attrs.field(factory=Attach)
    web: Web = attrs.field(factory=Web)
    keys: Keys = attrs.field(factory=Keys)


@attrs.frozen
class Option:
    """One key of the file, as its field describes it."""

    section: str
    key: str
    default: object
    kind: Kind
    about: str
    """One sentence for a user."""


SECTIONS: dict[
    str, type[Dashboard | Discovery | Health | Agent | Layout | Attach | Web | Keys]
] = {
    "dashboard": Dashboard,
    "discovery": Discovery,
    "health": Health,
    "agent": Agent,
    "layout": Layout,
    "attach": Attach,
    "web": Web,
    "keys": Keys,
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
    for option in OPTIONS:
        value = getattr(getattr(config, option.section), option.key)
        mapping[option.section][option.key] = list(value) if isinstance(value, tuple) else value
    return mapping
