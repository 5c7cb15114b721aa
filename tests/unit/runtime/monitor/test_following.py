import attrs
import pytest

from oma.model.events import PaneClosed, PaneResized, SessionClosed
from oma.runtime.monitor import following as module
from oma.runtime.monitor.following import Following
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.queries.panes import parse_panes
from tests.support.wire_events import listed


@attrs.define
class Watch:
    """In the place of a session's monitor."""

    session: str
    inventory: object = None
    log: object = None
    access: object = None
    rearranged: object = None
    refused: object = None
    panes: list = attrs.Factory(list)
    ended: list = attrs.Factory(list)

    async def run(self):
        pass

    def follow(self, pane):
        self.panes.append(pane)

    def follows(self, pane):
        return pane in self.panes

    def unfollow(self, pane):
        self.panes.remove(pane)

    def end(self, *, lives):
        self.ended.append(lives)


class Nursery:
    def start_soon(self, run):
        pass


@pytest.fixture
def following(monkeypatch):
    """A user's session with two panes; an agent was found in the first."""
    monkeypatch.setattr(module, "SessionMonitor", Watch)
    inventory = PaneInventory()
    found = Following(inventory, lambda event: None)
    rows = parse_panes([listed(name="work"), listed(name="work", pane="%2")])
    inventory.update(rows, lambda name: False, None)
    for event in inventory.find("%1"):
        found.hear(event, None, Nursery())
    return found


def test_the_panes_of_agents_are_followed_and_no_others(following):
    (watch,) = following._monitors.values()
    assert watch.panes == ["%1"]

    for event in following.inventory.find("%2"):
        following.hear(event, None, Nursery())
    following.agents_changed()
    assert watch.panes == ["%1", "%2"]


def test_a_pane_is_captured_again_after_a_resize(following):
    (watch,) = following._monitors.values()
    following.hear(PaneResized("%1", 10, 10), None, Nursery())
    following.hear(PaneResized("%2", 10, 10), None, Nursery())
    following.capture_all()

    assert watch.panes == ["%1", "%1", "%1"]
    assert following.is_followed("%1")
    assert not following.is_followed("%2")


def test_a_pane_is_captured_again_when_its_program_is_started_anew(following):
    (watch,) = following._monitors.values()
    (seen,) = (e for e in following.inventory._panes.values() if e.pane == "%1")
    following.hear(seen, None, Nursery())
    assert watch.panes == ["%1"]

    following.hear(attrs.evolve(seen, pid=seen.pid + 1), None, Nursery())
    assert watch.panes == ["%1", "%1"]


def test_a_pane_is_captured_once_more_when_its_program_has_ended(following):
    (watch,) = following._monitors.values()
    (seen,) = (e for e in following.inventory._panes.values() if e.pane == "%1")
    ended = attrs.evolve(seen, dead=True)
    following.hear(ended, None, Nursery())
    following.hear(attrs.evolve(ended, dead_status=3), None, Nursery())
    assert watch.panes == ["%1", "%1"]

    following.hear(seen, None, Nursery())
    following.hear(ended, None, Nursery())
    assert watch.panes == ["%1", "%1", "%1"]


def test_a_session_that_lives_on_without_agents_loses_its_client(following):
    (watch,) = following._monitors.values()
    following.hear(PaneClosed("%1"), None, Nursery())
    following.hear(SessionClosed("$1"), None, Nursery())

    assert (watch.panes, watch.ended) == ([], [True])
    following.clear()


def test_a_session_whose_client_was_taken_off_has_one_again_with_its_panes(following):
    (watch,) = following._monitors.values()
    following.release("$1")

    assert watch.ended == [True]
    assert not following.is_followed("%1")
    assert following.panes_of({"$1"}) == {"%1": "$1"}
    following.resume("$1", None, Nursery())

    (again,) = following._monitors.values()
    assert (again is watch, again.panes) == (False, ["%1"])
