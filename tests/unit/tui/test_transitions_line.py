"""What changed lately."""

import pytest

from oma.model.health import Health, Transition
from oma.tui.cells import Size
from oma.tui.transitions_line import recent, recent_rows, transitions_line
from tests.unit.tui.fleets import render_input, text_of, verdict


def change(t, source, health, name="oma-agent-one"):
    return Transition(t, 1, name, source, verdict(health, "because"))


TOLD = (
    change(0.0, None, Health.OK),
    change(60.0, Health.OK, Health.IDLE),
    change(90.0, Health.IDLE, Health.STUCK, "oma-agent-two"),
    change(95.0, Health.STUCK, Health.STUCK, "oma-agent-two"),
)


def test_the_newest_comes_first_and_what_does_not_fit_is_left_out():
    assert text_of(transitions_line(render_input(transitions=TOLD), 80)) == (
        " 20:01:35 two stuck  20:01:30 two idle→stuck  20:01:00 one ok→idle"
    )
    assert text_of(transitions_line(render_input(transitions=TOLD), 30)) == " 20:01:35 two stuck"


def test_the_first_verdict_on_an_agent_is_no_change():
    assert transitions_line(render_input(transitions=TOLD[:1]), 80) == ()


def test_the_list_has_a_title_and_says_what_was_seen():
    lines = [text_of(line) for line in recent(render_input(transitions=TOLD), Size(60, 3))]

    assert lines[0].startswith("── recent ─")
    assert lines[1:] == [
        " 20:01:35 two stuck           because: output arrives",
        " 20:01:30 two idle→stuck      because: output arrives",
    ]


def test_what_recurs_is_one_line_where_it_was_last_with_how_often():
    again = [change(100.0 + n, Health.OK, Health.IDLE) for n in range(3)]
    shown = render_input(transitions=(*TOLD, *again))
    lines = [text_of(line) for line in recent(shown, Size(60, 9))]

    assert lines[1] == " 20:01:42 one ok→idle         4× because: output arrives"
    assert len(lines) == 1 + 3


@pytest.mark.parametrize(
    ("rows", "changes", "worth"),
    [(27, 9, 0), (30, 0, 0), (30, 1, 0), (30, 2, 3), (30, 9, 5), (60, 5, 6), (60, 99, 10)],
)
def test_the_list_is_as_high_as_it_has_something_to_say_and_a_sixth_at_most(rows, changes, worth):
    told = tuple(change(n, Health.OK, Health.IDLE, f"agent-{n}") for n in range(changes))

    assert recent_rows(render_input(transitions=told), rows) == worth
