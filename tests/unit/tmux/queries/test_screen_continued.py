from oma.tmux.commands.clients import ContinuePane
from oma.tmux.queries.screen import capture
from oma.tmux.queries.screen_continued import capture_and_continue


def test_a_pane_that_is_captured_goes_on_last():
    assert capture_and_continue("%3").commands == (*capture("%3").commands, ContinuePane("%3"))
