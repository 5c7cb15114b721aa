"""The past of a log equals a fold to each of its moments."""

import attrs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from oma.model import events as ev
from oma.model.events import Record
from oma.model.health import Health
from oma.store.history import History
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen

QUICK = {"idle_warning_s": 2.0, "idle_critical_s": 6.0}
PANES = st.integers(0, 2).map("%{}".format)
SESSIONS = st.integers(0, 2).map("${}".format)
NAMES = st.sampled_from(["oma-agent-a", "oma-agent-b"])
TEXTS = st.sampled_from(
    [b"hi", b"\x1b[31mred\r\n", b"\x1b]2;title\x07", b"Error: x\r\n", b"\x1b[2J", b"\xe2\x96"]
)
EVENTS = st.one_of(
    st.builds(ev.PaneOutput, PANES, TEXTS),
    st.builds(ev.PaneOutput, PANES, TEXTS),
    st.builds(ev.SessionOpened, SESSIONS, NAMES),
    st.builds(
        lambda pane, session, dead, command: seen(
            pane=pane, session=session, dead=dead, command=command, idle_s=0.0
        ),
        PANES,
        SESSIONS,
        st.booleans(),
        st.sampled_from(["bash", "claude"]),
    ),
    st.builds(lambda pane, data: captured(data, pane=pane), PANES, TEXTS),
    st.builds(ev.PaneResized, PANES, st.just(40), st.just(10)),
    st.builds(ev.OutputLost, PANES, st.just("full")),
    st.builds(ev.PaneClosed, PANES),
    st.builds(ev.SessionClosed, SESSIONS),
    st.builds(ev.SessionRenamed, SESSIONS, NAMES),
    st.builds(ev.ServerConnected, st.just("3.3a")),
    st.builds(ev.ServerLost, st.just("gone")),
    st.builds(
        lambda pane, cpu: ev.ProcessesSampled((ev.ProcessSample(pane, ("x",), 0, cpu, 5),)),
        PANES,
        st.floats(0, 9),
    ),
    st.just(ev.TimePassed()),
)
START = [
    ev.ServerConnected("3.3a"),
    ev.SessionOpened("$0", "oma-agent-a"),
    seen(pane="%0", session="$0", idle_s=0.0),
    captured(b"start\n", pane="%0"),
    sampled(pane="%0"),
]
STEPS = st.tuples(st.sampled_from([0.0, 0.001, 0.5, 3.0, 70.0]), EVENTS)


def log(steps):
    records, t = [Record(seq, 0.0, event) for seq, event in enumerate(START, start=1)], 0.0
    for seq, (step, event) in enumerate(steps, start=len(records) + 1):
        t = round(t + step, 6)
        records.append(Record(seq, t, event))
    return records


def history(records):
    found = History(empty(**QUICK).fleet)
    for record in records:
        found.take(record)
    return found


def folded(records, t):
    """The fold itself, from the start to a moment."""
    fleet, said = empty(**QUICK).fleet, []
    for record in records:
        if record.t > t:
            break
        said += fleet.advance(record.t)
        said += fleet.fold(record)
    said += fleet.advance(t)
    return fleet, said


MOVES_AHEAD = [
    (0.0, seen(pane="%0", session="$2", idle_s=0.0)),
    (0.0, ev.SessionOpened("$2", "oma-agent-a")),
]
"""A pane moves to a session that is known as an agent only afterwards."""

NAMED_AGAIN = [
    (0.001, ev.ServerLost("gone")),
    (0.0, ev.SessionOpened("$1", "oma-agent-a")),
    (0.0, seen(pane="%0", session="$1", idle_s=0.0)),
    (0.0, seen(pane="%0", session="$0", idle_s=0.0)),
]
"""A pane of the next server moves to where one of the same name was."""


@settings(max_examples=150)
@example(MOVES_AHEAD, [0.0, 0.0, 0.0])
@example(NAMED_AGAIN, [0.0, 0.0, 0.0])
@given(st.lists(STEPS, max_size=25), st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_every_moment_is_what_a_fold_from_the_start_gives(steps, parts):
    records = log(steps)
    past = history(records)
    moments = [round(part * past.end_s, 6) for part in parts]
    moments += [record.t for record in records[-3:]]

    for t in moments:  # forwards and backwards, in the order in which they come
        fleet, said = folded(records, t)
        assert past.state_at(t) == fleet.snapshot()
        assert list(past.transitions_before(t, 1000)) == said
        for session in ("$0", "$1", "$2"):
            assert past.styled_rows_at(t, session, 24) == fleet.styled_rows(session, 24)


def story(*timed):
    return [Record(seq, t, event) for seq, (t, event) in enumerate(timed, start=1)]


TOLD = story(
    (0.0, ev.SessionOpened(SESSION, "oma-agent-1")),
    (0.0, seen(idle_s=0.0)),
    (0.0, captured()),
    (0.0, sampled()),
    (1.0, ev.PaneOutput(PANE, b"one ")),
    (20.0, ev.PaneOutput(PANE, b"two")),
    (21.0, ev.SessionClosed(SESSION)),
    (200.0, ev.TimePassed()),
)


def shown(past, t):
    rows = past.styled_rows_at(t, SESSION, 5)
    return None if rows is None else "".join(run.text for row in rows for run in row)


def test_a_screen_is_shown_as_it_was_whichever_way_one_looks():
    past = history(TOLD)

    assert [shown(past, t) for t in (20.0, 1.0, 20.5, 0.5, 21.0)] == [
        "one two",
        "one ",
        "one two",
        "",
        None,
    ]


def test_silence_between_two_records_is_seen_at_its_moment():
    past = history(TOLD)

    found = [past.state_at(t).agents[0].verdict.health for t in (2.9, 3.0, 7.0, 20.0)]

    assert found == [Health.OK, Health.IDLE, Health.STUCK, Health.OK]


def test_an_agent_that_is_gone_lingers_and_is_dropped():
    past = history(TOLD)

    assert past.state_at(80.9).agents[0].gone
    assert past.state_at(81.0).agents == ()


def test_the_explanation_is_that_of_the_last_transition():
    past = history(TOLD)

    found = past.explanation_at(6.0, "oma-agent-1")

    assert (found.t, found.verdict.health) == (3.0, Health.IDLE)
    assert past.explanation_at(6.0, "oma-agent-2") is None


def test_an_agent_that_has_another_name_since_is_explained_all_the_same():
    past = history(
        story(
            (0.0, ev.SessionOpened(SESSION, "oma-agent-1")),
            (0.0, seen(idle_s=0.0)),
            (0.0, captured()),
            (0.0, sampled()),
            (9.0, ev.SessionRenamed(SESSION, "oma-agent-9")),
        )
    )

    assert past.explanation_at(9.0, "oma-agent-9").t == past.transitions[-1].t
    assert past.transitions[-1].agent == "oma-agent-1"


def test_lanes_hold_the_transitions_of_each_agent():
    past = history(TOLD)

    assert past.agent_timelines == {"oma-agent-1": past.transitions}
    assert past.transitions_before(3.0, 1) == (past.transitions[1],)


def test_nothing_was_known_before_the_first_record():
    past = history([attrs.evolve(record, t=record.t + 1.0) for record in TOLD])

    assert past.state_at(0.5).seq == 0
    assert past.state_at(0.5).agents == ()


def test_what_users_had_sent_to_an_agent_stands_in_its_lane():
    past = History(empty().fleet)
    answered = ev.CommandSent("answer", PANE, "1 Yes", "kim")
    for seq, event in enumerate(
        (
            ev.SessionOpened(SESSION, "oma-agent-1"),
            seen(),
            answered,
            ev.CommandSent("new", None, "x"),
            ev.CommandSent("answer", "%99", "1 Yes"),
        ),
        1,
    ):
        past.take(Record(seq, float(seq), event))

    assert past.agent_commands == {"oma-agent-1": [(3.0, answered)]}


def test_a_moment_that_was_asked_for_before_is_what_later_records_make_of_it():
    past = history(TOLD[:-1])
    t = TOLD[-1].t
    before = past.state_at(t)
    assert past.state_at(t) is before
    past.take(TOLD[-1])

    assert past.state_at(t).seq == before.seq + 1
    assert past.state_at(0.5).t == 0.5
