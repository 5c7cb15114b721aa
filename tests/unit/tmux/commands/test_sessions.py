import pytest

from oma.tmux.commands.command import Safety
from oma.tmux.commands.sessions import (
    KillServer,
    KillSession,
    ListSessions,
    NewSession,
    RenameSession,
)

DESTRUCTIVE = Safety.DESTRUCTIVE
MUTATING = Safety.MUTATING
READ_ONLY = Safety.READ_ONLY

TABLE = [
    (ListSessions("f"), READ_ONLY, "list-sessions -F f"),
    (ListSessions("f", "c"), READ_ONLY, "list-sessions -f c -F f"),
    (NewSession("a", ["x", "y"]), MUTATING, "new-session -d -s a -- x y"),
    (
        NewSession("a", ["x"], "/#{d}", (80, 24), {"A": "1"}),
        MUTATING,
        "new-session -d -s a -x 80 -y 24 -c /##{d} -e A=1 -- x",
    ),
    (RenameSession("$1", "a"), MUTATING, "rename-session -t $1 -- a"),
    (KillSession("$1"), DESTRUCTIVE, "kill-session -t $1"),
    (KillServer(), DESTRUCTIVE, "kill-server"),
]


@pytest.mark.parametrize(("command", "safety", "words"), TABLE, ids=repr)
def test_a_command_has_its_words_and_what_it_may_do(command, safety, words):
    assert " ".join(command.words()) == words
    assert command.safety is safety
