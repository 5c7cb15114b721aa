import pytest

from oma.errors import ProtocolError
from oma.tmux import notifications as wire
from oma.tmux.grammar import parse_notification

LINES = {
    b"%pause %7": wire.PanePaused("%7"),
    b"%subscription-changed all $1 @2 3 %4 : a : b ": wire.SubscriptionChanged("all", "a : b "),
    b"%subscription-changed all $1 - - - : ": wire.SubscriptionChanged("all", ""),
    b"%session-changed $1 two words": wire.SessionChanged("$1", "two words"),
    b"%client-session-changed client-9 $1 two words": wire.ClientsChanged(),
    b"%client-detached client-9": wire.ClientsChanged(),
    b"%session-renamed $1 two  words ": wire.SessionRenamed("$1", "two  words "),
    b"%session-renamed $1 caf\xe9": wire.SessionRenamed("$1", "caf\ufffd"),
    b"%sessions-changed": wire.SessionsChanged(),
    b"%window-add @2": wire.SessionsChanged(),
    b"%unlinked-window-add @2": wire.SessionsChanged(),
    b"%window-close @2": wire.SessionsChanged(),
    b"%unlinked-window-close @2": wire.SessionsChanged(),
    b"%window-renamed @2 ": wire.WindowRenamed("@2", "", linked=True),
    b"%unlinked-window-renamed @2 a b": wire.WindowRenamed("@2", "a b", linked=False),
    b"%window-pane-changed @2 %4": wire.WindowPaneChanged(),
    b"%layout-change @0 b25d,80x24,0,0,0 c25d,80x24,0,0,0 *Z": wire.LayoutChanged(
        "c25d,80x24,0,0,0"
    ),
    b"%layout-change @0 a b ": wire.LayoutChanged("b"),
    b"%pane-mode-changed %4": wire.OtherNotification(b"%pane-mode-changed %4"),
    b"%exit": wire.Exit(""),
    b"%exit too far behind": wire.Exit("too far behind"),
    b"%new-in-tmux-9 \xff": wire.OtherNotification(b"%new-in-tmux-9 \xff"),
    b"%": wire.OtherNotification(b"%"),
}

MALFORMED = [
    b"%pause",
    b"%pause 7",
    b"%subscription-changed all $1 - - - value",
    b"%session-changed",
    b"%session-changed $1",
    b"%session-changed @1 name",
    b"%session-renamed old new",
    b"%window-renamed name",
    b"%unlinked-window-renamed @\xb2 name",
    b"%layout-change @0",
]


@pytest.mark.parametrize("line", LINES, ids=repr)
def test_a_line_means_what_tmux_means(line):
    assert parse_notification(line) == LINES[line]


@pytest.mark.parametrize("line", MALFORMED, ids=repr)
def test_a_known_word_with_other_fields_is_refused(line):
    with pytest.raises(ProtocolError, match=r"malformed notification"):
        parse_notification(line)
