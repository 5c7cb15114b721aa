"""What escape sequences announce changes a verdict where no rule explains the screen."""

import pytest

from tests.support.fleet_play import play

ASKS = "\x1b]777;notify;Agent;needs your approval\x07"
TELLS = "\x1b]9;All tests pass\x07"


@pytest.mark.parametrize(
    ("call", "verdict"),
    [
        (ASKS, (2.0, "waiting", "notified")),
        ("\x1b]99;;Shall I go on?\x1b\\", (2.0, "waiting", "notified")),
        (TELLS, (2.0, "idle", "notified")),
        ("\x07", (2.0, "idle", "notified")),
    ],
)
def test_an_unknown_agent_that_calls_and_falls_silent_is_never_stuck(call, verdict):
    said = play().prints(1.0, f"some words{call}").at(1000.0).healths

    assert said[1:] == [verdict]


def test_a_call_is_over_when_the_agent_goes_on():
    said = play().prints(1.0, ASKS).prints(10.0, "thanks").at(1000.0).healths

    assert said[1:] == [
        (2.0, "waiting", "notified"),
        (10.0, "ok", "active"),
        (70.0, "idle", "silent"),
        (310.0, "stuck", "silent"),
    ]


def test_a_call_while_the_agent_goes_on_says_nothing():
    said = play().prints(1.0, ASKS).prints(1.5, "more").prints(2.4, "and more").at(70.0).healths

    assert said[1:] == [(62.4, "idle", "silent")]


def test_progress_is_work_though_nothing_else_is_printed_until_it_is_taken_back():
    fleet = play().prints(1.0, "\x1b]9;4;3;0\x07").at(80.0)
    assert [health for _, health, _ in fleet.healths] == ["ok"]

    fleet.prints(80.0, "\x1b]9;4;0;0\x07").at(150.0)
    assert fleet.healths[-1] == (140.0, "idle", "silent")


def test_progress_that_failed_is_an_error():
    said = play().prints(1.0, "\x1b]9;4;2;50\x07").at(200.0).healths

    assert said[-1][1:] == ("stuck", "error")


def test_an_unknown_agent_at_a_marked_prompt_rests():
    said = play().prints(1.0, "\x1b]133;A\x07ready: \x1b]133;B\x07").at(1000.0).healths

    assert said[1:] == [(4.0, "idle", "finished")]


def test_a_command_that_runs_from_a_marked_prompt_may_hang():
    said = play().prints(1.0, "\x1b]133;A\x07ready: \x1b]133;C\x07").at(1000.0).healths

    assert said[-1] == (301.0, "stuck", "silent")
