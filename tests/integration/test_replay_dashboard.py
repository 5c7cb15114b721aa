"""A recording in the real dashboard, in a real terminal: keys in, screens out."""

import pytest

from oma.model.events import (
    PaneCaptured,
    PaneOutput,
    PaneSeen,
    ProcessesSampled,
    ProcessSample,
    Record,
    ServerConnected,
    SessionOpened,
    TimePassed,
)
from oma.model.ids import PaneId, SessionId, WindowId
from oma.recording.files import RecordingFile
from oma.recording.recording_format import Header, encode_header, encode_record
from tests.support.dashboard_pane import SANE, SIGNALS, start_dashboard

pytestmark = pytest.mark.tmux

HEADER = Header(
    version=1,
    started_at="2026-11-20T20:00:00+00:00",
    tmux="3.3a",
    oma="0.1.0",
    config={"health": {"idle_warning": 30, "idle_critical": 60}},
    profiles={},
)
A, B = PaneId("%1"), PaneId("%2")


def agent(pane, session, name):
    return (
        (0.0, SessionOpened(session, name)),
        (0.0, PaneSeen(pane, session, WindowId("@1"), 7, "bash", "", "/", 80, 24, idle_s=0.0)),
        (0.0, PaneCaptured(pane, 80, 24, 0, 0, False, b"")),
        (0.0, ProcessesSampled((ProcessSample(pane, ("bash",), 0, None, 1),))),
    )


STORY = (
    (0.0, ServerConnected("3.3a")),
    *agent(A, SessionId("$1"), "oma-agent-alpha"),
    *agent(B, SessionId("$2"), "oma-agent-beta"),
    *((float(t), PaneOutput(A, b"line %d\r\n" % t)) for t in range(1, 101)),
    (200.0, TimePassed()),
)
"""alpha prints until 100 s and is idle at 130 s; beta is idle at 30 s and stuck at 60 s."""


def lines():
    return [
        encode_header(HEADER),
        *(encode_record(Record(seq, t, event)) for seq, (t, event) in enumerate(STORY, start=1)),
    ]


def replay(tmux, folder, *arguments, data=None, name="f.jsonl"):
    path = folder / name
    with RecordingFile.create(path) as file:
        file.write(b"".join(lines()) if data is None else data)
    return start_dashboard(tmux, folder, "replay", path, *arguments)


@pytest.fixture
async def played(tmux, tmp_path):
    """Give a replay that is paused."""
    pane = replay(tmux, tmp_path)
    await pane.sees("alpha", "beta", "playing 1x", "/3:20", "judged by: this recording's rules")
    pane.press("Space", "0")
    await pane.sees(" 0:00/3:20", "paused")
    return pane


async def test_keys_move_in_the_recording(played):
    played.press("5")
    await played.sees(" 1:40/3:20")
    played.press("Left")
    await played.sees(" 1:30/3:20")
    played.press("Right", "Right")
    await played.sees(" 1:50/3:20")
    played.type(":0:45")
    await played.sees("go to 0:45")
    played.press("Enter")
    await played.sees(" 0:45/3:20", "IDLE")


async def test_brackets_go_from_transition_to_transition(played):
    played.press("]")
    await played.sees(" 0:30/3:20", "IDLE")
    played.press("]")
    await played.sees(" 1:00/3:20", "STUCK")
    played.press("[")
    await played.sees(" 0:30/3:20", "IDLE")
    await played.loses("STUCK")


async def test_the_screen_is_that_of_the_moment_in_both_directions(played):
    played.type("/alpha")
    played.press("Enter")
    played.type(":50")
    played.press("Enter")
    await played.until(lambda text: "line 50" in text and "line 51" not in text)
    played.type(":20")
    played.press("Enter")
    await played.until(lambda text: "line 20" in text and "line 21" not in text)


async def test_it_plays_at_its_speed_and_stops_at_the_end(played):
    played.press("9", *"++++++", "Space")
    await played.sees("playing 64x", " 3:20/3:20")


async def test_what_would_act_on_an_agent_is_refused(played):
    played.press("K")
    await played.sees("this is a recording")
    played.press("w")
    await played.loses("this is a recording")
    await played.sees("why it is judged so; the grounds of")
    played.press("n")
    await played.sees("this is a recording")


async def test_the_help_tells_the_keys_of_a_replay(played):
    played.press("?")
    await played.sees("Tenths of the recording", "Transition before, after")
    await played.loses("Send it a message")


async def test_q_leaves_the_terminal_as_it_was(played):
    played.press("q")
    code, modes = await played.left()

    assert code == 0
    assert " icanon " in modes
    assert played.modes() == SANE


@pytest.mark.parametrize("number", SIGNALS)
async def test_a_signal_leaves_the_terminal_as_it_was(played, number):
    played.send_signal(number)
    code, _ = await played.left()

    assert code == SIGNALS[number]
    assert played.modes() == SANE


async def test_other_rules_judge_anew_and_the_header_names_them(tmux, tmp_path):
    rules = tmp_path / "fast.toml"
    rules.write_text("[health]\nidle_warning = 5\nidle_critical = 10\n")
    pane = replay(tmux, tmp_path, "--config", rules, "--from", "12")

    await pane.sees("judged by: fast.toml", "STUCK")


async def test_a_damaged_recording_is_shown_as_far_as_it_goes(tmux, tmp_path):
    whole = lines()
    pane = replay(tmux, tmp_path, data=b"".join([*whole[:50], b"{}\n", *whole[50:]]))
    await pane.sees("alpha", "f.jsonl:51:", "/0:40")
    pane.press("q")
    code, words = await pane.left()

    assert code == 1
    assert "f.jsonl:51:" in words or "f.jsonl:51:" in "\n".join(pane.lines())
