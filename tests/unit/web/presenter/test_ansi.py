from hypothesis import given
from hypothesis import strategies as st

from oma.screen.styled import PLAIN, TRUE_COLOUR, StyledText, TextStyle, parse_rows
from oma.web.presenter.ansi import ansi_of
from tests.support.strategies import texts

COLOURS = st.none() | st.integers(0, 255) | st.integers(TRUE_COLOUR, 2 * TRUE_COLOUR - 1)
FLAGS = {name: st.booleans() for name in ("bold", "dim", "italic", "underline", "reverse")}
STYLES = st.builds(TextStyle, foreground=COLOURS, background=COLOURS, **FLAGS)


def test_a_plain_screen_is_its_text():
    assert ansi_of([[StyledText("a", PLAIN)], [], [StyledText("b", PLAIN)]]) == "a\r\n\r\nb"


@given(STYLES)
def test_a_style_survives(style):
    assert parse_rows(ansi_of([[StyledText("x", style)]])) == ((StyledText("x", style),),)


@given(texts(), STYLES)
def test_no_sequence_but_styles_gets_through(text, style):
    shown = ansi_of([[StyledText(text, style)]])

    for piece in shown.split("\x1b")[1:]:
        assert piece[0] == "["
        assert set(piece[1:].partition("m")[0]) <= set("0123456789;")
    assert not any(c < " " for c in shown.replace("\x1b", ""))
