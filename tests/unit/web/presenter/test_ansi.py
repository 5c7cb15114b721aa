from hypothesis import given
from hypothesis import strategies as st

from oma.screen.styled import PLAIN, TRUE_COLOUR, Look, Run, parse_rows
from oma.web.presenter.ansi import ansi_of
from tests.support.strategies import texts

COLOURS = st.none() | st.integers(0, 255) | st.integers(TRUE_COLOUR, 2 * TRUE_COLOUR - 1)
FLAGS = {name: st.booleans() for name in ("bold", "dim", "italic", "underline", "reverse")}
LOOKS = st.builds(Look, foreground=COLOURS, background=COLOURS, **FLAGS)


def test_a_plain_screen_is_its_text():
    assert ansi_of([[Run("a", PLAIN)], [], [Run("b", PLAIN)]]) == "a\r\n\r\nb"


@given(LOOKS)
def test_a_look_survives(look):
    assert parse_rows(ansi_of([[Run("x", look)]])) == ((Run("x", look),),)


@given(texts(), LOOKS)
def test_no_sequence_but_looks_gets_through(text, look):
    shown = ansi_of([[Run(text, look)]])

    for piece in shown.split("\x1b")[1:]:
        assert piece[0] == "["
        assert set(piece[1:].partition("m")[0]) <= set("0123456789;")
    assert not any(c < " " for c in shown.replace("\x1b", ""))
