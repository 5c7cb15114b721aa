from oma.model.events import CheckoutSeen
from oma.model.status_file import StatusFileRead
from oma.reducers.pane_facts import checkouts_of, programs_of, status_files_of
from tests.support.fleet_play import PANE, play, sampled, seen


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


def test_status_files_are_told_of_agents_that_keep_one_and_whose_process_is_known():
    told = StatusFileRead(PANE, 7, "idle")
    other = play().at(1.0, sampled(("bash",), pid=7))
    assert status_files_of(agents(other.fleet)) == {}

    first = play().at(1.0, seen(command="claude"), sampled(("claude",)))
    assert status_files_of(agents(first.fleet)) == {}
    first.at(2.0, sampled(("claude",), pid=7))
    assert status_files_of(agents(first.fleet)) == {PANE: ("claude", 7, None)}
    first.at(3.0, told)
    assert status_files_of(agents(first.fleet)) == {PANE: ("claude", 7, told)}
