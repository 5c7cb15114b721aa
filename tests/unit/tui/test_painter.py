"""What the painter asks the terminal for; painting itself is seen in tests/integration."""

import os

import attrs
import pytest

from oma.tui.painter import Painter


@attrs.frozen
class Descriptor:
    """A standard stream."""

    number: int

    def fileno(self):
        return self.number


@pytest.fixture
def terminal(monkeypatch):
    """Give a function that stands a terminal in: it returns what is typed and what it is sent."""
    ends = (*os.pipe(), *os.pipe())

    def stand_in():
        monkeypatch.setattr("sys.stdin", Descriptor(ends[0]))
        monkeypatch.setattr("sys.stdout", Descriptor(ends[3]))
        return ends[1], ends[2]

    yield stand_in
    for number in ends:
        os.close(number)


@pytest.mark.parametrize(
    ("mouse", "asked", "sent"),
    [
        (True, True, b"\x1b[?2004h\x1b[?1000h\x1b[?1006h"),
        (True, False, b"\x1b[?2004l\x1b[?1000l\x1b[?1006l"),
        (False, True, b"\x1b[?2004h"),
        (False, False, b"\x1b[?2004l"),
    ],
)
def test_pastes_and_the_mouse_are_asked_for(terminal, mouse, asked, sent):
    _, given = terminal()
    Painter(None, 0, mouse, {}).ask_for_input(asked=asked)

    assert os.read(given, 100) == sent


def test_the_background_is_asked_for(terminal):
    _, given = terminal()
    Painter(None, 0, True, {}).ask_background()

    assert os.read(given, 100) == b"\x1b]11;?\x1b\\"


def test_a_copy_is_encoded_and_one_that_is_too_long_is_refused(terminal):
    _, given = terminal()
    painter = Painter(None, 0, True, {})
    assert painter.copy("é\x1b\n")
    assert os.read(given, 100) == b"\x1b]52;c;w6kbCg==\x07"

    assert not painter.copy("x" * 60_000)


def test_what_was_typed_is_read_as_it_is_and_nothing_is_waited_for(terminal):
    typed, _ = terminal()
    painter = Painter(None, 0, True, {})
    assert painter.read() is None
    os.write(typed, b"\x1bx\x00\xff")

    assert painter.read() == b"\x1bx\x00\xff"
    assert painter.read() is None
