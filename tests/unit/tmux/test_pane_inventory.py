import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.model.events import (
    PaneClosed,
    PaneResized,
    PaneSeen,
    SessionClosed,
    SessionOpened,
    SessionRenamed,
)
from oma.tmux.layout_strings import PaneSize
from oma.tmux.pane_inventory import UNWATCHABLE, PaneInventory
from oma.tmux.queries.panes import PaneRow


def watched(name):
    return name.startswith("oma-")


def row(session, pane, **facts):
    known = {
        "session": f"${session}",
        "session_name": f"oma-{session}",
        "destroy_unattached": False,
        "window": f"@{pane}",
        "pane": f"%{pane}",
        "pid": 100 + pane,
        "columns": 80,
        "rows": 24,
        "dead": False,
        "dead_status": None,
        "command": "claude",
        "title": "t",
        "cwd": "/a",
    }
    return PaneRow(**(known | facts))


def seen(session, pane, **facts):
    known = {
        "pane": f"%{pane}",
        "session": f"${session}",
        "window": f"@{pane}",
        "pid": 100 + pane,
        "command": "claude",
        "title": "t",
        "cwd": "/a",
        "columns": 80,
        "rows": 24,
    }
    return PaneSeen(**(known | facts))


def roster_of(*rows):
    inventory = PaneInventory()
    inventory.update(rows, watched, None)
    return inventory


def test_what_is_there_at_first_is_told_in_the_order_of_the_sessions():
    rows = [row(10, 5), row(9, 7), row(9, 6), row(3, 1, session_name="other")]

    assert PaneInventory().update(rows, watched, None) == [
        SessionOpened("$9", "oma-9"),
        seen(9, 7),
        seen(9, 6),
        SessionOpened("$10", "oma-10"),
        seen(10, 5),
    ]


def test_nothing_new_is_nothing_said():
    inventory = roster_of(row(1, 1))

    assert inventory.update([row(1, 1)], watched, 99) == []


def test_a_session_that_would_die_is_told_as_such():
    events = PaneInventory().update([row(1, 1, destroy_unattached=True)], watched, None)

    assert events[0] == SessionOpened("$1", "oma-1", UNWATCHABLE)


@pytest.mark.parametrize(
    ("server_time_s", "activity_epoch_s", "idle_s"),
    [(1000, 940, 60.0), (1000, 1001, 0.0), (None, 940, None), (1000, None, None)],
)
def test_a_new_pane_says_how_long_it_has_been_silent(server_time_s, activity_epoch_s, idle_s):
    rows = [row(1, 1, activity_epoch_s=activity_epoch_s)]

    assert PaneInventory().update(rows, watched, server_time_s)[1] == seen(1, 1, idle_s=idle_s)


def test_later_activity_is_no_news():
    inventory = PaneInventory()
    inventory.update([row(1, 1, activity_epoch_s=940)], watched, 1000)

    assert inventory.update([row(1, 1, activity_epoch_s=990)], watched, 1001) == []
    assert inventory.update([row(1, 1, title="u", activity_epoch_s=990)], watched, 1002) == [
        seen(1, 1, title="u")
    ]


def test_a_program_keeps_its_number_when_tmux_forgets_it():
    inventory = roster_of(row(1, 1))
    rows = [row(1, 1, dead=True, pid=0), row(1, 2, dead=True, pid=0)]

    assert inventory.update(rows, watched, None) == [
        seen(1, 1, dead=True),
        seen(1, 2, dead=True, pid=0),
    ]


@pytest.mark.parametrize(
    "fact",
    [
        {"title": "u"},
        {"command": "bash"},
        {"pid": 7},
        {"window": "@77"},
        {"cwd": "/b"},
        {"dead": True, "dead_status": 3},
    ],
)
def test_a_changed_fact_is_told_once(fact):
    inventory = roster_of(row(1, 1), row(1, 2))
    rows = [row(1, 1), row(1, 2, **fact)]

    assert inventory.update(rows, watched, None) == [seen(1, 2, **fact)]
    assert inventory.update(rows, watched, None) == []


def test_a_directory_that_was_not_asked_for_stays_as_known():
    inventory = roster_of(row(1, 1))

    assert inventory.update([row(1, 1, cwd=None)], watched, None) == []
    assert inventory.update([row(1, 1, cwd=None, title="u")], watched, None) == [
        seen(1, 1, title="u", cwd="/a")
    ]
    assert PaneInventory().update([row(1, 1, cwd=None)], watched, None)[1] == seen(1, 1, cwd="")


def test_another_size_is_told_as_a_size():
    inventory = roster_of(row(1, 1))

    assert inventory.update([row(1, 1, columns=90)], watched, None) == [PaneResized("%1", 90, 24)]
    assert inventory.update([row(1, 1, columns=90, rows=30, title="u")], watched, None) == [
        PaneResized("%1", 90, 30),
        seen(1, 1, columns=90, rows=30, title="u"),
    ]


def test_a_layout_tells_sizes_before_the_list_does():
    inventory = roster_of(row(1, 1), row(1, 2))
    sizes = [PaneSize("%2", 40, 24), PaneSize("%9", 1, 1), PaneSize("%1", 80, 24)]

    assert inventory.resize(sizes) == [PaneResized("%2", 40, 24)]
    assert inventory.resize(sizes) == []
    assert inventory.update([row(1, 1), row(1, 2, columns=40)], watched, None) == []


def test_what_ended_is_told_first_and_a_session_takes_its_panes_along():
    inventory = roster_of(row(10, 1), row(10, 2), row(9, 3), row(2, 4), row(2, 5))

    assert inventory.update([row(2, 5), row(3, 6)], watched, None) == [
        SessionClosed("$9"),
        SessionClosed("$10"),
        PaneClosed("%4"),
        SessionOpened("$3", "oma-3"),
        seen(3, 6),
    ]


def test_who_watches_one_agent_means_that_one_under_any_name():
    inventory = PaneInventory(keeps_renamed=True)
    inventory.update([row(1, 1)], watched, None)

    assert inventory.update([row(1, 1, session_name="mine")], watched, None) == [
        SessionRenamed("$1", "mine")
    ]
    assert inventory.update([row(1, 1, session_name="mine")], watched, None) == []


def test_a_session_that_takes_a_matching_name_is_watched_from_then_on():
    inventory = roster_of(row(1, 1, session_name="mine"))

    assert inventory.update([row(1, 1)], watched, None) == [
        SessionOpened("$1", "oma-1"),
        seen(1, 1),
    ]


def test_a_pane_that_moved_is_closed_and_seen_again():
    inventory = roster_of(row(1, 1), row(1, 2), row(2, 3))

    assert inventory.update([row(1, 1), row(2, 3), row(2, 2)], watched, None) == [
        PaneClosed("%2"),
        seen(2, 2),
    ]


def test_a_pane_that_moved_out_of_a_session_that_ended_is_seen_again():
    inventory = roster_of(row(1, 1), row(2, 3))

    assert inventory.update([row(2, 3), row(2, 1)], watched, None) == [
        SessionClosed("$1"),
        seen(2, 1),
    ]


def test_a_pane_that_left_for_a_session_nobody_watches_is_closed():
    inventory = roster_of(row(1, 1), row(1, 2))

    assert inventory.update([row(1, 1), row(5, 2, session_name="mine")], watched, None) == [
        PaneClosed("%2")
    ]


def test_a_pane_that_two_sessions_show_is_told_once_by_the_older_one():
    rows = [row(10, 1), row(9, 1), row(9, 1)]

    assert PaneInventory().update(rows, watched, None) == [
        SessionOpened("$9", "oma-9"),
        seen(9, 1),
        SessionOpened("$10", "oma-10"),
    ]


def test_a_shared_pane_stays_with_the_session_it_was_first_seen_in():
    inventory = roster_of(row(5, 1))

    assert inventory.update([row(2, 1), row(5, 1)], watched, None) == [
        SessionOpened("$2", "oma-2")
    ]
    assert inventory.update([row(2, 1)], watched, None) == [SessionClosed("$5"), seen(2, 1)]


def test_a_session_is_an_agent_while_its_name_is_one_of_an_agent():
    inventory = roster_of(row(1, 1))
    other = row(1, 1, session_name="plain")

    assert inventory.update([other], watched, None) == [SessionClosed("$1", "plain")]
    assert inventory.update([other], watched, None) == []
    assert inventory.update([row(1, 1)], watched, None) == [
        SessionOpened("$1", "oma-1"),
        seen(1, 1),
    ]


def test_without_a_server_nothing_is_known():
    inventory = roster_of(row(1, 1))

    assert inventory.clear() == []
    assert inventory.update([row(1, 1)], watched, None) == [
        SessionOpened("$1", "oma-1"),
        seen(1, 1),
    ]


ROWS = st.lists(
    st.builds(
        row,
        st.integers(1, 3),
        st.integers(1, 4),
        title=st.sampled_from("ab"),
        columns=st.sampled_from([80, 90]),
        session_name=st.sampled_from(["oma-x", "other"]),
    ),
    max_size=6,
)


def replayed(names, panes, events):
    """Fold events as a reader does that knows nothing else."""
    for event in events:
        match event:
            case SessionOpened(session, name) | SessionRenamed(session, name):
                assert (session in names) is isinstance(event, SessionRenamed)
                names[session] = name
            case SessionClosed(session):
                del names[session]
                for pane in [pane for pane, known in panes.items() if known.session == session]:
                    del panes[pane]
            case PaneSeen(pane, session):
                assert session in names
                assert panes.get(pane) != event
                panes[pane] = event
            case PaneResized(pane, columns, rows):
                panes[pane] = attrs.evolve(panes[pane], columns=columns, rows=rows)
            case PaneClosed(pane):
                del panes[pane]


@given(st.lists(ROWS, max_size=4))
def test_the_events_tell_the_whole_story(updates):
    inventory, names, panes = PaneInventory(), {}, {}
    for rows in updates:
        # One name and one set of facts per object, as in a real list.
        first = {}
        rows = [
            attrs.evolve(
                r,
                session_name=first.setdefault(r.session, r).session_name,
                title=first.setdefault(r.pane, r).title,
                columns=first.setdefault(r.pane, r).columns,
            )
            for r in rows
        ]
        replayed(names, panes, inventory.update(rows, watched, None))

        listed = {r.pane: r for r in rows if r.session in names}
        assert set(names) == {r.session for r in rows if watched(r.session_name)}
        assert panes.keys() == listed.keys()
        assert {p: (s.title, s.columns) for p, s in panes.items()} == {
            p: (r.title, r.columns) for p, r in listed.items()
        }


def test_a_pane_belongs_to_the_session_that_it_was_last_seen_in():
    roster = roster_of(row(1, 1), row(2, 2))
    assert (roster.owner("%1"), roster.owner("%2"), roster.owner("%3")) == ("$1", "$2", None)

    roster.update([row(1, 3), row(2, 1), row(2, 2)], watched, None)

    assert (roster.owner("%1"), roster.owner("%3")) == ("$2", "$1")


def elsewhere(pane, session=7, **facts):
    """A pane of a session of the user's."""
    return row(session, pane, **{"session_name": f"work-{session}", **facts})


def finding(*rows, found=("%1",)):
    inventory = PaneInventory()
    inventory.update(rows, watched, None)
    return inventory, [event for pane in found for event in inventory.find(pane)]


def test_a_pane_in_which_an_agent_was_found_is_watched_and_no_other_of_its_session():
    inventory, events = finding(elsewhere(1), elsewhere(2))

    assert events == [SessionOpened("$7", "work-7", None, is_agent=False), seen(7, 1)]
    assert inventory.is_followed("%1", "$7")
    assert not inventory.is_followed("%2", "$7")
    assert inventory.update([elsewhere(1), elsewhere(2, command="vim")], watched, None) == []


def test_an_agent_that_was_found_keeps_its_pane_wherever_it_goes():
    inventory, _ = finding(elsewhere(1), elsewhere(2, 8))

    events = inventory.update([elsewhere(1, 8), elsewhere(2, 8)], watched, None)

    assert events == [
        SessionOpened("$8", "work-8", None, is_agent=False),
        seen(8, 1),
        SessionClosed("$7"),
    ]
    assert inventory.update([elsewhere(2, 8)], watched, None) == [
        PaneClosed("%1"),
        SessionClosed("$8"),
    ]


def test_a_pane_that_two_sessions_show_is_one_agent():
    inventory, events = finding(elsewhere(1), elsewhere(1, 8), elsewhere(2, 8))
    assert events == [SessionOpened("$7", "work-7", None, is_agent=False), seen(7, 1)]

    events = inventory.update([elsewhere(1, 8), elsewhere(2, 8)], watched, None)

    assert [type(event) for event in events] == [SessionOpened, PaneSeen, SessionClosed]


def test_a_pane_whose_agent_left_the_list_is_watched_no_more():
    inventory, _ = finding(elsewhere(1), elsewhere(2), found=("%1", "%2"))

    assert inventory.leave("%1") == [PaneClosed("%1")]
    assert inventory.leave("%2") == [PaneClosed("%2"), SessionClosed("$7")]
    assert inventory.leave("%2") == []


def test_beside_an_agent_that_was_found_nothing_of_an_own_session_is_followed():
    inventory, events = finding(row(1, 1), row(1, 2), row(2, 3))
    assert events == []

    assert [inventory.is_followed(f"%{n}", "$1") for n in (1, 2)] == [True, False]
    assert inventory.is_followed("%3", "$2")
    assert inventory.leave("%1") == [PaneClosed("%1"), seen(1, 1)]
    assert inventory.is_followed("%2", "$1")


def test_a_pane_that_is_not_known_yet_is_followed_in_an_own_session_alone():
    inventory, _ = finding(row(2, 2), elsewhere(1))

    assert inventory.is_followed("%9", "$2")
    assert not inventory.is_followed("%9", "$7")


def test_an_own_session_with_an_agent_that_is_renamed_is_a_session_of_the_users():
    inventory, _ = finding(row(1, 1), row(1, 2))

    events = inventory.update(
        [row(1, 1, session_name="work"), row(1, 2, session_name="work")], watched, None
    )

    assert events == [PaneClosed("%2"), SessionOpened("$1", "work", None, is_agent=False)]


def test_what_is_not_asked_for_is_known_from_before():
    inventory = PaneInventory()
    inventory.update([elsewhere(1, start_command="x")], watched, None)
    inventory.update([elsewhere(1, cwd=None)], watched, None)

    (known,) = inventory.rows
    assert (known.cwd, known.start_command) == ("/a", "x")


def test_an_agent_of_a_server_that_is_gone_is_not_watched_on_the_next_one():
    inventory, _ = finding(elsewhere(1))
    inventory.clear()

    assert inventory.update([elsewhere(1)], watched, None) == []


def test_rows_of_a_window_take_the_place_of_what_was_known_of_it():
    inventory = roster_of(row(1, 1), row(2, 2))

    events = inventory.refresh(["@2"], [row(2, 2, title="new", cwd=None)], watched)

    assert events == [seen(2, 2, title="new")]
    assert [each.pane for each in inventory.rows] == ["%1", "%2"]


def test_rows_that_say_nothing_new_change_nothing_but_when_their_window_printed():
    inventory = roster_of(row(1, 1), row(2, 2, activity_epoch_s=5, start_command="x"))

    events = inventory.refresh(["@2"], [row(2, 2, cwd=None, activity_epoch_s=6)], watched)

    assert events == []
    assert inventory.rows[1] == row(2, 2, activity_epoch_s=6, start_command="x")


def test_rows_with_the_size_of_before_are_news_where_a_layout_told_another_one():
    inventory = roster_of(row(1, 1))
    inventory.resize([PaneSize("%1", 100, 50)])

    assert inventory.refresh(["@1"], [row(1, 1)], watched)[0] == PaneResized("%1", 80, 24)
    assert inventory.refresh(["@1"], [row(1, 1)], watched) == []


def test_a_window_of_two_sessions_is_refreshed_in_both():
    linked = row(2, 1, window="@1")
    inventory = roster_of(row(1, 1), linked)

    events = inventory.refresh(["@1"], [row(1, 1, dead=True), linked], watched)

    assert events == [seen(1, 1, dead=True)]
    assert [each.session for each in inventory.rows] == ["$1", "$2"]


def test_a_window_without_rows_is_gone_and_one_that_was_not_known_comes_last():
    inventory = roster_of(row(1, 1), row(2, 2))

    events = inventory.refresh(["@2", "@3"], [row(3, 3)], watched)

    assert [type(event) for event in events] == [SessionClosed, SessionOpened, PaneSeen]
    assert [each.pane for each in inventory.rows] == ["%1", "%3"]
