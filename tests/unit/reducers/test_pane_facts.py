from oma.model.events import CheckoutSeen
from oma.reducers.pane_facts import checkouts_of, programs_of
from tests.support.fleet_play import PANE, play, seen


def agents(fleet):
    return fleet._roster.agents.values()


def test_programs_are_told_of_living_panes_whose_process_is_known():
    first = play()
    assert programs_of(agents(first.fleet)) == {PANE: (100, "bash")}
    first.at(1.0, seen(dead=True))
    assert programs_of(agents(first.fleet)) == {}


def test_directories_are_told_with_what_was_logged_of_their_checkouts():
    first = play()
    assert checkouts_of(agents(first.fleet)) == {PANE: ("/", None)}
    first.at(1.0, CheckoutSeen(PANE, "/srv", "main"))
    assert checkouts_of(agents(first.fleet)) == {PANE: ("/", CheckoutSeen(PANE, "/srv", "main"))}
