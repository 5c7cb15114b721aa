import pytest

from oma.errors import ProtocolError
from oma.tmux.address import ServerAddress
from oma.tmux.capture_batch import MOST_PANES, ask_screens, screens_told
from oma.tmux.commands.render import to_argv
from oma.tmux.queries.screen import capture
from tests.support.wire_events import screen

MARK = "0f" * 16
PANES = ["%1", "%2", "%3"]


def printed(*screens):
    """What tmux prints for these states and rows."""
    return "".join(f"{MARK}\t{state}\n{rows}" for state, rows in screens).encode()


def told(*screens):
    return [(each.pane, each.data) for each in screens_told(PANES, MARK, printed(*screens))]


def test_each_screen_is_of_its_pane_with_the_state_of_its_terminal():
    output = printed(
        (screen(column=3), "one\n\n"), (screen(alternate=True), "\n"), (screen(), "x\n")
    )

    first, second, third = screens_told(PANES, MARK, output)
    assert (first.pane, first.data, first.cursor_column) == ("%1", b"one\n\n", 3)
    assert (second.pane, second.data, second.alternate) == ("%2", b"\n", True)
    assert (third.pane, third.data) == ("%3", b"x\n")


def test_what_comes_before_a_pane_that_is_gone_is_told():
    one = (screen(), "one\n")

    assert told() == []
    assert told(one) == [("%1", b"one\n")]
    assert told(one, (screen(), "")) == [
        ("%1", b"one\n")
    ]  # gone between its state and its capture


def test_a_screen_that_shows_the_state_of_another_is_not_taken_for_it():
    assert told((screen(), f"\t{screen()}\nx\n")) == [("%1", f"\t{screen()}\nx\n".encode())]


def test_a_state_that_is_none_is_refused():
    with pytest.raises(ProtocolError):
        told(("80", "x\n"))


def test_of_panes_that_have_ended_is_asked_what_their_programs_left():
    asked = ask_screens(PANES[:2], MARK, {"%2"}).commands

    assert asked == (
        *capture("%1", mark=f"{MARK}\t").commands,
        *capture("%2", has_ended=True, mark=f"{MARK}\t").commands,
    )


def test_as_many_panes_as_are_asked_for_at_once_fit_into_a_command_line():
    panes = [f"%{10**6 + number}" for number in range(MOST_PANES)]

    for ended in ((), panes):
        argv = to_argv(ask_screens(panes, MARK, ended), ServerAddress())
        assert sum(len(word) + 1 for word in argv) < 16_000, ended
