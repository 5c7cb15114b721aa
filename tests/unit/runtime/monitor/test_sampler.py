"""The sampler on a server that answers by script: who loses a client, what is captured, and what is logged."""

import itertools

import attrs
import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from oma.model.events import PaneCaptured, PaneOutput, PaneResized, SessionClosed, SessionOpened
from oma.model.pane_sampled import PaneSampled
from oma.runtime.monitor import sampler as module
from oma.runtime.monitor.following import Following
from oma.runtime.monitor.hub import Hub
from oma.runtime.monitor.sampled_panes import CAPTURE_EVERY_S, MOVING_S
from oma.runtime.monitor.sampler import MOST_AT_ONCE, STEP_S, Sampler
from oma.sampling.choose import EAGER_S, Limits
from oma.store.store import Store
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.queries.panes import parse_panes
from oma.tmux.queries.screen import capture
from oma.tmux.server_tracker import ServerTracker
from tests.support.fleet_play import PANE, SESSION, captured, empty
from tests.support.wire_events import answer, attached, listed, screen

WORKS = "to keep tmux fast: it works steadily"


class Client:
    """In the place of a session's monitor."""

    heard = 0

    def __init__(self):
        self.ended = []

    def end(self, *, lives):
        self.ended.append(lives)

    def follows(self, pane):
        return True

    def follow(self, pane):
        pass


class Wire:
    """In the place of the hub's connection."""

    def __init__(self):
        self.sent = []

    def write(self, commands):
        self.sent += commands


@attrs.define
class Watch:
    """One agent that works; whoever works steadily is sampled."""

    limits: Limits = attrs.Factory(lambda: Limits(answer_ms=0))
    destroyed: str = ""
    admitted: bool = True
    store: Store = attrs.Factory(lambda: Store(empty().fleet, trio.current_time))
    wire: Wire = attrs.Factory(Wire)
    client: Client = attrs.Factory(Client)
    resumed: list = attrs.Factory(list)
    looked_at: set = attrs.Factory(set)
    sampler: Sampler = None
    tracker: ServerTracker = None
    tail: object = None

    def __attrs_post_init__(self):
        self.tail = self.store.tail()
        inventory = PaneInventory()
        following = Following(inventory, self.store.append)
        self.tracker = ServerTracker("$0", inventory, lambda name: True)
        hub = Hub()
        hub.attach(self.tracker, self.wire)
        self.sampler = Sampler(
            self.store, following, hub, self.limits, self.resume, lambda: self.looked_at
        )
        self.tracker.receive([attached(), answer()])
        self.tracker.commands.clear()
        (row,) = parse_panes([listed()])
        row = attrs.evolve(row, destroy_unattached=bool(self.destroyed))
        if self.admitted and not self.destroyed:
            following._monitors[SESSION] = self.client
        following.admits = self.sampler.admits
        for event in inventory.update([row], lambda name: True, None):
            self.hear(event)

    def resume(self, session):
        self.resumed.append(session)
        self.sampler.following._monitors[session] = self.client

    def hear(self, event):
        self.store.append(event)
        self.sampler.following.hear(event, None, None)
        self.sampler.hear(event)

    async def works(self, seconds):
        for number in range(round(seconds)):
            self.client.heard += 10
            self.store.append(PaneOutput(PANE, f"line {number}\r\n".encode()))
            self.sampler.panes.printed([PANE])
            await trio.sleep(0.93)  # not in step with what is decided once a second

    def shows(self, *lines):
        """Have tmux answer all that was asked, with this screen."""
        asked, self.wire.sent = self.wire.sent, []
        replies = []
        for command in asked:
            replies += (
                [answer(screen()), answer(*lines)] if command == capture(PANE) else [answer()]
            )
        self.tracker.receive(replies)
        self.sampler.answered(self.tracker)
        self.tracker.captures.clear()

    async def logged(self, *kinds):
        with trio.move_on_after(0):
            steps = await self.tail.receive()
            return [s.record.event for s in steps if isinstance(s.record.event, kinds)]
        return []


@pytest.fixture
def begin(nursery):
    def begin(**facts):
        watch = Watch(**facts)
        nursery.start_soon(watch.sampler.panes.capture_moving)
        nursery.start_soon(watch.sampler.keep_fast)
        watch.store.append(captured(b""))
        return watch

    return begin


async def test_an_agent_that_works_steadily_loses_its_client_and_is_captured(
    begin, autojump_clock
):
    watch = begin()

    await watch.works(EAGER_S + 6)

    assert watch.client.ended == [True]
    assert await watch.logged(PaneSampled) == [PaneSampled(PANE, WORKS)]
    assert capture(PANE) in watch.wire.sent


async def test_a_capture_is_logged_where_it_shows_something_else(begin, autojump_clock):
    watch = begin()
    await watch.works(EAGER_S + 6)
    await watch.logged()

    for text in ("one", "one", "two"):
        watch.shows(text)
        await watch.works(2)

    assert [e.data for e in await watch.logged(PaneCaptured)] == [b"one\n", b"two\n"]


async def test_nothing_is_asked_of_a_pane_that_prints_no_more(begin, autojump_clock):
    watch = begin()
    await watch.works(EAGER_S + 6)
    for _ in range(4):
        watch.shows("all is done")
        await trio.sleep(CAPTURE_EVERY_S)
    await trio.sleep(MOVING_S)
    watch.shows("all is done")

    await trio.sleep(3600)
    assert watch.wire.sent == []
    watch.sampler.panes.printed([PANE])
    await trio.sleep(0.1)

    assert watch.wire.sent == [capture(PANE)]


async def test_an_agent_that_asks_has_its_client_back(begin, autojump_clock):
    watch = begin()
    await watch.works(EAGER_S + 6)
    await watch.logged()
    watch.shows("● Write(x)", "", " Do you want to proceed?", " ❯ 1. Yes", "   2. No")

    for _ in range(8):
        await trio.sleep(0.5)
        watch.store.pass_time()

    assert watch.resumed == [SESSION]
    assert (await watch.logged(PaneSampled))[-1] == PaneSampled(PANE, "")


async def test_a_session_that_cannot_be_attached_to_is_sampled_as_long_as_it_is_there(
    begin, autojump_clock
):
    watch = begin(destroyed="yes", limits=Limits())
    await wait_all_tasks_blocked()

    (told,) = await watch.logged(PaneSampled)
    assert told.reason.startswith("destroy-unattached")
    assert watch.wire.sent == [capture(PANE)]
    watch.shows("hello")
    assert [e.data for e in await watch.logged(PaneCaptured)] == [b"hello\n"]
    watch.hear(SessionClosed(SESSION))
    watch.sampler.panes.printed([PANE])
    await trio.sleep(60)
    assert watch.wire.sent == []


async def test_a_client_that_was_refused_and_came_ends_it(begin, autojump_clock):
    watch = begin(limits=Limits())

    watch.sampler.refuse(SESSION, "no descriptors")
    watch.sampler.refuse(SESSION, "")

    told = [PaneSampled(PANE, "no descriptors"), PaneSampled(PANE, "")]
    assert await watch.logged(PaneSampled) == told


async def test_a_pane_that_is_resized_or_not_relied_on_is_captured_and_logged_again(
    begin, autojump_clock
):
    watch = begin(limits=Limits())
    watch.sampler.refuse(SESSION, "no descriptors")
    await wait_all_tasks_blocked()
    watch.shows("hello")
    await trio.sleep(60)
    await watch.logged()

    watch.hear(PaneResized(PANE, 90, 24))
    await trio.sleep(0.1)
    watch.shows("hello")
    await trio.sleep(60)
    assert watch.sampler.panes.recapture(PANE)
    await trio.sleep(0.1)
    watch.shows("hello")

    assert len(await watch.logged(PaneCaptured)) == 2
    assert not watch.sampler.panes.recapture("%9")


async def test_a_sampled_pane_is_captured_once_more_when_its_program_has_ended(
    begin, autojump_clock
):
    watch = begin(limits=Limits())
    watch.sampler.refuse(SESSION, "no descriptors")
    await wait_all_tasks_blocked()
    watch.shows("hello")
    await trio.sleep(60)
    watch.shows("hello")
    await trio.sleep(60)
    assert watch.wire.sent == []

    (ended,) = watch.sampler.following.inventory.update(
        parse_panes([listed(dead="1")]), lambda name: True, None
    )
    watch.hear(ended)
    await trio.sleep(0.1)

    assert watch.wire.sent == [capture(PANE, has_ended=True)]


async def test_an_agent_that_somebody_looks_at_keeps_its_client(begin, autojump_clock):
    watch = begin(looked_at={PANE})
    await watch.works(EAGER_S + 6)
    assert watch.client.ended == []

    watch.looked_at.clear()
    await watch.works(3)
    assert watch.client.ended == [True]
    watch.looked_at.add(PANE)
    await watch.works(2)

    assert watch.resumed == [SESSION]


@pytest.mark.parametrize("idle_critical_s", [60, 600])  # it is told to be stuck, or not yet
async def test_an_agent_that_was_silent_for_minutes_loses_its_client_until_it_prints(
    begin, autojump_clock, monkeypatch, idle_critical_s
):
    monkeypatch.setattr(module, "FEW", 0)
    fleet = empty(idle_critical_s=idle_critical_s).fleet
    watch = begin(limits=Limits(), store=Store(fleet, trio.current_time))
    watch.store.append(PaneOutput(PANE, b"ready"))
    for _ in range(8):
        await trio.sleep(30)
        watch.shows("ready")
        watch.store.pass_time()
    assert watch.client.ended == [True]
    assert (await watch.logged(PaneSampled))[-1] == PaneSampled(
        PANE, "to keep tmux fast: it is silent"
    )
    watch.shows("ready")

    watch.sampler.panes.printed([PANE])
    await trio.sleep(0.1)
    watch.shows("it works again")
    await trio.sleep(3)

    assert watch.resumed == [SESSION]


@pytest.fixture
def crowded(begin, monkeypatch):
    """One agent that was found beside many others, and had no client yet."""
    monkeypatch.setattr(module, "begins_sampled", lambda *_: True)
    return begin(limits=Limits(), admitted=False)


async def test_an_agent_that_is_found_beside_many_is_captured_first_and_has_its_client_soon(
    crowded, autojump_clock
):
    await wait_all_tasks_blocked()
    assert await crowded.logged(PaneSampled) == [PaneSampled(PANE, module.BEGAN)]
    assert capture(PANE) in crowded.wire.sent
    crowded.shows("ready")

    await trio.sleep(3)

    assert crowded.resumed == [SESSION]
    assert await crowded.logged(PaneCaptured, PaneSampled) == [
        captured(b"ready\n"),
        PaneSampled(PANE, ""),
    ]


async def test_it_stays_without_as_long_as_there_is_no_room_but_not_while_it_asks(
    crowded, autojump_clock, monkeypatch
):
    crowded.sampler.limits = Limits(most_checks_per_s=0.0)
    await crowded.works(30)
    assert crowded.resumed == []

    crowded.shows("● Write(x)", "", " Do you want to proceed?", " ❯ 1. Yes", "   2. No")
    for _ in range(8):
        await trio.sleep(0.5)
        crowded.store.pass_time()

    assert crowded.resumed == [SESSION]


async def test_a_session_that_is_told_of_again_stays_sampled(crowded, autojump_clock):
    await crowded.logged()

    crowded.hear(SessionOpened(SESSION, "oma-1"))

    assert SESSION not in crowded.sampler.following.heard
    assert await crowded.logged(PaneSampled) == []


async def test_few_agents_keep_their_clients(begin, autojump_clock):
    watch = begin(limits=Limits())

    await watch.works(60)

    assert watch.client.ended == []


async def test_clients_are_taken_off_one_after_the_other_and_a_few_at_a_time(
    begin, autojump_clock, monkeypatch
):
    """Tmux looks at every window and client for each: many at once would keep others waiting."""
    watch = begin()
    released = []

    def release(session):
        released.append((session, trio.current_time()))

    monkeypatch.setattr(
        type(watch.sampler.following), "release", lambda _, session: release(session)
    )
    sessions = [f"${n}" for n in range(10, 60)]
    await watch.sampler._take_off(dict.fromkeys(sessions, "busy"))

    assert [session for session, _ in released] == sessions[:MOST_AT_ONCE]
    assert steps_of(released) == {STEP_S}


async def test_clients_come_back_one_after_the_other_but_not_to_a_session_that_ended(
    begin, autojump_clock
):
    watch, given = begin(), []
    watch.sampler.resume = lambda session: given.append((session, trio.current_time()))
    sessions = [f"${n}" for n in range(5)]
    watch.sampler._sampled_s |= dict.fromkeys(sessions[:4], 0.0)
    watch.sampler._reasons |= dict.fromkeys(sessions[:4], "busy")

    await watch.sampler._give_back(sessions)

    assert [session for session, _ in given] == sessions[:4]
    assert steps_of(given) == {STEP_S}


def steps_of(moments):
    return {round(b - a, 6) for (_, a), (_, b) in itertools.pairwise(moments)}
