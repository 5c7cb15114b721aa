"""The task that tells, on a log whose clock jumps."""

from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day

import attrs
import pytest
import trio

from oma.errors import OmaError
from oma.model.events import PaneOutput, ServerConnected, SessionOpened
from oma.notify.notification_policy import NotifyPolicy
from oma.notify.notification_rules import NotifyRules
from oma.notify.quiet_hours import Period
from oma.runtime.clock import start_clock
from oma.runtime.monitor.timers import run_timer
from oma.runtime.notify.notifier import AHEAD_S, Notifier
from oma.store.store import Store
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen

NOON = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
ERROR = b"\r\nError: it broke\r\n"
STUCK_AFTER_S = 1.0
SETTLE_S = 2.0
LOOK_S = 0.02


@attrs.define
class File:
    """What was told, by the process of the server."""

    kept: dict = attrs.Factory(dict)
    broken: bool = False

    def read(self, pid):
        return self.kept.get(pid, {})

    def write(self, pid, told):
        if self.broken:
            raise OmaError("the disk is full")
        self.kept = {pid: told}


@attrs.define
class World:
    """A log of one agent, and a notifier on it."""

    nursery: trio.Nursery
    file: File = attrs.Factory(File)
    pid: int = 7
    looked_at: frozenset = frozenset()
    asked: int = 0
    look_s: float = LOOK_S
    was_asked: trio.Event = attrs.Factory(trio.Event)
    sent: list = attrs.Factory(list)
    complaints: list = attrs.Factory(list)
    began: datetime = NOON
    store: Store = None

    def begin(self, screen=b"", rules=None):
        clock = start_clock()
        self.store = Store(empty(error_settle_s=STUCK_AFTER_S).fleet, clock.now_s)

        async def look():
            self.asked += 1
            self.was_asked.set()
            await trio.sleep(self.look_s)
            return self.looked_at

        def local_time(t):
            return self.began + timedelta(seconds=t)

        notifier = Notifier(
            store=self.store,
            clock=clock,
            policy=NotifyPolicy(rules or NotifyRules(settle_s=SETTLE_S), local_time),
            server_pid=lambda: self.pid,
            looked_at=look,
            send=self.sent.append,
            complain=self.complaints.append,
            file=self.file,
        )
        self.nursery.start_soon(run_timer, self.store, clock)
        self.nursery.start_soon(notifier.run)
        for event in (
            ServerConnected("3.4"),
            SessionOpened(SESSION, "oma-agent-a"),
            seen(idle_s=0.0),
            captured(screen),
            sampled(),
        ):
            self.store.append(event)
        return self

    def prints(self, data):
        self.store.append(PaneOutput(PANE, data))


@pytest.fixture
async def world(nursery):
    return World(nursery)


async def test_an_answer_that_takes_long_delays_by_what_is_left_of_it(world, autojump_clock):
    world.look_s = 1.0
    world.begin()
    world.prints(ERROR)
    await trio.sleep(60)
    (told,) = world.sent
    late_s = told.t - told.notices[0].transition.t - SETTLE_S
    assert late_s == pytest.approx(world.look_s - AHEAD_S)


async def test_what_stands_is_told_once_and_nobody_is_asked_before(world, autojump_clock):
    world.begin()
    await trio.sleep(10)
    assert world.asked == 0
    world.prints(ERROR)
    await trio.sleep(60)

    (told,) = world.sent
    assert told.t - told.notices[0].transition.t == pytest.approx(SETTLE_S)
    assert world.asked == 1


async def test_what_the_user_looks_at_is_not_told(world, autojump_clock):
    world.looked_at = frozenset({PANE})
    world.begin()
    world.prints(ERROR)
    await trio.sleep(60)

    assert (world.sent, world.asked) == ([], 1)


async def test_what_ends_while_tmux_is_asked_is_not_told(world, autojump_clock):
    world.begin()
    world.prints(ERROR)
    await world.was_asked.wait()
    world.prints(b"\x1b[2J\x1b[Hall is well")
    await trio.sleep(60)

    assert world.sent == []


async def test_a_restart_tells_nothing_twice_and_another_server_is_another_matter(
    world, nursery, autojump_clock
):
    world.begin()
    world.prints(ERROR)
    await trio.sleep(10)
    assert len(world.sent) == 1

    again = World(nursery, world.file).begin(ERROR)
    await trio.sleep(10)
    assert again.sent == []

    other = World(nursery, world.file, pid=8).begin()
    other.prints(ERROR)
    await trio.sleep(10)
    assert len(other.sent) == 1


async def test_what_was_told_that_cannot_be_kept_is_said_once(world, autojump_clock):
    world.file.broken = True
    world.begin()
    for _ in range(2):
        world.prints(ERROR)
        await trio.sleep(10)
        world.prints(b"\x1b[2J\x1b[Hall is well")
        await trio.sleep(10)

    assert len(world.sent) == 2
    assert world.complaints == ["the disk is full: a restart may tell it again"]


async def test_quiet_hours_are_looked_up_again_while_something_waits_for_their_end(
    world, autojump_clock
):
    quiet = NotifyRules(settle_s=SETTLE_S, quiet=(Period(time_of_day(11), time_of_day(13)),))
    world.begin(rules=quiet)
    world.prints(ERROR)
    await trio.sleep(100)
    assert world.sent == []
    world.began = NOON + timedelta(hours=2)  # the machine slept
    await trio.sleep(61)

    assert len(world.sent) == 1


async def test_it_ends_with_the_log(world, autojump_clock):
    world.begin()
    world.store.close()
    await trio.sleep(1)
    assert world.sent == []
