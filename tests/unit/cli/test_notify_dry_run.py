"""What is told of recordings of real agents: a table, and that it follows from their transitions."""

from datetime import UTC, datetime, timedelta

import pytest

from oma.cli.cli_context import thresholds
from oma.cli.log_source import open_source
from oma.cli.notify_dry_run import would_tell
from oma.config.profiles import packaged_profiles
from oma.config.schema import Config
from oma.model.events import PaneOutput, Record, ServerConnected, ServerLost
from oma.notify.notification_policy import NotifyPolicy
from oma.notify.notification_rules import NotifyRules
from oma.reducers.fleet import Fleet
from oma.reducers.rules import Rules
from tests.support.fleet_play import PANE, SESSION, captured, seen
from tests.unit.cli.recordings import REAL, SessionOpened

BEGAN = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def fold():
    return Fleet(Rules(packaged_profiles(), thresholds(Config())))


def told_of(name):
    """Return what is told of a recording, and all of its transitions."""
    transitions = []

    class Policy(NotifyPolicy):
        def observe(self, transition):
            transitions.append(transition)
            super().observe(transition)

    path = next(p for p in REAL.glob(f"{name}.*") if p.suffix in {".ctl", ".zst"})
    policy = Policy(NotifyRules(), lambda t: BEGAN + timedelta(seconds=t))
    with open_source(path, Config(), packaged_profiles()) as source:
        told = list(would_tell(fold(), policy, source.records))
    return told, transitions


TOLD = {
    "aider-again": ["150.2 waiting question", "176.2 stuck error-text"],
    "aider-main": [
        "103.9 stuck error-text",
        "123.5 stuck error-text",
        "136.2 stuck error-text",
    ],
    "claude-main": [
        "3.7 waiting trust",
        "45.4 waiting permission",
        "75.6 waiting question",
        "86.5 waiting permission",
    ],
    "claude332-auto": [
        "4.8 waiting trust",
        "102.1 waiting question",
        "151.3 stuck retry",
        "174.2 stuck retry",
    ],
    "claude332-bg": ["5.2 waiting trust", "11.7 waiting question", "100.7 waiting permission"],
    "claude332-draft": ["4.6 waiting trust", "10.2 waiting question"],
    "claude332-main": [
        "6.6 waiting trust",
        "14.9 waiting question",
        "55.1 waiting permission",
        "84.3 waiting question",
        "104.7 waiting permission",
        "126.1 stuck retry",
        "146.9 stuck retry",
    ],
    "claude332-statusvim": [
        "4.5 waiting trust",
        "9.8 waiting question",
        "44.9 waiting permission",
        "81.2 stuck retry",
    ],
    "cline-a": ["11.1 waiting question", "83.3 waiting permission"],
    "cn-b": ["28.3 waiting question", "43.1 waiting question", "67.2 stuck login"],
    "codex-main": ["80.4 stuck error", "109.9 stuck retry"],
    "codex171-main": [
        "37.5 waiting permission",
        "128 stuck error",
        "157.3 stuck retry",
        "174.2 stuck retry",
    ],
    "copilot-b": [
        "10.6 waiting trust",
        "37.4 waiting question",
        "52.6 waiting permission",
        "64.4 stuck retry",
        "79.7 stuck login",
    ],
    "gemini-main": ["7.7 waiting trust", "48.3 waiting permission", "74.5 waiting question"],
    "hermes-b": ["38 waiting question", "53.2 waiting question"],
    "kilo-a": ["46.3 waiting permission", "68.8 stuck retry"],
    "kimi-b": [
        "10.4 waiting trust",
        "35.4 waiting question",
        "50 waiting permission",
        "60.8 stuck retry",
        "73.7 stuck login",
    ],
    "kimi-longwait": ["17.2 waiting trust", "30.2 waiting permission"],
    "opencode-again": ["60 waiting permission", "88 waiting question", "116.2 stuck retry"],
    "opencode-main": [
        "50.7 waiting permission",
        "77.5 waiting question",
        "92 stuck retry",
        "110.7 stuck retry",
        "129.9 stuck login",
    ],
    "osc-passthrough": ["5.1 waiting permission"],
    "pi-a": ["37.5 stuck retry"],
    "qwen-a": ["15.8 waiting trust", "67.1 waiting permission"],
    "vibe-a": ["38.4 waiting permission", "58.5 stuck retry"],
}
FAST = {"claude-main", "claude332-bg", "kimi-longwait", "pi-a", "osc-passthrough"}
ALL = [pytest.param(n, marks=() if n in FAST else pytest.mark.slow) for n in TOLD]


def test_every_recording_has_its_row():
    assert set(TOLD) == {p.name.partition(".")[0] for p in REAL.iterdir() if p.suffix != ".md"}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.slow
def test_what_is_told_of_an_agent(name):
    told, transitions = told_of(name)

    rows = [
        (round(n.t, 1), notice.agent.verdict.health, notice.agent.verdict.reason)
        for n in told
        for notice in n.notices
    ]
    assert [f"{t:g} {health} {reason}" for t, health, reason in rows] == TOLD[name]
    stood = _stood(transitions, NotifyRules())
    assert [notice.transition for n in told for notice in n.notices] == stood


def _stood(transitions, rules):
    """The wanted changes that stood, but for those that had only seemed to end."""
    found, known, ended_t = [], None, 0.0
    for change, following in zip(transitions, [*transitions[1:], None], strict=True):
        if not rules.wants(change):
            continue
        verdict = change.verdict
        goes_on = known == (verdict.health, verdict.reason) and change.t - ended_t < rules.settle_s
        stands = following is None or following.t - change.t > rules.settle_s
        if stands and not goes_on:
            found.append(change)
        if stands or goes_on:
            known, ended_t = (verdict.health, verdict.reason), following.t if following else 0.0
    return found


def test_agents_of_a_server_that_is_gone_are_not_told_of():
    events = [
        (0.0, ServerConnected("3.4")),
        (0.0, SessionOpened(SESSION, "oma-agent-a")),
        (0.0, seen(idle_s=0.0)),
        (0.0, captured(b"Error: it broke")),
        (1.5, ServerLost("gone")),
        (1.6, ServerConnected("3.4")),
        (60.0, PaneOutput(PANE, b"")),
    ]
    records = [Record(seq, t, event) for seq, (t, event) in enumerate(events, 1)]

    assert list(would_tell(fold(), NotifyPolicy(NotifyRules(), lambda _t: BEGAN), records)) == []
