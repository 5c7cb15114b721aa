from oma.tmux.commands.pane_questions import CaptureHistory, CapturePane
from oma.tmux.queries.screen import CaptureQuery, capture
from oma.tmux.queries.screen_state import ENDED_FORMAT
from tests.support.wire_events import answer, screen


def test_a_capture_asks_for_the_state_first():
    state, picture = capture("%3").commands

    assert state.words()[:3] == ("list-panes", "-t", "%3")
    assert picture == CapturePane("%3", styled=True)


def test_of_a_pane_that_has_ended_the_row_above_its_screen_is_asked_for():
    state, picture = capture("%3", has_ended=True, mark="x").commands

    assert state.words()[-1] == f"x{ENDED_FORMAT}"
    assert picture == CaptureHistory("%3", 1)


def test_the_second_reply_makes_a_screen_whole():
    query = CaptureQuery("%3")

    assert query.take(answer(screen(column=2))) is None
    assert query.take(answer("hello")).data == b"hello\n"
