import pytest

from oma.model.layout import Axis
from oma.tmux.commands.command import Safety
from oma.tmux.commands.panes import (
    KillPane,
    ResizeWindow,
    RespawnPane,
    SelectLayout,
    SelectPane,
    SelectWindow,
    SplitWindow,
    SwapPanes,
    ToggleZoom,
)

DESTRUCTIVE = Safety.DESTRUCTIVE
MUTATING = Safety.MUTATING

TABLE = [
    (SplitWindow("%1", ["x"]), MUTATING, "split-window -d -v -t %1 -P -F #{pane_id} -- x"),
    (
        SplitWindow("%1", ["x"], Axis.COLUMNS, "50%", "/#{d}"),
        MUTATING,
        "split-window -d -h -l 50% -t %1 -c /##{d} -P -F #{pane_id} -- x",
    ),
    (SelectWindow("$1", "@2"), MUTATING, "select-window -t $1:@2"),
    (SelectPane("%1"), MUTATING, "select-pane -t %1"),
    (SelectPane("%1", enable_keys=True), MUTATING, "select-pane -e -t %1"),
    (SwapPanes("%1", "%2"), MUTATING, "swap-pane -d -s %1 -t %2"),
    (ToggleZoom("%1"), MUTATING, "resize-pane -Z -t %1"),
    (SelectLayout("@1", "abcd,1x1"), MUTATING, "select-layout -t @1 abcd,1x1"),
    (ResizeWindow("@1", 80, 24), MUTATING, "resize-window -t @1 -x 80 -y 24"),
    (KillPane("%1"), DESTRUCTIVE, "kill-pane -t %1"),
    (RespawnPane("%1"), DESTRUCTIVE, "respawn-pane -k -t %1"),
    (RespawnPane("%1", "-x"), DESTRUCTIVE, "respawn-pane -k -t %1 -- -x"),
    (RespawnPane("%1", "x", "/a#b"), DESTRUCTIVE, "respawn-pane -k -t %1 -c /a##b -- x"),
]


@pytest.mark.parametrize(("command", "safety", "words"), TABLE, ids=repr)
def test_a_command_has_its_words_and_what_it_may_do(command, safety, words):
    assert " ".join(command.words()) == words
    assert command.safety is safety
