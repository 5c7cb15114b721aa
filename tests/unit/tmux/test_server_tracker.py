import pytest

from oma.errors import ProtocolError
from oma.model.events import PaneSeen, SessionClosed, SessionOpened, SessionRenamed
from oma.model.ids import SessionId
from oma.tmux import notifications as wire
from oma.tmux.commands.clients import Subscribe, Unsubscribe
from oma.tmux.commands.pane_questions import CapturePane
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.queries.hints import ACTIVITY_SUBSCRIPTION, HINTS_SUBSCRIPTION, list_windows
from oma.tmux.queries.panes import LIST_PANES
from oma.tmux.queries.screen import capture
from oma.tmux.server_tracker import SUBSCRIPTION, WINDOWS_AT_ONCE, ServerTracker
from tests.support.wire_events import (
    active,
    answer,
    attached,
    hinted,
    listed,
    output,
    refused,
    screen,
)

HINTS = [
    wire.SessionsChanged(),
    wire.SessionRenamed("$1", "x"),
    wire.WindowRenamed("@1", "x", linked=True),
    wire.WindowPaneChanged(),
    wire.LayoutChanged(""),
]


def new():
    return ServerTracker(SessionId("$0"), PaneInventory(), lambda name: name.startswith("oma-"))


def counted(*rows):
    """A tracker that has taken its first list."""
    tracker = new()
    tracker.receive([attached()])
    tracker.receive([answer(*rows)])
    tracker.receive([answer()] * len(taken(tracker)[1:]))
    return tracker


def taken(tracker, told=frozenset()):
    tracker.subscribe(told)
    commands = list(tracker.commands)
    tracker.commands.clear()
    return commands


def hint(**windows):
    return wire.SubscriptionChanged(SUBSCRIPTION, hinted(**windows))


def subscription(window, told=HINTS_SUBSCRIPTION):
    return Subscribe(SUBSCRIPTION, window, told)


def test_the_server_is_listed_once_the_client_is_attached():
    tracker = new()
    tracker.receive([wire.SessionsChanged()])
    assert taken(tracker) == []

    tracker.receive([attached()])

    assert taken(tracker) == [LIST_PANES]
    assert not tracker.counted


def test_changes_are_told_through_a_window_of_the_session_for_as_long_as_it_is_there():
    tracker = new()
    tracker.receive([attached()])
    taken(tracker)
    home = [listed(session="$0", name="home", window=f"@{number}") for number in (3, 4)]

    tracker.receive([answer(listed(), *home)])
    assert taken(tracker) == [subscription("@3")]
    tracker.receive([answer(), wire.SessionsChanged()])
    tracker.receive([answer(listed(), *home)])
    assert taken(tracker) == [LIST_PANES]
    tracker.receive([wire.SessionsChanged()])
    tracker.receive([answer(listed(), home[1])])
    assert taken(tracker) == [LIST_PANES, subscription("@4")]
    tracker.receive([answer(), wire.SessionsChanged()])
    tracker.receive([answer(listed())])
    assert taken(tracker) == [LIST_PANES]


def test_where_there_is_no_agent_tmux_tells_only_which_windows_printed():
    tracker = new()
    tracker.receive([attached()])
    taken(tracker)
    home = listed(session="$0", name="home", window="@3")

    tracker.receive([answer(home)])
    assert taken(tracker) == [subscription("@3", ACTIVITY_SUBSCRIPTION)]
    tracker.receive([answer(), wire.SessionsChanged()])
    tracker.receive([answer(home, listed())])
    assert taken(tracker) == [LIST_PANES, subscription("@3")]
    tracker.receive([answer(), wire.SessionsChanged()])
    tracker.receive([answer(home)])
    assert taken(tracker) == [LIST_PANES, subscription("@3", ACTIVITY_SUBSCRIPTION)]


def test_where_the_system_tells_of_every_pane_and_no_agent_is_there_tmux_tells_nothing():
    tracker, told, home = new(), frozenset({"%1"}), listed(session="$0", name="home", window="@3")
    tracker.receive([attached()])
    taken(tracker)

    tracker.receive([answer(home)])
    assert taken(tracker, told) == [
        LIST_PANES
    ]  # once more: it may have changed before it was told
    tracker.receive([answer(home)])
    assert taken(tracker, told) == []

    other = listed(session="$0", name="home", window="@4", pane="%2")
    tracker.receive([wire.SessionsChanged()])
    tracker.receive([answer(home, other)])
    assert taken(tracker, told) == [LIST_PANES, subscription("@3", ACTIVITY_SUBSCRIPTION)]
    told = frozenset({"%1", "%2"})
    assert taken(tracker, told) == [LIST_PANES, Unsubscribe(SUBSCRIPTION)]

    tracker.receive([answer(), answer(home, other), answer()])
    agent = listed(session="$1", name="oma-1", window="@5", pane="%3")
    tracker.receive([wire.SessionsChanged()])
    tracker.receive([answer(home, other, agent)])
    assert taken(tracker, told) == [LIST_PANES, subscription("@3")]


def test_the_first_list_opens_the_sessions_that_are_watched_and_no_others():
    tracker = new()
    tracker.receive([attached()])

    events = tracker.receive(
        [
            answer(listed(name="oma-1"), listed(session="$2", name="home", pane="%2")),
        ]
    )

    assert tracker.counted
    assert events[0] == SessionOpened("$1", "oma-1")
    assert isinstance(events[1], PaneSeen)
    # The answer came at 1000 by the server's clock, the last output at 990.
    assert events[1].idle_s == 10.0
    assert len(events) == 2


@pytest.mark.parametrize("hint", HINTS, ids=lambda hint: type(hint).__name__)
def test_a_hint_of_tmux_asks_for_the_list_again(hint):
    tracker = counted(listed())

    assert tracker.receive([hint]) == []

    assert taken(tracker) == [LIST_PANES]


def test_hints_while_a_list_is_on_its_way_ask_for_one_more_after_it():
    tracker = counted(listed())
    tracker.receive([wire.SessionsChanged()] * 5)
    assert taken(tracker) == [LIST_PANES]

    assert tracker.receive([answer()]) == [SessionClosed("$1")]
    assert taken(tracker) == [LIST_PANES]
    assert tracker.receive([answer(listed())])[0] == SessionOpened("$1", "oma-1")
    assert taken(tracker) == []


def test_what_a_user_did_not_see_can_be_counted_again():
    tracker = counted(listed())

    tracker.recount()

    assert taken(tracker) == [LIST_PANES]


def test_a_window_that_printed_is_listed_and_what_changed_is_told():
    tracker = counted(listed())
    tracker.receive([hint(w1="990"), answer(active())])
    taken(tracker)

    assert tracker.receive([hint(w1="995")]) == []
    assert taken(tracker) == [list_windows(["@1"])]
    renamed = tracker.receive([answer(active(name="oma-2", activity="995"))])
    tracker.receive([hint(w1="995:dead")])
    dead = tracker.receive([answer(active(name="oma-2", dead="1", activity="995"))])

    assert renamed == [SessionRenamed("$1", "oma-2")]
    assert [event.dead for event in dead] == [True]
    assert taken(tracker) == [list_windows(["@1"])]
    assert not tracker.unsettled


def test_a_pane_that_its_window_no_longer_has_is_looked_for_in_all_others():
    home = listed(session="$0", name="home", window="@3", pane="%3")
    tracker = counted(listed(), home)

    tracker.receive([hint(w1="1000", w3="990")])
    assert taken(tracker) == [list_windows(["@1", "@3"])]
    assert (
        tracker.receive([answer(active(session="$0", name="home", window="@3", pane="%3"))]) == []
    )
    assert taken(tracker) == [LIST_PANES]

    (seen,) = tracker.receive([answer(listed(window="@4"), home)])
    assert isinstance(seen, PaneSeen)
    assert (seen.pane, seen.window) == ("%1", "@4")


def test_windows_that_changed_places_are_listed_and_one_that_came_changes_none():
    tracker = counted(listed(), listed(session="$2", name="oma-2", window="@2", pane="%2"))
    tracker.receive([hint(w1="990", w2="990"), answer()])
    taken(tracker)

    tracker.receive([hint(w1="990", w3="990", w2="990")])
    assert taken(tracker) == [list_windows(["@3"])]
    tracker.receive([answer()])
    tracker.receive([hint(w2="990", w3="990", w1="990")])

    assert taken(tracker) == [LIST_PANES]


def test_windows_without_news_are_not_listed():
    tracker = counted(listed(), listed(session="$2", name="oma-2", window="@2", pane="%2"))
    tracker.receive([hint(w1="990", w2="990"), answer()])
    taken(tracker)

    tracker.receive([hint(w1="990", w2="995")])
    assert taken(tracker) == [list_windows(["@2"])]
    tracker.receive([answer()])
    tracker.receive([hint(w1="990", w2="995")])

    assert taken(tracker) == []


def test_a_window_that_printed_in_the_second_of_its_hint_is_listed_again_when_that_is_over():
    tracker = counted(listed())
    tracker.receive([hint(w1="1000")])
    taken(tracker)

    tracker.receive([answer(active(activity="1000"))])  # the server's clock says 1000
    assert tracker.unsettled == {"@1"}
    assert taken(tracker) == []
    tracker.settle()

    assert taken(tracker) == [list_windows(["@1"])]
    assert not tracker.unsettled


def test_an_unsettled_window_is_listed_with_those_that_printed_next():
    tracker = counted(listed(), listed(session="$2", name="oma-2", window="@2", pane="%2"))
    tracker.receive([hint(w1="1000", w2="990"), answer(active(activity="1000"))])
    taken(tracker)

    tracker.receive([hint(w1="1000", w2="1001")])

    assert taken(tracker) == [list_windows(["@1", "@2"])]
    assert not tracker.unsettled


def test_a_window_whose_hint_is_on_its_way_is_not_unsettled():
    tracker = counted(listed())
    tracker.receive([hint(w1="999"), answer(active(activity="1000"))])

    assert not tracker.unsettled


def test_a_window_that_prints_all_the_time_is_listed_now_and_then_and_once_it_stops():
    tracker = counted(listed(), listed(session="$2", name="oma-2", window="@2", pane="%2"))
    both = active(), active(session="$2", name="oma-2", window="@2", pane="%2")

    def asks(**windows):
        tracker.receive([hint(**windows)])
        asked = taken(tracker)
        tracker.receive([answer(*both)] * len(asked))
        return asked

    asked = [asks(w1=str(second), w2="9") for second in range(900, 912)]
    assert [bool(each) for each in asked] == [True] * 4 + [False, True, False, False, True] + [
        False,
        False,
        True,
    ]
    assert tracker.unsettled == set()
    assert asks(w1="913", w2="9") == []
    assert tracker.unsettled == {"@1"}
    assert asks(w1="913", w2="914") == [list_windows(["@1", "@2"])]
    for second in range(920, 926):
        asks(w1=str(second), w2="914")
    assert asks(w1="927:dead", w2="914") == [list_windows(["@1"])]


def test_only_some_windows_are_listed_at_a_time():
    tracker = counted()
    numbers = [f"w{number}" for number in range(WINDOWS_AT_ONCE + 2)]

    tracker.receive([hint(**dict.fromkeys(numbers, "990"))])
    assert taken(tracker) == [list_windows([f"@{name[1:]}" for name in numbers[:-2]])]
    tracker.receive([answer()])

    assert taken(tracker) == [list_windows([f"@{name[1:]}" for name in numbers[-2:]])]


def test_a_hint_that_is_cut_off_is_replaced_by_a_list():
    tracker = counted(listed())
    cut = wire.SubscriptionChanged(SUBSCRIPTION, "@1\t990\t0 100\t")

    assert tracker.receive([cut]) == []

    assert taken(tracker) == [LIST_PANES]


def test_a_hint_of_another_name_is_not_ours():
    tracker = counted(listed())
    other = wire.SubscriptionChanged("theirs", "complete")

    assert tracker.receive([other, output(b"x")]) == []


def test_a_list_that_tmux_refuses_changes_nothing():
    tracker = counted(listed())

    assert tracker.receive([wire.SessionsChanged(), refused("no server")]) == []


def test_a_list_that_is_none_is_an_error():
    with pytest.raises(ProtocolError):
        counted("nonsense")


def test_a_hook_that_runs_commands_in_our_name_is_no_second_attach():
    tracker = counted()

    assert tracker.receive([attached()]) == []
    assert taken(tracker) == []


def test_the_end_of_its_session_is_the_end_of_a_census():
    moved = counted()
    moved.receive([wire.SessionChanged("$0", "home")])
    assert moved.over is None
    moved.receive([wire.SessionChanged("$9", "other"), wire.Exit("")])
    ended = counted()
    ended.receive([wire.Exit("server exited")])
    detached = counted()
    detached.receive([wire.Exit("")])
    refused_ = new()
    refused_.receive([refused("can't find session: $0", asked=False)])

    assert moved.over == "its session ended"
    assert ended.over == "server exited"
    assert detached.over == "detached"
    assert refused_.over == "can't find session: $0"
    assert taken(refused_) == []


def test_panes_that_may_have_printed_are_told_once():
    tracker = counted(listed(), listed(session="$2", name="oma-2", window="@2", pane="%2"))

    def told(**windows):
        tracker.receive([hint(**windows)])
        printed = list(tracker.printed)
        tracker.printed.clear()
        return printed

    assert told(w1="10", w2="10") == ["%1", "%2"]
    assert told(w1="11", w2="10") == ["%1"]
    assert told(w1="11") == []
    assert told(w1="11:dead") == []


def test_a_look_at_a_pane_is_answered_in_its_place():
    tracker = counted()
    tracker.look(["%1", "%2"])
    tracker.recount()
    assert taken(tracker) == [CapturePane("%1"), CapturePane("%2"), LIST_PANES]

    events = tracker.receive(
        [answer("$ ls"), refused("no such pane"), answer(listed(name="oma-1"))]
    )

    assert tracker.screens == [("%1", ["$ ls"])]
    assert isinstance(events[0], SessionOpened)


def test_nothing_is_looked_at_before_it_is_attached():
    tracker = new()
    tracker.look(["%1"])

    assert taken(tracker) == []


def test_a_pane_is_captured_in_two_replies_and_one_that_is_gone_in_one():
    tracker = counted(listed())
    tracker.capture(["%1", "%9", "%2"])
    assert taken(tracker) == [capture("%1"), capture("%9"), capture("%2")]
    assert tracker.is_capturing

    tracker.receive([answer(screen()), answer("one"), refused("no such pane")])
    tracker.receive([answer(screen(row=3)), answer("two")])

    assert [(each.pane, each.data) for each in tracker.captures] == [
        ("%1", b"one\n"),
        ("%2", b"two\n"),
    ]
    assert tracker.captures[1].cursor_row == 3
    assert not tracker.is_capturing


def test_of_a_pane_that_has_ended_is_captured_what_its_program_left():
    tracker = counted(listed(dead="1"))
    tracker.capture(["%1"])

    assert taken(tracker) == [capture("%1", has_ended=True)]


def test_a_pane_that_goes_between_its_two_replies_is_not_captured():
    tracker = counted(listed())
    tracker.capture(["%1"])

    tracker.receive([answer(screen()), refused("no such pane"), answer("x")])

    assert tracker.captures == []
    assert not tracker.is_capturing


def test_an_answer_is_counted_and_says_nothing():
    tracker = counted(listed())
    tracker.ask_answer()
    (asked,) = taken(tracker)
    assert asked.target == "$0"

    assert tracker.receive([answer()]) == []

    assert tracker.answers == 1
