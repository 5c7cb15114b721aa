import pytest

from oma.errors import ProtocolError
from oma.tmux.queries.client_rows import UserClient, parse_user_clients


def test_clients_on_terminals_are_told_with_pane_focus_and_activity():
    lines = [
        "pane /dev/pts/7",
        "client 0 1 clipboard,focus attached,focused,UTF-8 100 %1 /dev/pts/1",
        "client 0 1 clipboard,focus attached,UTF-8 90 %2 /dev/pts/2",
        "client 0 0 clipboard,focus attached,focused,UTF-8 80 %3 /dev/pts/3",
        "client 0 off clipboard,focus attached,focused 80 %3 /dev/pts/4",
        "client 0 1  attached,focused 80 %3 /dev/pts/5",
        "client 0 1 title attached,focused 80 %3 /dev/pts/6",
        "",
    ]

    assert parse_user_clients(lines) == (
        UserClient("/dev/pts/1", "%1", focused=True, activity_epoch_s=100),
        UserClient("/dev/pts/2", "%2", focused=False, activity_epoch_s=90),
        UserClient("/dev/pts/3", "%3", focused=None, activity_epoch_s=80),
        *(
            UserClient(f"/dev/pts/{number}", "%3", focused=None, activity_epoch_s=80)
            for number in (4, 5, 6)
        ),
    )


def test_control_clients_and_those_inside_a_pane_are_no_users():
    lines = [
        "pane /dev/pts/7",
        "client 1 1 clipboard,focus attached,focused,control-mode 100 %1 client-7",
        "client 0 1 clipboard,focus attached,focused 100 %1 /dev/pts/7",
        "client 0 1 clipboard,focus focused 100  /dev/pts/8",
        "client 0 1 clipboard,focus attached,focused 100 %1 ",
    ]

    assert parse_user_clients(lines) == ()


@pytest.mark.parametrize(
    "line",
    [
        "x",
        "client 0 1 clipboard,focus attached 100 %1",
        "client 0 1 clipboard,focus f x %1 /dev/x",
    ],
)
def test_an_answer_to_something_else_is_refused(line):
    with pytest.raises(ProtocolError):
        parse_user_clients([line])
