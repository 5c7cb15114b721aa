from oma.model.events import PaneCaptured, PaneSeen, SessionOpened
from oma.tmux.notifications import Exit
from oma.tmux.queries.panes import LIST_PANES
from oma.tmux.queries.screen import capture
from oma.tmux.snapshot_query import SnapshotQuery
from tests.support.wire_events import answer, attached, listed, output, refused, screen


def new():
    return SnapshotQuery(lambda name: name.startswith("oma-"))


def listing(*rows):
    """A query that has its list."""
    query = new()
    query.receive([attached()])
    query.commands.clear()
    return query, query.receive([answer(*rows)])


def test_a_glance_lists_and_then_captures_each_watched_pane():
    query = new()
    query.receive([attached()])
    assert query.commands == [LIST_PANES]
    query.commands.clear()

    events = query.receive(
        [answer(listed(), listed(pane="%2"), listed(session="$2", name="home", pane="%3"))]
    )

    assert [type(event) for event in events] == [SessionOpened, PaneSeen, PaneSeen]
    # The answer came at 1000 by the server's clock, the last output at 990.
    assert events[1].idle_s == 10.0
    assert query.commands == [capture("%1"), capture("%2")]
    assert not query.done


def test_a_glance_is_done_when_every_pane_has_answered():
    query, _ = listing(listed(), listed(pane="%2"))

    first = query.receive([answer(screen(column=3)), answer("one")])
    assert not query.done
    second = query.receive([answer(screen(alternate=True)), answer("two")])

    assert query.done
    assert [(event.pane, event.data) for event in first + second] == [
        ("%1", b"one\n"),
        ("%2", b"two\n"),
    ]
    assert first[0].cursor_column == 3
    assert second[0].alternate


def test_a_pane_that_vanishes_costs_its_own_capture_and_no_other():
    query, _ = listing(listed(), listed(pane="%2"), listed(pane="%3"))

    events = query.receive(
        [
            refused("can't find pane: %1"),
            *(answer(screen()), answer("two")),
            *(answer(screen()), refused("can't find pane: %3")),
        ]
    )

    assert [event.pane for event in events if isinstance(event, PaneCaptured)] == ["%2"]
    assert query.done


def test_without_agents_there_is_nothing_more_to_ask():
    query, events = listing(listed(name="home"))

    assert events == []
    assert query.done
    assert query.commands == []


def test_what_nobody_asked_for_is_passed_over():
    query, _ = listing()

    assert query.receive([output(b"x"), answer("what?"), attached()]) == []
    assert query.commands == []


def test_tmux_may_refuse_to_be_looked_at():
    no_session, no_list, ended = new(), new(), new()
    no_session.receive([refused("can't find session", asked=False)])
    no_list.receive([attached(), refused("no")])
    ended.receive([attached(), Exit("server exited"), Exit("")])

    assert no_session.refused == "can't find session"
    assert no_list.refused == "no"
    assert ended.refused == "server exited"
    assert not any(query.done for query in (no_session, no_list, ended))


def test_an_end_after_the_last_answer_is_no_refusal():
    query, _ = listing()

    query.receive([Exit("")])

    assert query.refused is None
