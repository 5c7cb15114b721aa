import pytest

from oma.tmux.commands.command import Safety
from oma.tmux.commands.control import IfShell, Print, SetEnvironment, SetOption
from oma.tmux.commands.panes import KillPane

DESTRUCTIVE = Safety.DESTRUCTIVE
MUTATING = Safety.MUTATING
READ_ONLY = Safety.READ_ONLY

TABLE = [
    (Print("f"), READ_ONLY, "display-message -p f"),
    (Print("f", "%1"), READ_ONLY, "display-message -p -t %1 f"),
    (SetOption("%1", "@x", "1"), MUTATING, "set-option -p -t %1 @x 1"),
    (SetOption("@1", "x", None), MUTATING, "set-option -w -u -t @1 x"),
    (SetOption("=a:", "x", "1"), MUTATING, "set-option -t =a: x 1"),
    (SetEnvironment("=a:", "x", "1"), MUTATING, "set-environment -t =a: x 1"),
    (IfShell("c", Print("f")), READ_ONLY, "if-shell -F c display-message -p f"),
    (
        IfShell("c", Print("f"), KillPane("%1"), "@1"),
        DESTRUCTIVE,
        'if-shell -F -t @1 c display-message -p f kill-pane -t "%1"',
    ),
]


@pytest.mark.parametrize(("command", "safety", "words"), TABLE, ids=repr)
def test_a_command_has_its_words_and_what_it_may_do(command, safety, words):
    assert " ".join(command.words()) == words
    assert command.safety is safety
