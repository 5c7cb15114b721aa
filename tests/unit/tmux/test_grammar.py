import pytest

from oma.errors import ProtocolError
from oma.tmux import notifications as wire
from oma.tmux.grammar import parse_notification

LINES = {
    b"%pause %7": wire.PanePaused("%7"),
    b"%continue %7": wire.PaneContinued("%7"),
    b"%subscription-changed all $1 @2 3 %4 : a : b ": wire.SubscriptionChanged(
        "all", "$1", "@2", 3, "%4", "a : b "
    ),
    b"%subscription-changed all $1 - - - : ": wire.SubscriptionChanged(
        "all", "$1", None, None, None, ""
    ),
    b"%session-changed $1 two words": wire.SessionChanged("$1", "two words"),
    b"%client-session-changed client-9 $1 two words": wire.ClientSessionChanged(
        "client-9", "$1", "two words"
    ),
    b"%client-detached client-9": wire.ClientDetached("client-9"),
    b"%session-renamed $1 two  words ": wire.SessionRenamed("$1", "two  words "),
    b"%session-renamed $1 caf\xe9": wire.SessionRenamed("$1", "caf\ufffd"),
    b"%sessions-changed": wire.SessionsChanged(),
    b"%session-window-changed $1 @2": wire.SessionWindowChanged("$1", "@2"),
    b"%window-add @2": wire.WindowAdded("@2", linked=True),
    b"%unlinked-window-add @2": wire.WindowAdded("@2", linked=False),
    b"%window-close @2": wire.WindowClosed("@2", linked=True),
    b"%unlinked-window-close @2": wire.WindowClosed("@2", linked=False),
    b"%window-renamed @2 ": wire.WindowRenamed("@2", "", linked=True),
    b"%unlinked-window-renamed @2 a b": wire.WindowRenamed("@2", "a b", linked=False),
    b"%window-pane-changed @2 %4": wire.WindowPaneChanged("@2", "%4"),
    b"%layout-change @0 b25d,80x24,0,0,0 c25d,80x24,0,0,0 *Z": wire.LayoutChanged(
        "@0", "b25d,80x24,0,0,0", "c25d,80x24,0,0,0", "*Z"
    ),
    b"%layout-change @0 a b ": wire.LayoutChanged("@0", "a", "b", ""),
    b"%pane-mode-changed %4": wire.PaneModeChanged("%4"),
    b"%paste-buffer-changed buffer 1": wire.PasteBufferChanged("buffer 1"),
    b"%paste-buffer-deleted buffer 1": wire.PasteBufferDeleted("buffer 1"),
    b"%config-error /etc/tmux.conf:1: no": wire.ConfigErrorShown("/etc/tmux.conf:1: no"),
    b"%message hello": wire.MessageShown("hello"),
    b"%exit": wire.Exit(""),
    b"%exit too far behind": wire.Exit("too far behind"),
    b"%new-in-tmux-9 \xff": wire.UnknownNotification(b"%new-in-tmux-9 \xff"),
    b"%": wire.UnknownNotification(b"%"),
}

MALFORMED = [
    b"%pause",
    b"%pause 7",
    b"%continue %x",
    b"%subscription-changed all $1 - - - value",
    b"%subscription-changed all - - : value",
    b"%subscription-changed all $1 - x - : value",
    b"%session-changed",
    b"%session-changed $1",
    b"%session-changed @1 name",
    b"%client-session-changed client $x name",
    b"%session-renamed old new",
    b"%session-window-changed $1",
    b"%session-window-changed $1 @2 @3",
    b"%window-add $2",
    b"%unlinked-window-add",
    b"%window-close @",
    b"%unlinked-window-close @2 @3",
    b"%window-renamed name",
    b"%unlinked-window-renamed @\xb2 name",
    b"%window-pane-changed @2 4",
    b"%layout-change @0",
    b"%layout-change 0 a b c",
    b"%pane-mode-changed ",
]


@pytest.mark.parametrize("line", LINES, ids=repr)
def test_a_line_means_what_tmux_means(line):
    assert parse_notification(line) == LINES[line]


@pytest.mark.parametrize("line", MALFORMED, ids=repr)
def test_a_known_word_with_other_fields_is_refused(line):
    with pytest.raises(ProtocolError, match=r"malformed notification"):
        parse_notification(line)
