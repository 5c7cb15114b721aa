"""Fleets to look at, made by hand and by hypothesis."""

import json
from datetime import UTC, datetime
from pathlib import Path

import attrs
from hypothesis import strategies as st

from oma.config.key_section import KeysSection
from oma.model.dialog import Dialog, DialogOption
from oma.model.health import Health, Transition, Verdict
from oma.model.ids import AgentId, PaneId, SessionId
from oma.model.state import AgentState, FleetState
from oma.model.wall_time import WallTime
from oma.screen.styled import StyledText, TextStyle
from oma.tui.cells import Size
from oma.tui.columns import DEFAULT_COLUMNS
from oma.tui.grouping import Heading
from oma.tui.kept_listing import KeptListing, ListWanted
from oma.tui.keymap import keymap_of
from oma.tui.render_input import RenderInput
from oma.tui.theme import TerminalCapabilities
from oma.tui.timeline import OWN_RULES, Timeline
from oma.tui.view_model import UpdateContext
from tests.support.strategies import texts

PREFIX = "oma-agent-"
BEGAN = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
KEYMAP = keymap_of(KeysSection())


ASKS = Dialog(
    "Do you want to proceed?",
    "Bash command\nrm -rf build",
    (DialogOption("1", "Yes", chosen=True), DialogOption("2", "No")),
)


def verdict(health=Health.OK, reason="active", evidence="output arrives", since_s=0.0):
    return Verdict(health, reason, "generic/active", evidence, since_s)


def agent(number, name=None, health=Health.OK, **changes):
    facts = {
        "session": SessionId(f"${number}"),
        "name": f"{PREFIX}{number}" if name is None else f"{PREFIX}{name}",
        "pane": PaneId(f"%{number}"),
        "verdict": verdict(health),
        "profile": "generic",
        "command": "bash",
        "title": "",
        "cwd": "/srv",
        "pid": 100 + number,
        "columns": 200,
        "rows": 50,
        "active_s": 0.0,
        "cpu_percent": None,
        "rss_bytes": None,
        "gone": False,
    }
    return AgentState(**facts | changes)


CASES = json.loads(
    (Path(__file__).parents[3] / "fixtures" / "selection" / "cases.json").read_text("utf-8")
)
"""What the page is held to as well."""


def agent_of_case(facts):
    """An agent as the shared cases tell of it."""
    keys = ("profile", "command", "title", "cwd", "session_name", "project", "branch")
    texts = {key: facts.get(key, "") for key in keys}
    number, name = int(facts["session"][1:]), facts["agent"].removeprefix(PREFIX)
    health = Health(facts["health"])
    told = verdict(health, facts.get("reason", "active"), since_s=facts.get("since_s", 0.0))
    return agent(number, name, health, verdict=told, **texts)


_TOLD = (
    (Health.WAITING, "permission", "Do you want to proceed?"),
    (Health.OK, "active", "output arrives"),
    (Health.IDLE, "finished", "❯ its prompt is empty"),
    (Health.OK, "progress", "✻ Pondering… (42s · esc to interrupt)"),
    (Health.STUCK, "retry", "✻ API error · Retrying in 9s · attempt 3/10"),
    (Health.EXITED, "exit-status", "exit status 3"),
)
_NAMES = (
    "fix-login",
    "日本語-docs",
    "migrate",
    "refactor-the-billing-service-tests",
    "ui",
    "bench",
)


def fleet_of(count):
    """Agents of several kinds, projects and healths, as many as wanted."""
    return [
        agent(
            number + 1,
            _NAMES[number % 6] if number < 6 else f"{_NAMES[number % 6]}-{number}",
            verdict=verdict(*_TOLD[number % 6], since_s=95.0 - number * 7),
            profile=("claude", "codex", "generic", "gemini")[number % 4],
            project=f"/home/kim/{('api', 'docs', 'web')[number % 3]}",
            branch=("main", "fix/login", "", "a-long-branch-of-somebody")[number % 4],
            task=("Fix the login", "", "Move the data to the new tables")[number % 3],
            active_s=99.5 - number,
            cpu_percent=number * 3.7 % 110,
            rss_bytes=(60 + number * 31 % 900) << 20,
        )
        for number in range(count)
    ]


def state(*agents, tmux="3.3a"):
    return FleetState(seq=1, t=100.0, tmux=tmux, agents=tuple(agents))


def render_input(*agents, **changes):
    facts = {
        "state": state(*agents),
        "now_s": 100.0,
        "wall_time": WallTime(BEGAN),
        "prefix": PREFIX,
        "keymap": KEYMAP,
        "capabilities": TerminalCapabilities(),
    }
    return RenderInput(**facts | changes)


def update_context(*agents, columns=80, rows=24):
    return UpdateContext(state(*agents), Size(columns, rows), KEYMAP, PREFIX)


def listing(agents, columns=DEFAULT_COLUMNS, **wanted):
    return KeptListing().of(tuple(agents), ListWanted(**wanted), columns, PREFIX)


def agents_of(entries):
    return tuple(each for each in entries if not isinstance(each, Heading))


def text_of(line):
    return "".join(part.text for part in line)


def healths():
    return st.sampled_from(list(Health))


def agents():
    return st.builds(
        lambda number, health, words, age, cost: agent(
            number,
            words[0],
            verdict=Verdict(health, words[1] or "reason", "rule", words[2], -age),
            title=words[3],
            command=words[4],
            cwd=words[5],
            active_s=100.0 - age,
            project=words[6],
            branch=words[7],
            task=words[8],
            session_name=words[0],
            cpu_percent=cost,
            rss_bytes=None if cost is None else int(cost * 1e9),
        ),
        st.integers(1, 99),
        healths(),
        st.tuples(*[texts()] * 9),
        st.floats(0, 1e6),
        st.none() | st.floats(0, 900),
    )


def fleets():
    """Agents, some of them in one project or session."""
    placed = st.builds(
        lambda each, number, project, session: attrs.evolve(
            each,
            id=AgentId(f"%{number}"),
            project=project,
            session=SessionId(f"${session}"),
        ),
        agents(),
        st.integers(1, 999),
        st.sampled_from(["", "/", "/a", "/b/a", "/b/a/", "/c/b/a", "x" * 9, "/e\x1b[m/a"]),
        st.integers(1, 4),
    )
    return st.lists(placed, max_size=12, unique_by=lambda each: each.id)


def text_styles():
    return st.builds(
        TextStyle,
        foreground=st.none() | st.integers(0, 255),
        bold=st.booleans(),
        reverse=st.booleans(),
    )


def styled_rows():
    runs = st.builds(StyledText, texts(), text_styles())
    return st.none() | st.lists(st.lists(runs, max_size=4).map(tuple), max_size=8).map(tuple)


def scenes():
    return st.builds(
        lambda found, styled_rows, capabilities, changes, tmux: render_input(
            styled_rows=styled_rows,
            capabilities=capabilities,
            state=FleetState(1, 100.0, tmux, tuple(found)),
            transitions=tuple(
                Transition(50.0, 1, each.name, source, each.verdict)
                for each, source in zip(found, changes, strict=False)
            ),
        ),
        st.lists(agents(), max_size=9, unique_by=lambda each: each.session),
        styled_rows(),
        st.builds(TerminalCapabilities, emoji=st.booleans(), ascii=st.booleans()),
        st.lists(st.none() | healths(), max_size=9),
        st.none() | st.just("3.3a"),
    )


def played(**changes):
    """The time line of a recording."""
    facts = {"moment_s": 50.0, "end_s": 100.0, "whole": True, "speed": 1.0, "paused": False}
    return Timeline(**facts | {"rules": OWN_RULES} | changes)
