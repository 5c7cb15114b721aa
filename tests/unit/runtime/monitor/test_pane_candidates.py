from oma.runtime.monitor.pane_candidates import facts_of, is_view
from oma.tmux.queries.panes import parse_panes
from tests.support.wire_events import active


def test_a_program_that_speaks_of_a_mark_is_no_view():
    assert is_view(("oma", "pane-view", "%1", "--mark", "oma-tile:0:p1:"))
    assert not is_view(("claude", "-p", "what is oma-tile:0:p1: in pane-view"))
    assert not is_view(("claude", "pane-view", "--mark"))


def test_a_pane_of_ours_is_known_by_its_mark():
    (row,) = parse_panes([f"{active()}\tsh view.sh oma-right:0::\t/"])

    assert facts_of(row).is_ours
