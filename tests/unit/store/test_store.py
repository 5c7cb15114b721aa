"""The log: stamping, order, the two kinds of subscriber, and the law that replay equals live."""

import trio
import trio.testing
from hypothesis import given
from hypothesis import strategies as st

from oma.model.events import PaneOutput, PaneResized, SessionOpened, TimePassed
from oma.recording.recording_format import decode_record, encode_record
from oma.reducers.fleet import Fleet
from oma.store.store import Store
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen


class Clock:
    """A clock that only a test moves."""

    def __init__(self):
        self.t = 0.0

    def __call__(self):
        return self.t


def store(**thresholds):
    clock = Clock()
    return Store(empty(**thresholds).fleet, clock), clock


def agent(log):
    log.append(SessionOpened(SESSION, "oma-agent-1"))
    log.append(seen(idle_s=0.0))
    log.append(captured())
    log.append(sampled())


async def steps_of(tail):
    steps = []
    while batch := await tail.receive():
        steps += batch
    return steps


async def test_records_are_numbered_and_stamped_in_whole_microseconds():
    log, clock = store()
    clock.t = 1.23456789

    record = log.append(TimePassed())

    assert (record.seq, record.t) == (1, 1.234568)


async def test_time_in_the_log_never_goes_back():
    log, clock = store()
    clock.t = 5.0
    log.append(TimePassed())
    clock.t = 4.0

    assert log.append(TimePassed()).t == 5.0


async def test_a_deadline_that_changed_a_verdict_leaves_a_record():
    log, clock = store(idle_warning_s=10, idle_critical_s=20)
    agent(log)
    tail = log.tail()
    clock.t = 10.5
    log.pass_time()
    clock.t = 11.0
    log.pass_time()
    log.close()

    (step,) = await steps_of(tail)

    assert step.record.t == 10.5
    assert isinstance(step.record.event, TimePassed)
    assert [(t.t, t.seq) for t in step.transitions] == [(10.0, 4)]


async def test_a_tail_that_falls_behind_is_cut_off_and_the_others_go_on():
    log, _ = store()
    slow, fast = log.tail(capacity_steps=2), log.tail()
    for _ in range(5):
        log.append(TimePassed())
    log.close()

    assert len(await steps_of(slow)) == 2
    assert slow.cut_off
    assert len(await steps_of(fast)) == 5
    assert not fast.cut_off


async def test_a_tail_is_bounded_in_bytes_too():
    log, _ = store()
    tail = log.tail(capacity_bytes=100)
    for _ in range(3):
        log.append(PaneOutput(PANE, b"x" * 40))
    log.close()

    assert len(await steps_of(tail)) == 2
    assert tail.cut_off


async def test_a_view_sees_the_latest_state_and_may_skip(autojump_clock):
    log, _ = store()
    agent(log)
    states = []

    async def view():
        await log.wait_newer(0)
        states.append(log.state)
        await log.wait_newer(states[-1].seq)
        states.append(log.state)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(view)
        await trio.testing.wait_all_tasks_blocked()
        for _ in range(3):
            log.append(TimePassed())

    assert [state.seq for state in states] == [4, 7]


async def test_waiting_for_an_agent_without_a_sample_ends_when_there_is_one(autojump_clock):
    log, _ = store()
    agent(log)
    found = []

    async def wait():
        await log.wait_unsampled()
        found.append(set(log.unsampled))

    async with trio.open_nursery() as nursery:
        nursery.start_soon(wait)
        await trio.testing.wait_all_tasks_blocked()
        assert found == []
        log.append(SessionOpened("$2", "oma-agent-2"))
        log.append(seen(session="$2", pane="%2", idle_s=310.0))

    assert found == [{"$2"}]


async def test_a_deadline_that_passed_and_changed_nothing_hides_no_later_one(autojump_clock):
    log, clock = store(idle_warning_s=10.0)
    agent(log)
    clock.t = 8.0
    log.append(PaneOutput(PANE, b"hello\r\n"))
    clock.t = 10.0
    log.pass_time()  # what was due when the agent was found has moved on
    woken = []

    async def wait():
        await log.wait_deadline_sooner(log.next_deadline_s)
        woken.append(log.next_deadline_s)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(wait)
        await trio.testing.wait_all_tasks_blocked()
        clock.t = 12.0
        log.append(PaneOutput(PANE, b"error: it broke\r\n"))

    assert woken == [13.0]


async def test_waiting_for_an_earlier_deadline_ends_when_one_appears(autojump_clock):
    log, _ = store(idle_warning_s=10, idle_critical_s=20)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(log.wait_deadline_sooner, float("inf"))
        await trio.testing.wait_all_tasks_blocked()
        agent(log)

    assert log.next_deadline_s <= 10


WORDS = st.sampled_from(
    [b"error: no\r\n", b"working\r\n", b"\x1b[2J\x1b[H", b"\xe2\x82", b"\r12s", b"\x07", b"failed"]
)
HAPPENINGS = st.one_of(
    WORDS.map(lambda data: PaneOutput(PANE, data)),
    st.just(captured(b"error: no\n", cursor_row=1)),
    st.just(PaneResized(PANE, 40, 10)),
    st.builds(seen, dead=st.booleans(), title=st.sampled_from(["", "x"])),
    st.just(None),
)
"""`None` is the live timer."""


@given(
    st.lists(st.tuples(st.floats(0, 30), HAPPENINGS), max_size=40),
    st.floats(0, 5),
    st.floats(0.1, 30),
    st.floats(30.1, 90),
)
def test_a_replay_of_what_was_recorded_says_what_the_live_run_said(
    happenings, settle_s, warning_s, critical_s
):
    thresholds = {
        "error_settle_s": settle_s,
        "idle_warning_s": warning_s,
        "idle_critical_s": critical_s,
    }
    log, clock = store(**thresholds)
    tail = log.tail()
    agent(log)
    for wait_s, event in happenings:
        clock.t += wait_s
        if event is None:
            log.pass_time()
        else:
            log.append(event)
    log.close()
    live = trio.run(steps_of, tail)

    again: Fleet = empty(**thresholds).fleet
    said = []
    for step in live:
        record = decode_record(encode_record(step.record))
        said += again.advance(record.t)
        said += again.fold(record)

    assert said == [transition for step in live for transition in step.transitions]
    assert again.snapshot().agents == log.state.agents


def test_the_events_of_the_law_change_verdicts():
    # The law above would hold of a fold that says nothing.
    log, clock = store(error_settle_s=0.1)
    agent(log)
    log.append(PaneOutput(PANE, b"error: no\r\n"))
    clock.t = 1.0
    log.pass_time()

    assert log.state.agents[0].verdict.reason == "error-text"
