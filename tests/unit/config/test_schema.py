"""The schema, the example file and the documentation say the same."""

import json
import re
from pathlib import Path

import attrs
import pytest

from oma.config.load import config_from_mapping, load_config, read_toml
from oma.config.schema import (
    OPTIONS,
    SECTIONS,
    AgentSection,
    AttachSection,
    Config,
    DashboardSection,
    DiscoverySection,
    FleetSection,
    HealthSection,
    HistorySection,
    KeysSection,
    LayoutSection,
    LimitsSection,
    NotifySection,
    OtlpSection,
    ThemeColours,
    WebSection,
    WorktreeSection,
    to_mapping,
)

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "config.example.toml"
NAMES = [f"{option.section}.{option.key}" for option in OPTIONS]


def _as_toml(value):
    return json.dumps(list(value) if isinstance(value, tuple) else value)


def test_the_defaults_are_the_ones_that_were_promised():
    assert to_mapping(Config()) == {
        "dashboard": {
            "refresh_interval": 2,
            "session_prefix": "oma-agent-",
            "mouse": True,
            "theme": "auto",
            "reduced_motion": False,
            "bell": False,
            "group": "none",
            "sort": "need",
            "columns": [
                *("need", "name", "health", "since", "reason", "branch", "kind", "cpu", "memory"),
            ],
            "filters": [],
        },
        "theme": dict.fromkeys(
            ["accent", "ok", "idle", "waiting", "stuck", "exited", "faint", "rule", "selection"],
            "theme",
        ),
        "discovery": {"enabled": True, "match": [], "linger": 60.0},
        "health": {
            "idle_warning": 60,
            "idle_critical": 300,
            "error_patterns": ["error", "failed", "rate limit", "exception"],
            "error_settle": 1.0,
        },
        "agent": {"default_command": "claude", "default_workdir": ".", "env": []},
        "worktree": {
            "directory": "{repository}-worktrees/{branch}",
            "copy": [],
            "link": [],
            "status": True,
            "setup": [],
        },
        "layout": {
            "enabled": True,
            "layout": "vertical",
            "main_pane_size": 60,
            "main_pane_min_width": 100,
            "agent_pane_min_width": 52,
            "agent_pane_min_height": 11,
            "max_panes": 20,
            "size": "fit",
            "when_full": "defer",
            "defer_limit": 20,
            "defer_seconds": 300.0,
            "linger_seconds": 0.0,
        },
        "attach": {
            "mode": "popup",
            "size": "fit",
            "popup_width": 90,
            "popup_height": 90,
            "right_pane_width": "60%",
        },
        "web": {
            "recordings": ".",
            "send_allow": [],
            "send_deny": [],
            "quick_replies": ["continue"],
            "uploads": "~/.local/state/oma/uploads",
            "max_upload_bytes": 20_000_000,
            "max_uploads_bytes": 500_000_000,
            "keep_uploads": "30d",
            "terminal_command": ["x-terminal-emulator", "-e"],
            "max_streams": 256,
            "max_streams_each": 32,
            "max_terminals": 64,
            "max_terminals_each": 8,
            "max_new_agents": 20,
            "session_seconds": 43_200.0,
            "idle_seconds": 1800.0,
        },
        "notify": {
            "channels": ["tmux"],
            "on": ["waiting", "stuck", "idle:attention"],
            "agents": [],
            "projects": [],
            "groups": [],
            "settle": 2.0,
            "remind": 0.0,
            "summary": 3,
            "quiet": [],
            "bell": False,
            "terminal": "osc9",
            "sound": ["paplay", "/usr/share/sounds/freedesktop/stereo/message.oga"],
            "webhook": "json",
            "webhook_file": "~/.config/oma/webhook",
            "push_hosts": [],
            "command": [],
        },
        "otlp": {"endpoint": "-", "interval": 60.0},
        "history": {"keep": "7d", "max_bytes": 500_000_000},
        "fleet": {
            "hosts": [],
            "command": "oma",
            "publish": "-",
            "publish_log": False,
            "name": "-",
        },
        "limits": {"tmux_latency_ms": 10},
        "keys": {
            "down": ["j", "Down"],
            "up": ["k", "Up"],
            "page_down": ["PageDown"],
            "page_up": ["PageUp"],
            "first": ["g", "Home"],
            "last": ["G", "End"],
            "next_urgent": ["Tab"],
            "attach": ["Enter"],
            "show": ["s"],
            "jump": ["o"],
            "tile": ["t"],
            "layout": ["T"],
            "let_type": ["i"],
            "message": ["m"],
            "queue": ["Q"],
            "read": ["p"],
            "why": ["w"],
            "digest": ["D"],
            "timeline": ["L"],
            "new": ["n"],
            "stop": ["x"],
            "kill": ["K"],
            "restart": ["R"],
            "sort": ["S"],
            "snooze": ["z"],
            "undo": ["u"],
            "mark": ["v"],
            "mark_all": ["*"],
            "filter": ["/"],
            "group": ["b"],
            "resync": ["r"],
            "palette": [":", "C-p"],
            "help": ["?"],
            "quit": ["q"],
        },
    }


def test_every_section_of_a_configuration_is_one_of_the_file():
    sections = {field.name: type(getattr(Config(), field.name)) for field in attrs.fields(Config)}
    assert sections == SECTIONS


@pytest.mark.parametrize("option", OPTIONS, ids=NAMES)
def test_a_default_is_acceptable_and_has_the_type_of_its_option(option):
    accepted = option.kind.accept(option.default)
    assert accepted == option.default
    assert type(accepted) is type(option.default)


OTHERS = {
    DashboardSection: {"refresh_interval": 9.0},
    ThemeColours: {"accent": "#00afff", "selection": "17"},
    HealthSection: {"idle_warning": 1.5, "error_patterns": ("boom",)},
    AgentSection: {"default_command": "x"},
    WorktreeSection: {"copy": (".env",), "setup": ("npm", "ci")},
    LayoutSection: {"layout": "grid"},
    AttachSection: {"size": "keep", "right_pane_width": "90"},
    WebSection: {"send_deny": ("rm",), "max_streams": 9},
    DiscoverySection: {"match": ("work*",), "linger": 5.0},
    NotifySection: {
        "channels": ("webhook", "tmux"),
        "on": ("stuck:login",),
        "quiet": ("22:00-07:00",),
    },
    OtlpSection: {"endpoint": "http://localhost:4318"},
    HistorySection: {"keep": "12h"},
    FleetSection: {"hosts": ("box", "."), "command": "~/bin/oma"},
    LimitsSection: {"tmux_latency_ms": 25},
    KeysSection: {"up": ("E",)},
}


@pytest.mark.parametrize(("section", "values"), SECTIONS.items(), ids=list(SECTIONS))
def test_a_mapping_survives_json_and_loads_to_an_equal_configuration(section, values):
    config = Config(**{section: values(**OTHERS[values])})
    mapping = json.loads(json.dumps(to_mapping(config)))

    assert config != Config()
    assert config_from_mapping(mapping, "header") == config


def test_the_example_file_is_the_defaults():
    assert load_config(EXAMPLE) == Config()


def test_the_example_file_holds_every_key_in_the_order_of_the_schema():
    keys = [f"{section}.{key}" for section, values in read_toml(EXAMPLE).items() for key in values]
    assert keys == NAMES


@pytest.mark.parametrize("option", OPTIONS, ids=NAMES)
def test_the_example_file_explains_the_key_in_the_line_above(option):
    lines = EXAMPLE.read_text("utf-8").splitlines()
    section = lines.index(f"[{option.section}]")
    place = next(
        n for n, line in enumerate(lines) if n > section and line.startswith(f"{option.key} = ")
    )
    assert lines[place - 1].startswith("# " + re.split("[;.]", option.about)[0])
    unit = re.search("seconds|percent|columns", option.kind.allowed)
    assert unit is None or unit[0] in lines[place - 1]


@pytest.mark.parametrize("option", OPTIONS, ids=NAMES)
def test_the_documentation_has_a_row_with_default_range_and_meaning(option):
    row = (
        f"| `[{option.section}]` | `{option.key}` | `{_as_toml(option.default)}` "
        f"| {option.kind.allowed} | {option.about} |"
    )
    assert row in (ROOT / "docs" / "configuration.md").read_text("utf-8").splitlines()


def test_the_documentation_has_no_row_for_what_is_not_an_option():
    text = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    rows = re.findall(r"^\| `\[(\w+)\]` \| `(\w+)` \|", text, re.MULTILINE)
    assert [f"{section}.{key}" for section, key in rows] == NAMES
