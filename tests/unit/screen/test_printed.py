from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from oma.screen.escape_tokenizer import MAX_SEQUENCE_BYTES
from oma.screen.printed import LONGEST_LINE, Printed
from tests.support.strategies import data


def lines(*chunks):
    printed = Printed()
    return [line for chunk in chunks for line in printed.feed(chunk)]


def test_a_line_is_told_when_it_ends():
    assert lines(b"one\r\ntw", b"o\r\nthree") == ["one", "two"]


def test_what_is_printed_twice_is_told_twice():
    assert lines(b"ok\nok\n\nok\n") == ["ok", "ok", "", "ok"]


def test_colours_titles_and_other_sequences_are_left_out():
    assert lines(
        b"\x1b[1;31mred\x1b[0m \x1b]0;title\x07\x1b]8;;http://x\x1b\\link\x1b(B\x1bPq\x1b\\!\n"
    ) == ["red link!"]


def test_a_title_as_screen_sets_it_and_a_clipboard_are_left_out():
    assert lines(b"\x1bktitle\x1b\\a\x1b]52;c;aGk=\x07b\n") == ["ab"]


def test_a_progress_bar_leaves_its_last_state():
    assert lines(b" 10%\r 50%\r100%\n") == ["100%"]


def test_spaces_that_are_cursor_moves_are_spaces():
    assert lines(b"a\x1b[Cb\x1b[3Cc\x1b[20Gd\n") == ["a b   c            d"]


def test_erasing_to_the_end_of_the_line_erases():
    assert lines(b"abcdef\r\x1b[2C\x1b[K\n") == ["ab"]


def test_a_painting_program_tells_of_each_text_once():
    frame = b"\x1b[3A\x1b[2Kanswer\n\x1b[2K%b Thinking (%ds)\n\x1b[2K> \n"
    told = lines(*(frame % (b"\xe2\x9c\xbb", seconds) for seconds in range(50)))

    assert told == ["answer", "✻ Thinking (0s)", ">"]


def test_a_program_that_left_its_screen_prints_again():
    told = lines(b"\x1b[Hx\n", *[b"line %d\n" % n for n in range(300)], b"same\nsame\n")

    assert told[-2:] == ["same", "same"]


def test_a_line_without_end_is_bounded():
    printed = Printed()
    printed.feed(b"x" * 100_000)
    printed.feed(b"\x1b[99999C")

    assert [len(line) for line in printed.feed(b"y\n")] == [LONGEST_LINE]


def test_a_sequence_without_end_is_none():
    printed = Printed()
    for _ in range(20):
        printed.feed(b"\x1b[" + b"1" * 1000)

    assert len(printed._tokenizer.pending) <= MAX_SEQUENCE_BYTES + 1


@given(st.lists(data() | st.just(b"\x1b[") | st.just(b"\x1b]0;")))
def test_any_output_gives_lines_without_control_characters(chunks):
    assert all(category(c) != "Cc" for line in lines(*chunks) for c in line)


@given(data(), st.integers(0, 12))
def test_chunks_may_be_cut_anywhere(text, at):
    assert lines(text[:at], text[at:], b"\n") == lines(text, b"\n")
