from oma.web.terminal.scrollback import MOST_LINES, TRIES, above_screen, as_text, read_quietly

ROWS = 3


def test_what_has_scrolled_away_is_above_a_blank_screen_with_its_looks():
    data = above_screen("one\n\x1b[31mtwo\nthree\nfour\nfive\n", ROWS)

    assert data == b"one\x1b[0m\r\n\x1b[31mtwo\x1b[0m\r\n" + b"\n\n" + b"\x1b[H\x1b[2J"


def test_where_nothing_has_scrolled_away_nothing_is_above():
    assert above_screen("three\n\n\n", ROWS) == b""
    assert above_screen("", ROWS) == b""


def test_what_must_not_reach_a_page_is_filtered_here_too():
    data = above_screen("a\x1b]52;c;eA==\x07b\x1b[c\n1\n2\n3\n", ROWS)

    assert data.startswith(b"ab\x1b[0m\r\n")


def test_it_is_bounded():
    data = above_screen("".join(f"{n}\n" for n in range(MOST_LINES + 100 + ROWS)), ROWS)

    assert data.startswith(b"100\x1b[0m\r\n")
    long = above_screen(("x" * 1000 + "\n") * 4000, ROWS)
    assert len(long) < 2_100_000
    assert long.startswith(b"x" * 1000 + b"\x1b[0m\r\n")


def test_as_text_it_has_no_looks_and_no_controls():
    assert as_text("one\n\x1b[1;38:5:9mtwo\x1b[0m  \n\x1b]0;x\x07\n") == ["one", "two", "␛]0;x␇"]
    assert as_text("") == []


class Reader:
    """A pane that prints while it is read, so many times."""

    def __init__(self, restless):
        self.printed, self.reads, self.restless = 0, 0, restless

    async def read(self, pane, most_lines):
        self.reads += 1
        if self.reads <= self.restless:
            self.printed += 1
        return f"look {self.reads}"


async def test_a_pane_is_read_until_it_rested_meanwhile_and_not_for_ever(autojump_clock):
    resting, busy = Reader(2), Reader(100)

    assert await read_quietly(resting, "%1", lambda: resting.printed) == "look 3"
    assert await read_quietly(busy, "%1", lambda: busy.printed) == f"look {TRIES}"
