"""How an agent is recognised."""

import pytest

from oma.config.profiles import packaged_profiles
from oma.detection.recognition import by_command, by_processes, by_screen, by_title
from oma.tui.header import header
from tests.unit.tui.fleets import agent, listing, render_input, text_of

PROFILES = packaged_profiles()


def test_a_command_that_is_an_agents_tells():
    told = by_command(PROFILES, "codex")

    assert (told.profile, told.way, told.evidence) == ("codex", "process", "codex")
    assert by_command(PROFILES, "bash") is None


def test_the_first_agent_among_the_processes_tells():
    lines = [("bash", "run.sh"), ("/x/.codex-unwrapped",), ("claude", "mcp")]

    assert by_processes(PROFILES, lines).profile == "codex"
    assert by_processes(PROFILES, [("bash",), ("vim", "claude.md")]) is None


def test_a_title_tells():
    assert by_title(PROFILES, "✳ Fix the build").profile == "claude"
    assert by_title(PROFILES, "user@host: ~") is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("  Press enter to confirm or esc to cancel", "codex"),
        ("◦ Thinking (3s • esc to interrupt)", "codex"),
        (" Esc to cancel · Tab to amend · ctrl+e to explain", "claude"),
        ("  ⏵⏵ auto mode on · 2 teammates", "claude"),
        ("✻ Worked for 1m 12s", "claude"),
        ("  ? for shortcuts", "claude"),
        ("⠙ Checking the parser (esc to cancel, 3s)", "gemini"),
        ("┃  △ Permission required", "opencode"),
        ("Aider v0.86.2", "aider"),
    ],
)
def test_a_line_that_only_one_kind_shows_tells(line, kind):
    told = by_screen(PROFILES, ["$ ssh box", "", line, ""])

    assert (told.profile, told.way, told.evidence) == (kind, "screen", line.strip())


@pytest.mark.parametrize(
    "line",
    ["$ claude --help", "error: failed", "~", "I asked claude for shortcuts", "codex is here", ""],
)
def test_prose_tells_nothing(line):
    assert by_screen(PROFILES, [line]) is None


def test_a_dashboard_that_shows_an_agent_is_none():
    asks = ["", "  Press enter to confirm or esc to cancel"]
    for columns in (40, 80, 200):
        shown = render_input(agent(1), agent(2))
        top = text_of(header(shown, listing(shown.state.agents), columns))
        assert by_screen(PROFILES, [top, *asks]) is None
    assert by_screen(PROFILES, asks) is not None
