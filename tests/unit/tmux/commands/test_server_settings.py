import pytest

from oma.tmux.commands.command import Safety
from oma.tmux.commands.server_settings import (
    BindKey,
    ListKeys,
    SetGlobalOption,
    ShowGlobalOption,
    UnbindKey,
)

MUTATING = Safety.MUTATING
READ_ONLY = Safety.READ_ONLY

TABLE = [
    (SetGlobalOption("@oma_status", "1 ok"), MUTATING, "set-option -g @oma_status 1 ok"),
    (SetGlobalOption("@oma_status", None), MUTATING, "set-option -gu @oma_status"),
    (ShowGlobalOption("status-right"), READ_ONLY, "show-options -gqv status-right"),
    (ListKeys(), READ_ONLY, "list-keys -T prefix"),
    (UnbindKey("a"), MUTATING, "unbind-key -T prefix a"),
    (
        BindKey("a", "oma: go", "exec /a#{b}/oma next"),
        MUTATING,
        "bind-key -T prefix -N oma: go a run-shell -b exec /a##{b}/oma next"
        " --client '#{client_tty}' --pane '#{pane_id}' >/dev/null 2>&1",
    ),
]


@pytest.mark.parametrize(("command", "safety", "words"), TABLE, ids=repr)
def test_a_command_has_its_words_and_what_it_may_do(command, safety, words):
    assert " ".join(command.words()) == words
    assert command.safety is safety
