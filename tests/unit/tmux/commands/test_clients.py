import pytest

from oma.tmux.commands.clients import (
    AttachSession,
    ClosePopup,
    ContinuePane,
    DetachClient,
    DisplayMessage,
    DisplayPopup,
    ListClients,
    OpenPrompt,
    PausePane,
    Subscribe,
    SwitchClient,
    Unsubscribe,
    agent_client,
    quiet_client,
)
from oma.tmux.commands.command import Safety

MUTATING = Safety.MUTATING
READ_ONLY = Safety.READ_ONLY

TABLE = [
    (ListClients("f"), READ_ONLY, "list-clients -F f"),
    (ListClients("f", "%1"), READ_ONLY, "list-clients -t %1 -F f"),
    (Subscribe("p", "%1", "#{pane_pid}"), READ_ONLY, "refresh-client -B p:%1:#{pane_pid}"),
    (PausePane("%1"), READ_ONLY, "refresh-client -A %1:pause"),
    (PausePane("%1", "client-7"), READ_ONLY, "refresh-client -t client-7 -A %1:pause"),
    (ContinuePane("%1"), READ_ONLY, "refresh-client -A %1:continue"),
    (Subscribe("all", "@1", "f"), READ_ONLY, "refresh-client -B all:@1:f"),
    (Unsubscribe("all"), READ_ONLY, "refresh-client -B all"),
    (quiet_client("$1"), READ_ONLY, "attach-session -E -f no-output,ignore-size -t $1"),
    (agent_client("$1"), READ_ONLY, "attach-session -E -f ignore-size,pause-after=1 -t $1"),
    (OpenPrompt(), READ_ONLY, "command-prompt -b -p oma "),
    (AttachSession("$1"), MUTATING, "attach-session -E -t $1"),
    (SwitchClient("/dev/pts/1", "$1"), MUTATING, "switch-client -E -c /dev/pts/1 -t $1"),
    (SwitchClient("/dev/pts/1", None), MUTATING, "switch-client -E -c /dev/pts/1 -l"),
    (DetachClient("/dev/pts/1"), MUTATING, "detach-client -t /dev/pts/1"),
    (ClosePopup("/dev/pts/1"), MUTATING, "display-popup -C -c /dev/pts/1"),
    (
        DisplayMessage("/dev/pts/1", "100% #{pid} #[bold]"),
        MUTATING,
        "display-message -c /dev/pts/1 -- 100%% ##{pid} ## [bold]",
    ),
    (
        DisplayPopup("/dev/pts/1", 90, 80, ["sh", "x"]),
        MUTATING,
        "display-popup -E -c /dev/pts/1 -w 90% -h 80% -- sh x",
    ),
]


@pytest.mark.parametrize(("command", "safety", "words"), TABLE, ids=repr)
def test_a_command_has_its_words_and_what_it_may_do(command, safety, words):
    assert " ".join(command.words()) == words
    assert command.safety is safety
