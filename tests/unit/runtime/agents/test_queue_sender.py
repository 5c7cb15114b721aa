"""Queued prompts are sent in order, one at a time, and none twice, whatever happens meanwhile."""

import attrs
import pytest
import trio

from oma.errors import BlockedError, CommandError
from oma.files.locked_file import LockedFile
from oma.model.health import Health
from oma.model.prompts import TYPING, UNSURE, WAITING, PromptQueue
from oma.runtime.agents import queue_sender
from oma.runtime.agents.queue_file import QueueFile
from oma.runtime.agents.queue_sender import BLOCKED_S, QUICK_S, QueueSender
from oma.runtime.agents.queueing import Addressee
from tests.unit.tui.fleets import agent, state, verdict

RUN = "run"


@attrs.define
class Store:
    """What is known, as a test sets it."""

    state: object
    seq: int = 0

    async def wait_newer(self, seq):
        await trio.sleep_forever()


@attrs.define
class Controller:
    """Sends by what a test says; an agent answers each text as `answers` says."""

    store: Store
    server: object = None
    got: list = attrs.Factory(list)
    error: Exception | None = None
    answers: object = None

    async def send(self, act):
        if self.error is not None:
            raise self.error
        self.got.append(act.text)
        if self.answers is not None:
            self.answers(act.text)
        return True


def bob(health=Health.IDLE, reason="finished", since_s=0.0, **changes):
    there = verdict(health, reason, since_s=since_s)
    return agent(1, name="bob", profile="claude", verdict=there, **changes)


TO = Addressee(RUN, bob().pane, "bob")


@pytest.fixture
def controller():
    """Give a controller of an agent at its prompt, which answers each text at once."""
    controller = Controller(Store(state(bob())))

    def answers(text):
        controller.store.state = state(bob(since_s=trio.current_time() + 0.001))

    controller.answers = answers
    return controller


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Give a queue; work in threads is done at once, for the clock jumps."""

    async def run_sync(work, *args):
        await trio.lowlevel.checkpoint()
        return work(*args)

    async def server_run(server):
        return RUN

    monkeypatch.setattr(queue_sender.trio.to_thread, "run_sync", run_sync)
    monkeypatch.setattr(queue_sender, "server_run", server_run)
    monkeypatch.setattr("os.fsync", lambda descriptor: None)
    return QueueFile(LockedFile(tmp_path / "queue.json"))


@pytest.fixture
def said():
    """Give what the user was told."""
    return []


@pytest.fixture
def start(controller, file, said, nursery):
    """Give a function that starts the sender, and lets time pass."""

    async def start(seconds_s):
        sender = QueueSender(controller, file, trio.current_time, said.append)
        nursery.start_soon(sender.run)
        await trio.sleep(seconds_s)

    return start


def queue(file, *texts, to=TO):
    for text in texts:
        file.change(lambda there, text=text: there.added(to, text))


async def test_prompts_are_sent_in_order_and_leave_the_queue(
    controller, file, start, autojump_clock
):
    queue(file, "one", "two", "three")
    await start(20)
    assert controller.got == ["one", "two", "three"]
    assert file.read().prompts == ()
    queue(file, "later")
    await trio.sleep(5)
    assert controller.got[-1] == "later"


async def test_the_next_one_waits_for_the_answer(controller, file, start, autojump_clock):
    controller.answers = lambda text: None
    queue(file, "one", "two")
    await start(QUICK_S - 1)
    assert controller.got == ["one"]
    controller.store.state = state(bob(Health.OK, "active", 2.0))
    await trio.sleep(60)
    assert controller.got == ["one"]
    controller.store.state = state(bob(since_s=60.0))
    await trio.sleep(3)
    assert controller.got == ["one", "two"]


async def test_an_answer_that_nothing_tells_of_is_over_after_a_while(
    controller, file, start, autojump_clock
):
    controller.answers = lambda text: None
    queue(file, "one", "two")
    await start(QUICK_S + 3)
    assert controller.got == ["one", "two"]


@pytest.mark.parametrize(
    ("health", "reason"),
    [(Health.STUCK, "rate-limit"), (Health.WAITING, "question"), (Health.EXITED, "process-ended")],
)
async def test_an_answer_that_is_none_stops_the_rest(
    controller, file, start, autojump_clock, said, health, reason
):
    def answers(text):
        controller.store.state = state(bob(health, reason, trio.current_time() + 0.1))

    controller.answers = answers
    queue(file, "one", "two")
    await start(5)
    assert "the queue of bob has stopped: it" in said[0]
    controller.store.state = state(bob(since_s=9.0))
    await trio.sleep(30)
    assert controller.got == ["one"]
    file.change(lambda there: there.resumed(TO))
    await trio.sleep(5)
    assert controller.got == ["one", "two"]
    assert len(said) == 1


async def test_after_an_error_the_next_one_is_sent_when_the_user_says_so(
    controller, file, start, autojump_clock, said
):
    def answers(text):
        controller.store.state = state(bob(Health.STUCK, "error", trio.current_time() + 0.1))

    controller.answers = answers
    queue(file, "one", "two", "three")
    await start(30)
    assert controller.got == ["one"]
    file.change(lambda there: there.resumed(TO))
    await trio.sleep(30)
    assert controller.got == ["one", "two"]
    assert len(said) == 2


async def test_a_draft_is_waited_for_and_nothing_is_lost(
    controller, file, start, autojump_clock, said
):
    controller.error = BlockedError("holds a draft")
    queue(file, "one")
    await start(10)
    assert file.read().prompt(1).state == WAITING
    controller.error = None
    await trio.sleep(BLOCKED_S + 3)
    assert (controller.got, said) == (["one"], [])


async def test_what_may_have_been_typed_is_not_typed_again(
    controller, file, start, autojump_clock, said
):
    controller.error = CommandError("tmux refused")
    queue(file, "one", "two")
    await start(5)
    assert file.read().prompt(1).state == UNSURE
    assert said == ["the queue of bob has stopped: tmux refused"]
    controller.error = None
    await trio.sleep(30)
    assert controller.got == []


async def test_a_sender_that_comes_after_one_that_died_types_nothing_twice(
    controller, file, start, autojump_clock
):
    queue(file, "one", "two")
    file.change(lambda there: there.with_state(1, TYPING))
    await start(30)
    assert controller.got == []
    assert file.read().prompt(1).state == UNSURE


async def test_what_is_removed_or_edited_meanwhile_is_sent_as_it_stands_then(
    controller, file, start, autojump_clock
):
    controller.store.state = state(bob(Health.OK, "active"))
    queue(file, "one", "two", "three")
    await start(5)
    file.change(lambda there: there.without(lambda p: p.number == 1).with_text(2, "zwei"))
    controller.store.state = state(bob())
    await trio.sleep(20)
    assert controller.got == ["zwei", "three"]


async def test_an_agent_that_is_gone_gets_nothing_and_others_do(
    controller, file, start, autojump_clock
):
    other = attrs.evolve(TO, pane="%9")
    queue(file, "to nobody", to=other)
    queue(file, "one")
    await start(5)
    assert controller.got == ["one"]
    assert [prompt.text for prompt in file.read().prompts] == ["to nobody"]


async def test_a_server_that_is_gone_is_no_error(
    controller, file, start, autojump_clock, monkeypatch
):
    async def server_run(server):
        raise CommandError("no server")

    monkeypatch.setattr(queue_sender, "server_run", server_run)
    queue(file, "one")
    await start(5)
    assert controller.got == []


@attrs.define
class MemoryFile:
    """A queue of which each change costs nothing."""

    queue: PromptQueue = attrs.Factory(PromptQueue)

    def stamp(self):
        return id(self.queue)

    def read(self):
        return self.queue

    def change(self, change):
        self.queue = change(self.queue)
        return self.queue


async def test_a_thousand_prompts_come_in_order(controller, file, said, nursery, autojump_clock):
    memory = MemoryFile(many(PromptQueue(), 1000))
    nursery.start_soon(QueueSender(controller, memory, trio.current_time, said.append).run)
    await trio.sleep(10_000)
    assert controller.got == [str(n) for n in range(1000)]
    assert (memory.queue.prompts, said) == ((), [])


async def test_two_senders_send_nothing_twice(controller, file, said, nursery, autojump_clock):
    memory = MemoryFile(many(PromptQueue(), 20))
    for _ in range(2):
        nursery.start_soon(QueueSender(controller, memory, trio.current_time, said.append).run)
    await trio.sleep(100)
    assert sorted(controller.got, key=int) == [str(n) for n in range(20)]
    assert (memory.queue.prompts, said) == ((), [])


def many(there, count):
    for number in range(count):
        there = there.added(TO, str(number))
    return there
