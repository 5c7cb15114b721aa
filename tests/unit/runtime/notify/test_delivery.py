import attrs
import pytest
import trio
import trio.testing

from oma.errors import NotifyError, OmaError
from oma.notify.message import Message
from oma.runtime.notify.channel import PATIENCE_S
from oma.runtime.notify.delivery import Delivery, send_one


@attrs.define
class Channel:
    """Takes messages as a test wants it."""

    name: str
    hangs: bool = False
    fails: bool = False
    sent: list = attrs.Factory(list)

    async def send(self, message):
        if self.hangs:
            await trio.sleep_forever()
        if self.fails:
            raise NotifyError("it is broken")
        self.sent.append(message)
        return "there"


@attrs.define
class Log:
    entries: list = attrs.Factory(list)
    broken: bool = False

    def add(self, entry):
        self.entries.append(entry)
        if self.broken:
            raise OmaError("the disk is full")


def number(n):
    return Message("news", str(n), "", "{}")


@pytest.fixture
async def deliver(nursery):
    def begin(*channels, log=None):
        complaints = []
        delivery = Delivery(channels, log or Log(), complaints.append)
        nursery.start_soon(delivery.run)
        return delivery, complaints

    return begin


async def until(holds):
    while not holds():  # noqa: ASYNC110  # it comes from a thread
        await trio.sleep(0.01)


async def until_logged(delivery, count):
    await until(lambda: len(delivery.log.entries) >= count)


async def test_a_channel_that_hangs_or_fails_delays_no_other_one(deliver, autojump_clock):
    good, bad, slow = Channel("good"), Channel("bad", fails=True), Channel("slow", hangs=True)
    delivery, _ = deliver(slow, bad, good)
    for n in range(3):
        delivery.send(number(n))
    await until(lambda: len(good.sent) == 3)

    assert trio.current_time() < PATIENCE_S
    assert [message.title for message in good.sent] == ["0", "1", "2"]
    await until_logged(delivery, 9)
    assert {(e.channel, e.ok, e.result) for e in delivery.log.entries} == {
        ("good", True, "there"),
        ("bad", False, "it is broken"),
        ("slow", False, "no answer within 10 s"),
    }


async def test_a_channel_that_hangs_is_given_no_end_of_messages(deliver, autojump_clock):
    delivery, _ = deliver(Channel("slow", hangs=True))
    for n in range(150):
        delivery.send(number(n))
    await until_logged(delivery, 50)

    results = {entry.result for entry in delivery.log.entries}
    assert "too many messages wait for it" in results
    # While the log is written the clock may jump to where the first message is given up.
    assert results <= {"too many messages wait for it", "no answer within 10 s"}


async def test_a_log_that_cannot_be_written_is_said_once_and_nothing_stops(
    deliver, autojump_clock
):
    good = Channel("good")
    delivery, complaints = deliver(good, log=Log(broken=True))
    for n in range(3):
        delivery.send(number(n))
    await until_logged(delivery, 3)
    await until(lambda: complaints)

    assert len(good.sent) == 3
    assert complaints == ["the disk is full"]


async def test_one_message_says_where_it_went(autojump_clock):
    assert await send_one(Channel("a"), number(1)) == ("there", True)
    assert await send_one(Channel("a", fails=True), number(1)) == ("it is broken", False)
    assert await send_one(Channel("a", hangs=True), number(1)) == ("no answer within 10 s", False)
