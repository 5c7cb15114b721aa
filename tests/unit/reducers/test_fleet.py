"""The fold as a whole: what a user is told, and when."""

import math

from oma.model.events import (
    OutputLost,
    PaneClosed,
    PaneResized,
    ServerConnected,
    ServerLost,
    SessionClosed,
    SessionOpened,
    SessionRenamed,
)
from oma.model.health import Health
from oma.model.ids import PaneId, SessionId
from oma.model.pane_sampled import PaneSampled
from oma.reducers.pane import MOST_UNREAD
from tests.support.fleet_play import PANE, SESSION, captured, empty, play, sampled, seen


def test_an_agent_that_falls_silent_is_idle_and_then_stuck_at_the_very_moments():
    said = play().prints(1.0, "hello").at(1000.0).healths

    assert said == [
        (0.0, "ok", "active"),
        (61.0, "idle", "silent"),
        (301.0, "stuck", "silent"),
    ]


def test_an_agent_that_prints_again_is_ok_again():
    said = play().at(70.0).prints(80.0, "hello").healths

    assert said[-1] == (80.0, "ok", "active")


def test_silence_before_we_attached_counts():
    found = (SessionOpened(SESSION, "a"), seen(idle_s=200.0), captured(), sampled())
    fleet = empty().at(0.0, *found)

    assert [h for _, h, _ in fleet.healths] == ["idle"]
    assert fleet.at(100.0).healths[-1] == (100.0, "stuck", "silent")


def test_an_error_that_stands_at_the_bottom_is_stuck_until_the_agent_prints_on():
    fleet = play().prints(1.0, "error: it broke\r\n").at(5.0)
    assert fleet.healths[-1] == (2.0, "stuck", "error-text")
    assert fleet.said[-1].verdict.evidence == "error: it broke"

    fleet.prints(6.0, "never mind, going on\r\n").at(8.0)

    assert fleet.healths[-1] == (6.0, "ok", "active")


def test_an_error_that_scrolls_by_is_nothing():
    fleet = play().prints(1.0, "error: it broke\r\n")
    for step in range(20):
        fleet.prints(1.5 + step / 2, f"going on with step number {step}\r\n")

    assert [h for _, h, _ in fleet.at(20.0).healths] == ["ok"]


def test_the_repaint_after_a_resize_is_not_work():
    fleet = play().at(70.0, PaneResized(PANE, 100, 30), captured(columns=100, rows=30))
    fleet.prints(70.3, "repaint")

    assert fleet.at(80.0).healths[-1] == (60.0, "idle", "silent")


def test_a_capture_is_not_work():
    assert play().at(70.0, captured(b"new text\n")).healths[-1] == (60.0, "idle", "silent")


def test_lost_output_is_work_only_where_the_screen_tells_so():
    fleet = play().prints(1.0, "words").at(70.0, OutputLost(PANE, "its control client ended"))

    assert fleet.at(70.1, captured(b"words\n")).healths[-1] == (61.0, "idle", "silent")
    fleet.at(80.0, OutputLost(PANE, "behind")).at(80.1, captured(b"other words\n"))
    assert fleet.healths[-1] == (80.1, "ok", "active")


def test_lost_output_in_a_resize_is_no_work():
    fleet = play().prints(1.0, "words").at(70.0, OutputLost(PANE, "behind"))
    fleet.at(70.1, PaneResized(PANE, 3, 24), captured(b"wor\nds\n", columns=3))

    assert fleet.healths[-1] == (61.0, "idle", "silent")


def test_a_capture_of_a_sampled_pane_is_work_where_the_screen_is_another():
    fleet = play().prints(1.0, "words").at(2.0, PaneSampled(PANE, "slow"), captured(b"words\n"))

    assert fleet.at(70.0, captured(b"words\n")).healths[-1] == (61.0, "idle", "silent")
    fleet.at(80.0, captured(b"other words\n"))
    assert fleet.healths[-1] == (80.0, "ok", "active")
    fleet.at(141.0, captured(b"yet others\n")).at(145.0, PaneSampled(PANE, ""))
    fleet.at(202.0, captured(b"yet others\n"))
    assert fleet.healths[-1] == (201.0, "idle", "silent")


def test_what_a_pane_printed_before_its_client_came_back_is_work():
    fleet = play().at(1.0, PaneSampled(PANE, "slow")).at(70.0, PaneSampled(PANE, ""))
    fleet.at(70.1, captured(b"words\n")).at(140.0, captured(b"a capture is none\n"))

    assert fleet.healths[-2:] == [(70.1, "ok", "active"), (130.1, "idle", "silent")]


def test_the_repaint_of_a_sampled_pane_is_no_work():
    fleet = play().at(1.0, PaneSampled(PANE, "slow"), captured(b"words\n"))
    fleet.at(70.0, PaneResized(PANE, 3, 24), captured(b"wor\nds\n", columns=3))
    fleet.at(70.8, captured(b"wor\nds.\n", columns=3))

    assert fleet.healths[-1] == (61.0, "idle", "silent")


def test_why_and_since_when_an_agent_is_sampled_is_known():
    fleet = play().at(2.0, PaneSampled(PANE, "slow"))
    (sampled,) = fleet.fleet.snapshot().agents
    (followed,) = fleet.at(3.0, PaneSampled(PANE, "")).fleet.snapshot().agents

    assert (sampled.sampled, sampled.sampled_s) == ("slow", 2.0)
    assert (followed.sampled, followed.sampled_s) == ("", None)


def test_what_a_sampled_agent_reported_is_not_known_any_more():
    fleet = play().prints(1.0, "\x1b]7501;state=blocked\x07").at(2.0)
    assert fleet.healths[-1][1:] == ("waiting", "blocked")

    fleet.at(3.0, PaneSampled(PANE, "slow"), captured(b"")).at(4.0)

    assert fleet.healths[-1][1] == "ok"


def test_a_dead_pane_has_exited_with_its_status_whatever_its_screen_shows():
    fleet = play().prints(1.0, "error: it broke\r\n").at(1.5, seen(dead=True, dead_status=3))

    assert fleet.healths[-1] == (1.5, "exited", "process-ended")
    assert fleet.said[-1].verdict.evidence == "exit status 3"
    assert fleet.at(500.0).healths[-1] == (1.5, "exited", "process-ended")


def test_a_respawned_pane_is_ok_again():
    fleet = play().at(1.0, seen(dead=True, dead_status=0)).at(2.0, seen(pid=101))

    assert fleet.prints(2.1, "hi").healths[-1][1] == "ok"


def test_a_closed_session_has_exited_and_is_dropped_after_a_while():
    fleet = play().at(1.0, SessionClosed(SESSION))
    assert fleet.healths[-1] == (1.0, "exited", "session-closed")
    renamed = play().at(1.0, SessionClosed(SESSION, "plain"))
    assert renamed.healths[-1] == (1.0, "exited", "renamed")
    assert [agent.gone for agent in fleet.fleet.snapshot().agents] == [True]

    assert fleet.at(61.0).fleet.snapshot().agents == ()
    assert fleet.fleet.next_deadline_s == math.inf


def test_an_agent_that_comes_back_under_its_name_is_the_same_agent():
    fleet = play().at(1.0, SessionClosed(SESSION))
    again = SessionId("$2")
    pane = PaneId("%9")
    fleet.at(2.0, SessionOpened(again, "oma-agent-1"), seen(session=again, pane=pane))
    fleet.at(2.0, captured(pane=pane), sampled(pane=pane))

    assert fleet.said[-1].source is Health.EXITED
    assert [agent.session for agent in fleet.fleet.snapshot().agents] == [again]


def test_a_server_that_goes_takes_every_agent_along():
    fleet = play().at(0.5, ServerConnected("3.3a"))
    assert fleet.fleet.snapshot().has_server

    fleet.at(1.0, ServerLost("no tmux server"))

    assert fleet.healths[-1] == (1.0, "exited", "server-gone")
    assert not fleet.fleet.snapshot().has_server


def test_a_renamed_session_keeps_its_history_under_the_new_name():
    fleet = play().at(1.0, SessionRenamed(SESSION, "oma-agent-new")).at(70.0)

    assert fleet.said[-1].agent == "oma-agent-new"
    assert fleet.healths[-1] == (60.0, "idle", "silent")


def test_a_pane_that_closes_leaves_its_agent_to_the_next_pane():
    second = PaneId("%2")
    fleet = play().at(1.0, seen(pane=second)).at(2.0, PaneClosed(PANE))

    assert fleet.fleet.snapshot().agents[0].pane == second


def test_snapshots_list_agents_by_their_session_numbers():
    fleet = empty()
    for number in (10, 9, 100):
        session = SessionId(f"${number}")
        fleet.at(
            0.0,
            SessionOpened(session, f"a{number}"),
            seen(session=session, pane=PaneId(f"%{number}")),
        )

    assert [a.session for a in fleet.fleet.snapshot().agents] == ["$9", "$10", "$100"]


def test_the_agent_of_a_pane_is_the_one_of_the_snapshot():
    fleet = play().prints(1.0, "hello").fleet

    assert fleet.state_of(PANE) == fleet.snapshot().agents[0]
    assert fleet.state_of(PaneId("%9")) is None


def test_a_pane_of_a_session_that_was_opened_anew_is_not_its():
    fleet = play().at(1.0, SessionOpened(SESSION, "oma-agent-1")).fleet

    assert fleet.state_of(PANE) is None


def test_transitions_carry_the_newest_record_before_them():
    fleet = play().at(500.0)

    assert {s.seq for s in fleet.said[1:]} == {4}


def test_styled_rows_are_the_bottom_of_the_screen_with_its_colours():
    fleet = play().prints(1.0, "one\r\n\x1b[31mtwo\x1b[0m\r\nthree").fleet

    rows = fleet.styled_rows(SESSION, 2)
    assert [[(run.text, run.style.foreground) for run in row] for row in rows] == [
        [("two", 1)],
        [("three", None)],
    ]


def test_there_is_no_picture_of_a_screen_that_is_not_known():
    fleet = play().at(1.0, PaneResized(PANE, 100, 30)).fleet

    assert fleet.styled_rows(SESSION, 5) is None
    assert fleet.styled_rows(SessionId("$99"), 5) is None


def test_a_terminal_is_told_whole_with_the_unfinished_end_of_its_output():
    told = play().prints(1.0, "one\x1b[?1h\x1b[3").fleet.terminal(PANE)

    assert b"one" in told.data
    assert b"\x1b[?1h" in told.data
    assert told.pending == b"\x1b[3"


def test_there_is_no_terminal_where_there_is_no_screen():
    fleet = play().at(1.0, PaneResized(PANE, 100, 30)).fleet

    assert fleet.terminal(PANE) is None
    assert fleet.terminal(PaneId("%99")) is None


def test_looking_at_an_agent_changes_nothing_that_is_believed():
    def run(look):
        fleet = play()
        for step in range(40):
            fleet.prints(1.0 + step / 100, f"error: try {step}\r\n")
            if look:
                fleet.fleet.styled_rows(SESSION, 10)
                fleet.fleet.terminal(PANE)
        return fleet.at(1.405, PaneResized(PANE, 90, 20)).at(400.0).said

    assert run(look=True) == run(look=False)


def test_a_program_behind_a_launcher_is_known_by_its_own_report():
    fleet = play().at(1.0, seen(command="node"))
    assert fleet.fleet.snapshot().agents[0].profile == "generic"

    fleet.prints(2.0, "\x1b]7501;state=blocked:app=codex:kind=permission\x1b\\")

    assert fleet.fleet.snapshot().agents[0].profile == "codex"
    assert fleet.healths[-1] == (2.0, "waiting", "permission")


ASKS = (
    "\x1b[2J\x1b[H● Bash({0})\r\n\r\n Do you want to proceed?\r\n ❯ 1. Yes\r\n   2. No\r\n\r\n"
    " Esc to cancel · Tab to amend"
)


def test_the_dialog_of_an_agent_that_waits_is_the_one_on_its_screen_now():
    fleet = play().at(0.5, seen(command="claude"))
    fleet.prints(1.0, ASKS.format("ls")).at(3.0)
    (asks,) = fleet.fleet.snapshot().agents
    assert asks.verdict.health is Health.WAITING
    assert (asks.dialog.question, asks.dialog.subject) == ("Do you want to proceed?", "● Bash(ls)")

    fleet.prints(4.0, ASKS.format("rm -rf build")).at(4.1)
    (other,) = fleet.fleet.snapshot().agents

    assert other.dialog.subject == "● Bash(rm -rf build)"
    assert other.dialog.fingerprint != asks.dialog.fingerprint


def test_the_programs_of_every_pane_are_told_while_they_live():
    second = PaneId("%2")
    fleet = play().at(1.0, seen(pane=second, pid=7, command="node"))
    assert fleet.fleet.programs == {PANE: (100, "bash"), second: (7, "node")}

    fleet.at(2.0, seen(pane=second, pid=7, command="node", dead=True))

    assert fleet.fleet.programs == {PANE: (100, "bash")}


def test_an_agent_that_does_not_wait_asks_nothing_whatever_is_on_its_screen():
    fleet = play().prints(1.0, "Pick one:\r\n 1. this\r\n 2. that\r\n").at(2.0)

    assert fleet.fleet.snapshot().agents[0].dialog is None


def test_an_idle_agent_that_floods_is_ok_from_its_first_work_on():
    fleet = play().at(70.0, PaneResized(PANE, 80, 24), captured())
    for step in range(600):  # a flood that begins as a repaint: looks are put off
        fleet.prints(round(70.7 + step * 0.001, 6), "x")

    assert fleet.healths[-1] == (71.0, "ok", "active")


def test_what_is_kept_of_an_agent_does_not_grow_with_its_output():
    fleet = play(error_settle_s=1.0)
    for step in range(3000):
        fleet.prints(round(1.0 + step * 0.005, 6), f"\r{'error' if step % 7 else 'fine'} {step}")

    (agent,) = fleet.fleet._roster.agents.values()
    assert len(fleet.fleet._due) < 10
    assert len(fleet.fleet._due) == len(agent.scheduled_later)
    assert len(agent.panes[PANE]._unread) <= MOST_UNREAD


def test_a_deadline_that_came_first_hides_none_behind_it():
    fleet = play(idle_warning_s=10.0, idle_critical_s=20.0, error_settle_s=15.0)
    fleet.prints(1.0, "hello").prints(2.0, "\r\nerror: it broke")

    assert [t for t, _, _ in fleet.at(100.0).healths] == [0.0, 12.0, 17.0]
