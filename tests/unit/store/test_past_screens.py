"""What a pane showed at a moment of the past."""

from oma.model import events as ev
from oma.store.past_screens import PastScreens
from tests.support.fleet_play import PANE, SESSION, captured, seen


def screens(*timed):
    past = PastScreens()
    for t, event in ((0.0, ev.SessionOpened(SESSION, "a")), (0.0, seen()), *timed):
        past.take(t, event)
    return past


def text(past, t):
    rows = past.styled_rows_at(t, SESSION, PANE, 9)
    return None if rows is None else "".join(run.text for row in rows for run in row)


def test_a_screen_is_not_known_before_its_capture_and_after_a_loss():
    past = screens(
        (1.0, captured(b"old\n")),
        (2.0, ev.OutputLost(PANE, "full")),
        (3.0, ev.PaneOutput(PANE, b"unseen")),
        (4.0, captured(b"new\n")),
    )

    assert [text(past, t) for t in (0.5, 1.0, 3.5, 4.0)] == [None, "old", None, "new"]


def test_output_of_a_capture_is_not_that_of_the_next():
    past = screens(
        (1.0, captured()),
        (2.0, ev.PaneOutput(PANE, b"first")),
        (3.0, captured()),
        (4.0, ev.PaneOutput(PANE, b"second")),
    )

    assert [text(past, t) for t in (4.0, 3.0, 2.0)] == ["second", "", "first"]


def test_a_pane_that_nobody_owns_is_not_listened_to():
    past = screens((1.0, captured()), (2.0, ev.PaneClosed(PANE)), (3.0, ev.PaneOutput(PANE, b"x")))

    assert text(past, 4.0) == ""


def test_a_pane_of_a_session_that_is_not_there_is_not_listened_to():
    past = PastScreens()
    for event in (seen(), captured(b"never\n")):
        past.take(0.0, event)

    assert text(past, 1.0) is None


def test_a_session_that_is_opened_anew_has_no_panes_yet():
    past = screens(
        (1.0, captured()),
        (2.0, ev.SessionOpened(SESSION, "a")),
        (3.0, ev.PaneOutput(PANE, b"x")),
        (4.0, seen()),
    )

    assert [text(past, t) for t in (3.0, 4.0)] == ["", None]


def test_a_session_that_is_closed_takes_its_panes_with_it():
    past = screens(
        (1.0, captured()), (2.0, ev.SessionClosed(SESSION)), (3.0, ev.PaneOutput(PANE, b"x"))
    )

    assert text(past, 3.0) == ""
