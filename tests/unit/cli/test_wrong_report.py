"""The masked recording of an agent that was judged wrongly."""

from contextlib import contextmanager

import attrs
import pytest

from oma.cli.log_source import Source, open_source
from oma.cli.wrong_report import report_of
from oma.config.profiles import packaged_profiles
from oma.config.schema import Config
from oma.detection.thresholds import Thresholds
from oma.errors import ConfigError, OmaError
from oma.model.events import MonitorStopped, PaneOutput, Record, SessionClosed, SessionOpened
from oma.model.health import Health
from oma.recording.recording_format import encode_record
from oma.reducers.rules import Rules
from tests.support.fleet_play import PANE, SESSION, captured, sampled, seen
from tests.unit.cli.recordings import REAL, header

RULES = Rules(packaged_profiles(), Thresholds())
ASKS = "──────────\r\nDo you want to proceed, Bob?\r\n❯ 1. Yes, /home/bob\r\n  2. No\r\n"
EVENTS = (
    (0.0, SessionOpened(SESSION, "oma-agent-bob")),
    (0.0, seen(command="claude", cwd="/home/bob", idle_s=0.0)),
    (0.0, sampled(("claude", "--resume", "bob"))),
    (0.0, captured(b"Bob's secret\n")),
    (500.0, PaneOutput(PANE, f"\x1b[2J\x1b[H{ASKS}".encode())),
    (502.0, MonitorStopped("stopped")),
)


def only(agents):
    (agent,) = agents
    return agent


def report(events=EVENTS, at_s=None, rules=RULES):
    @contextmanager
    def opened():
        yield Source(header(), [Record(n, t, event) for n, (t, event) in enumerate(events, 1)])

    return report_of(opened, rules, only, at_s)


def test_it_replays_to_the_same_verdict_and_nothing_private_is_in_it():
    made = report()

    assert (made.told.verdict.health, made.is_same) == (Health.WAITING, True)
    assert made.again.agent == "oma-agent-reported"
    assert (made.end_s, made.since_s) == (502.0, 500.0)
    written = b"".join(map(encode_record, made.records)).lower()
    assert not any(word in written for word in (b"bob", b"secret", b"home"))


def test_its_header_holds_what_the_verdict_needs_and_when_it_was():
    told = report(at_s=501.0).header

    assert told.started_at == "2026-11-20T12:00:00+00:00"
    assert set(told.config) == {"health"}
    assert set(told.profiles) == {"claude", "generic"}


def test_more_is_written_where_a_minute_does_not_tell():
    working = "❯ go\r\n\r\n✻ Fixing… (9s · esc to interrupt)\r\n──────────\r\n❯ \r\n──────────"
    events = (*EVENTS[:4], (1.0, PaneOutput(PANE, f"\x1b[2J\x1b[H{working}".encode())))
    ticks = [(float(t), PaneOutput(PANE, b"\x1b[H")) for t in range(2, 200)]

    made = report((*events, *ticks))

    assert (made.told.verdict.reason, made.is_same) == ("no-progress", True)
    assert made.end_s > 190


def test_where_masking_takes_what_decided_that_is_known():
    rules = attrs.evolve(RULES, forced_profile=RULES.profiles[0])
    made = report(rules=rules)

    assert made.told.profile == RULES.profiles[0].name
    assert made.again is not None


def test_of_what_is_not_there_nothing_is_made():
    with pytest.raises(OmaError, match="nothing of it is known at 503 s"):
        report((*EVENTS[:5], (503.0, SessionClosed(SESSION))))
    with pytest.raises(ConfigError, match="the recording ends at 502 s"):
        report(at_s=502.5)


@pytest.mark.parametrize(
    ("name", "at_s"),
    [
        ("claude332-main.jsonl.zst", 60.0),
        ("codex171-main.jsonl.zst", 100.0),
        ("pi-a.jsonl.zst", 45.4),
        ("gemini-main.ctl", 70.0),
        ("aider-main.ctl", 90.0),
        ("kimi-b.jsonl.zst", 50.0),
    ],
)
@pytest.mark.slow
def test_real_agents_are_judged_as_before(name, at_s):
    @contextmanager
    def opened():
        with open_source(REAL / name, Config(), packaged_profiles()) as source:
            yield source

    assert report_of(opened, RULES, only, at_s).is_same
