"""A part of a log that may be shown to others."""

from oma.config.profiles import packaged_profiles
from oma.detection.redaction import Redaction
from oma.model.events import (
    AgentFound,
    CheckoutSeen,
    CommandSent,
    MonitorStopped,
    OutputLost,
    PaneCaptured,
    PaneClosed,
    PaneOutput,
    PaneResized,
    PaneSeen,
    ProcessesSampled,
    ServerConnected,
    SessionClosed,
    SessionOpened,
)
from oma.model.ids import PaneId, SessionId
from oma.model.status_file import StatusFileRead
from oma.reducers.fact_masking import FactMasking
from oma.reducers.masked_log import NAME, MaskedLog
from oma.screen.emulator import Screen
from tests.support.fleet_play import PANE, SESSION, captured, sampled, seen

CLAUDE = next(each for each in packaged_profiles() if each.name == "claude")
MASKING = FactMasking(CLAUDE, Redaction.of(packaged_profiles()))
START = (
    (0.0, ServerConnected("3.4")),
    (0.0, SessionOpened(SESSION, "oma-agent-bob")),
    (0.0, SessionOpened(SessionId("$7"), "oma-agent-eve")),
    (0.0, seen(command="claude", idle_s=0.0)),
    (0.0, CheckoutSeen(PANE, "/src/bob", "main")),
    (0.0, sampled(("claude",))),
    (0.0, captured(b"Hello Bob\n")),
)


def masked(*events, start_s=0.0, end_s=20.0, start=START):
    log = MaskedLog(PANE, SESSION, MASKING, start_s)
    records = [record for t, event in (*start, *events) for record in log.take(t, event)]
    return [*records, *log.end(end_s)]


def shown(records):
    screen = None
    for record in records:
        match record.event:
            case PaneCaptured():
                screen = Screen.seeded(record.event)
            case PaneOutput(_, data):
                screen.feed(data)
    return [line for line in screen.lines() if line]


def kinds(records):
    return [type(record.event).__name__ for record in records]


def test_one_agent_is_told_of_under_another_name_and_nobody_else():
    records = masked()

    assert [record.seq for record in records] == [1, 2, 3, 4, 5, 6]
    assert kinds(records) == [
        *["ServerConnected", "SessionOpened", "PaneSeen", "ProcessesSampled"],
        *["PaneCaptured", "MonitorStopped"],
    ]
    assert records[1].event.name == NAME
    assert shown(records) == ["Xxxxx Xxx"]


def test_what_is_written_is_masked_whatever_cuts_its_words():
    records = masked(
        (1.0, PaneOutput(PANE, b"\x1b[2;1HSecr\x1b[1m")), (2.0, PaneOutput(PANE, b"et esc"))
    )

    assert shown(records) == ["Xxxxx Xxx", "Xxxxxx esc"]
    assert not any(b"Secr" in getattr(record.event, "data", b"") for record in records)


def test_what_was_before_is_told_as_the_state_when_the_agent_was_last_active():
    records = masked(
        (5.0, PaneOutput(PANE, b"\x1b]2;Bob\x07\x1b[2;1Hesc")), start_s=10.0, end_s=12.0
    )

    assert [record.t for record in records] == [0.0] * 6 + [7.0]
    assert kinds(records)[-3:] == ["PaneCaptured", "PaneOutput", "MonitorStopped"]
    assert records[-2].event.data == b"\x1b]2;Xxx\x07"
    assert records[2].event.idle_s == 0.0
    assert shown(records) == ["Xxxxx Xxx", "esc"]


def test_output_that_changes_nothing_says_that_the_agent_is_alive():
    same = b"\x1b[H"
    outputs = [(1 + n / 100, PaneOutput(PANE, b"\x1b[H")) for n in range(100)]

    records = masked((0.5, PaneOutput(PANE, same)), *outputs)

    assert 4 <= kinds(records).count("PaneOutput") <= 7


def test_sizes_losses_and_ends_are_told():
    records = masked(
        (1.0, PaneResized(PANE, 60, 20)),
        (1.0, OutputLost(PANE, "of Bob")),
        (2.0, PaneOutput(PANE, b"unseen")),
        (3.0, PaneClosed(PaneId("%9"))),
        (4.0, PaneClosed(PANE)),
        (5.0, SessionClosed(SESSION, "bob")),
    )

    told = [record.event for record in records[5:]]
    assert told == [
        PaneResized(PANE, 60, 20),
        OutputLost(PANE, "masked"),
        PaneOutput(PANE, b"\x1b[m"),
        PaneClosed(PANE),
        SessionClosed(SESSION, "renamed"),
        MonitorStopped("reported"),
    ]


def test_a_pane_that_was_resized_before_has_its_size_and_no_screen():
    records = masked((1.0, PaneResized(PANE, 60, 20)), start_s=10.0)

    (told,) = [record.event for record in records if isinstance(record.event, PaneSeen)]
    assert (told.columns, told.rows) == (60, 20)
    assert "PaneCaptured" not in kinds(records)


def test_what_was_found_is_told_without_its_evidence_and_what_users_did_is_not():
    found = AgentFound(PANE, "claude", "process", "claude --resume bob", "bob")
    records = masked(
        (1.0, found), (1.0, CommandSent("send", PANE, "do it")), (1.0, sampled(pane=PaneId("%9")))
    )

    assert records[5].event == AgentFound(PANE, "claude", "process", "claude", "reported")
    assert kinds(records[6:]) == ["MonitorStopped"]


def test_an_agent_that_is_not_known_before_begins_when_it_comes():
    assert kinds(masked(start=START[:1], start_s=10.0)) == ["ServerConnected", "MonitorStopped"]
    sample = masked((1.0, ProcessesSampled(())))
    assert kinds(sample) == kinds(masked())


def test_what_the_status_file_says_is_told_without_process_and_private_words():
    before = StatusFileRead(PANE, 4711, "waiting", "permission prompt")
    later = StatusFileRead(PANE, 4711, "waiting", "Bob's secret")
    last = StatusFileRead(PANE, 4711, "idle")

    records = masked((2.0, before), (10.0, later), (11.0, last), start_s=5.0)

    told = [each.event for each in records if type(each.event) is StatusFileRead]
    assert [(each.state, each.detail) for each in told[::2]] == [
        ("waiting", "permission prompt"),
        ("idle", ""),
    ]
    assert "secret" not in told[1].detail
    assert {each.pid for each in told} == {1}
