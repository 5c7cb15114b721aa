"""What changed lately."""

from oma.model.health import Health, Transition
from oma.tui.cells import Size
from oma.tui.transitions_line import recent, transitions_line
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


def test_the_list_has_a_title_and_reasons():
    lines = [text_of(line) for line in recent(render_input(transitions=TOLD), Size(50, 3))]

    assert lines[0].startswith("── recent ─")
    assert lines[1:] == ["   20:01:35 two stuck  because", "   20:01:30 two idle→stuck  because"]
