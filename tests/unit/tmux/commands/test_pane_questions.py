import pytest

from oma.tmux.commands.command import Safety
from oma.tmux.commands.pane_questions import CaptureHistory, CapturePane, ListPanes, is_pane

TABLE = [
    (CaptureHistory("%1", 500), "capture-pane -p -e -S -500 -t %1"),
    (ListPanes("f"), "list-panes -a -F f"),
    (ListPanes("f", "$1"), "list-panes -s -t $1 -F f"),
    (ListPanes("f", "%1", is_pane("%1")), "list-panes -t %1 -f #{==:#{pane_id},%1} -F f"),
    (CapturePane("%1"), "capture-pane -p -t %1"),
    (CapturePane("%1", styled=True), "capture-pane -p -e -J -t %1"),
]


@pytest.mark.parametrize(("command", "words"), TABLE, ids=repr)
def test_a_question_has_its_words_and_changes_nothing(command, words):
    assert " ".join(command.words()) == words
    assert command.safety is Safety.READ_ONLY
