from oma.model.events import OutputLost, PaneOutput
from oma.model.ids import PaneId
from oma.tmux.held import HELD_BYTES, OutputDuringCapture

PANE = PaneId("%1")


def held(*parts):
    output = OutputDuringCapture()
    for part in parts:
        output.put(part)
    return output


def test_what_is_held_comes_out_as_one_and_only_once():
    output = held(b"a", b"b")

    assert output.take(PANE) == [PaneOutput(PANE, b"ab")]
    assert output.take(PANE) == []


def test_too_much_output_is_lost_from_where_it_was_too_much():
    most = b"x" * (HELD_BYTES - 1)
    output = held(most, b"y", b"z", b"z")

    assert output.take(PANE) == [
        PaneOutput(PANE, most + b"y"),
        OutputLost(PANE, "too much output during a capture"),
    ]


def test_nothing_is_held_after_what_was_lost_until_it_is_taken():
    output = held(b"a")
    output.lose("paused")
    output.put(b"b" * HELD_BYTES)

    assert output.lost == "paused"
    assert output.take(PANE) == [PaneOutput(PANE, b"a"), OutputLost(PANE, "paused")]
    output.put(b"c")
    assert output.take(PANE) == [PaneOutput(PANE, b"c")]


def test_every_capture_has_the_whole_room():
    output = held(b"x" * HELD_BYTES)
    output.take(PANE)
    output.put(b"y" * HELD_BYTES)

    assert output.lost is None
