from oma.model.events import PaneCaptured, PaneSeen, SessionOpened
from oma.tmux.glance import Glance
from oma.tmux.notifications import Exit
from oma.tmux.queries.panes import LIST_PANES
from oma.tmux.queries.screen import capture
from tests.wire_events import answer, attached, listed, output, refused, screen


def new():
    return Glance(lambda name: name.startswith("oma-"))


def listing(*rows):
    """A glance that has its list."""
    glance = new()
    glance.receive([attached()])
    glance.commands.clear()
    return glance, glance.receive([answer(*rows)])


def test_a_glance_lists_and_then_captures_each_watched_pane():
    glance = new()
    glance.receive([attached()])
    assert glance.commands == [LIST_PANES]
    glance.commands.clear()

    events = glance.receive(
        [answer(listed(), listed(pane="%2"), listed(session="$2", name="home", pane="%3"))]
    )

    assert [type(event) for event in events] == [SessionOpened, PaneSeen, PaneSeen]
    # The answer came at 1000 by the server's clock, the last output at 990.
    assert events[1].idle_s == 10.0
    assert glance.commands == [capture("%1"), capture("%2")]
    assert not glance.done


def test_a_glance_is_done_when_every_pane_has_answered():
    glance, _ = listing(listed(), listed(pane="%2"))

    first = glance.receive([answer(screen(column=3)), answer("one")])
    assert not glance.done
    second = glance.receive([answer(screen(alternate=True)), answer("two")])

    assert glance.done
    assert [(event.pane, event.data) for event in first + second] == [
        ("%1", b"one\n"),
        ("%2", b"two\n"),
    ]
    assert first[0].cursor_column == 3
    assert second[0].alternate


def test_a_pane_that_vanishes_costs_its_own_capture_and_no_other():
    glance, _ = listing(listed(), listed(pane="%2"), listed(pane="%3"))

    events = glance.receive(
        [
            refused("can't find pane: %1"),
            *(answer(screen()), answer("two")),
            *(answer(screen()), refused("can't find pane: %3")),
        ]
    )

    assert [event.pane for event in events if isinstance(event, PaneCaptured)] == ["%2"]
    assert glance.done


def test_without_agents_there_is_nothing_more_to_ask():
    glance, events = listing(listed(name="home"))

    assert events == []
    assert glance.done
    assert glance.commands == []


def test_what_nobody_asked_for_is_passed_over():
    glance, _ = listing()

    assert glance.receive([output(b"x"), answer("what?"), attached()]) == []
    assert glance.commands == []


def test_tmux_may_refuse_to_be_looked_at():
    no_session, no_list, ended = new(), new(), new()
    no_session.receive([refused("can't find session", asked=False)])
    no_list.receive([attached(), refused("no")])
    ended.receive([attached(), Exit("server exited"), Exit("")])

    assert no_session.refused == "can't find session"
    assert no_list.refused == "no"
    assert ended.refused == "server exited"
    assert not any(glance.done for glance in (no_session, no_list, ended))


def test_an_end_after_the_last_answer_is_no_refusal():
    glance, _ = listing()

    glance.receive([Exit("")])

    assert glance.refused is None
