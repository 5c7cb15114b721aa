import trio

from oma.runtime.monitor.hub import SETTLE_S, Hub
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.queries.hints import list_windows
from oma.tmux.server_tracker import ServerTracker


class Wire:
    def __init__(self):
        self.sent = []

    def write(self, commands):
        self.sent += commands


def test_without_a_client_nothing_is_asked():
    hub = Hub()

    hub.recount()
    hub.look(["%1"])
    hub.send()

    assert hub.tracker is None


async def test_unsettled_windows_are_listed_again_when_their_second_is_over(
    nursery, autojump_clock
):
    hub, wire = Hub(), Wire()
    hub.attach(ServerTracker("$0", PaneInventory(), lambda name: True), wire)
    nursery.start_soon(hub.settle)
    hub.tracker.unsettled = frozenset({"@1"})
    hub.send()

    await trio.sleep(SETTLE_S - 0.1)
    assert wire.sent == []
    await trio.sleep(0.2)

    assert wire.sent == [list_windows(["@1"])]


def test_windows_are_listed_once_the_whole_list_has_come():
    hub, wire = Hub(), Wire()
    hub.refresh({"@1"})
    hub.attach(ServerTracker("$0", PaneInventory(), lambda name: True), wire)
    hub.refresh({"@1"})
    assert wire.sent == []

    hub.tracker.counted = True
    hub.refresh({"@1"})

    assert wire.sent == [list_windows(["@1"])]
