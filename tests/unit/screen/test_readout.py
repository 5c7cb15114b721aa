import ctypes

import pytest

from oma.screen.emulator import Screen
from oma.screen.ghostty import OUT_OF_SPACE, PLAIN_TEXT, SUCCESS, WITH_SEQUENCES
from oma.screen.readout import glance, span, text, written

FAILED = -1


@pytest.fixture
def screen():
    screen = Screen(10, 4)
    screen.feed(b"one\r\n\x1b[1mtwo\x1b[0m\r\nthree")
    return screen


def read(screen, first_row, last_row, form=PLAIN_TEXT):
    corners = span(screen.columns, first_row, last_row)
    return text(screen._library, screen._terminal, corners, form)


def test_whole_rows_are_read_both_included(screen):
    assert read(screen, 0, 1) == b"one\ntwo"
    assert read(screen, 2, 2) == b"three"


def test_a_form_stays_what_it_is_whatever_was_read_between(screen):
    styled = read(screen, 1, 1, WITH_SEQUENCES)

    assert b"\x1b[" in styled
    assert read(screen, 1, 1) == b"two"
    assert read(screen, 1, 1, WITH_SEQUENCES) == styled


def test_rows_that_are_not_there_are_an_error_and_no_text(screen):
    assert isinstance(read(screen, 0, 4), int)


def test_a_glance_tells_of_its_own_terminal(screen):
    other = Screen(10, 4)
    other.feed(b"\x1b[?1049h" + b"x" * 10)

    told = [glance(each._library, each._terminal) for each in (screen, other, screen)]

    assert [(each.cursor, each.alternate) for each in told] == [
        ((5, 2), False),
        ((10, 0), True),
        ((5, 2), False),
    ]
    assert not any(each.broken for each in told)


def test_what_is_longer_than_the_shared_buffer_is_written_again():
    sizes = []

    def write(buffer, size, length):
        sizes.append(size)
        length._obj.value = 100_000
        if size < 100_000:
            return OUT_OF_SPACE
        ctypes.memset(buffer, ord("x"), 100_000)
        return SUCCESS

    assert written(write) == b"x" * 100_000
    assert sizes[1:] == [100_000]


def test_an_error_is_its_number():
    assert written(lambda *_: FAILED) == FAILED
