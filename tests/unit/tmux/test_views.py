import pytest

from oma.errors import CommandError, ProtocolError
from oma.tmux import views
from oma.tmux.invocation import ServerAddress
from oma.tmux.views import FitnessRow, PlaceRow, ViewRow

SERVER = ServerAddress(socket_path="/s")
START = ["tmux", "-N", "-u", "-S", "/s"]
PROGRAM = ["sh", "/view.sh", "once", "/s;", "", "$1"]


def test_no_view_starts_a_server_and_each_names_its_own():
    argvs = [
        views.places_argv(SERVER, "%1"),
        views.views_argv(SERVER),
        views.fitness_argv(SERVER, "$1"),
        views.popup_argv(SERVER, "/dev/pts/1", 90, 80, PROGRAM),
        views.close_popup_argv(SERVER, "/dev/pts/1"),
        views.split_argv(SERVER, "%1", "50%", PROGRAM),
        views.replace_argv(SERVER, "%2", PROGRAM),
        views.own_argv(SERVER, "%2", "%1", "a"),
        views.shows_argv(SERVER, "%2", "a"),
        views.detach_view_argv(SERVER, "/dev/pts/1"),
        views.unzoom_argv(SERVER, "%1"),
        views.close_pane_argv(SERVER, "%2"),
    ]

    assert all(argv[:5] == START for argv in argvs)


def test_a_popup_names_the_client_that_it_is_for():
    assert views.popup_argv(SERVER, "/dev/pts/1", 90, 80, PROGRAM) == [
        *(*START, "display-popup", "-E", "-c", "/dev/pts/1", "-w", "90%", "-h", "80%", "--"),
        *("sh", "/view.sh", "once", "/s\\;", "", "$1"),
    ]
    assert views.close_popup_argv(SERVER, "/dev/pts/1")[-2:] == ["-c", "/dev/pts/1"]


def test_a_new_pane_leaves_the_keyboard_where_it_is():
    assert views.split_argv(SERVER, "%1", "50%", ["cat"]) == [
        *(*START, "split-window", "-d", "-h", "-l", "50%", "-t", "%1"),
        *("-P", "-F", "#{pane_id}", "--", "cat"),
    ]


def test_a_pane_ends_only_after_the_one_that_takes_its_place_was_made():
    assert views.replace_argv(SERVER, "%2", ["cat"]) == [
        *(*START, "split-window", "-d", "-t", "%2", "-P", "-F", "#{pane_id}", "--", "cat"),
        *(";", "kill-pane", "-t", "%2"),
    ]


def test_a_name_is_one_argument_whatever_it_holds():
    assert views.shows_argv(SERVER, "%2", "-g #(x);")[-2:] == ["@oma_shows", "-g #(x)\\;"]
    assert views.own_argv(SERVER, "%2", "%1", "a")[5:11] == [
        *("set-option", "-p", "-t", "%2", "@oma_owner", "%1"),
    ]
    with pytest.raises(CommandError, match="cannot be given"):
        views.shows_argv(SERVER, "%2", "a\0b")


def test_places_are_read_and_a_linked_window_counts_once():
    lines = [
        "%1 @1 $1 0 1 /dev/pts/1",
        "%2 @1 $1 1 1 /dev/pts/2",
        "%2 @1 $2 1 1 /dev/pts/2",
        "%3 @4 $1 1 0 ",
        "",
    ]

    assert views.parse_places(lines) == (
        PlaceRow("%1", "@1", "$1", ours=False, terminal="/dev/pts/1", zoomed=True),
        PlaceRow("%2", "@1", "$1", ours=True, terminal="/dev/pts/2", zoomed=True),
        PlaceRow("%3", "@4", "$1", ours=True, terminal="", zoomed=False),
    )


def test_clients_without_a_terminal_or_a_session_are_no_views():
    lines = ["0 $1 /dev/pts/1", "1 $1 ", "1 $2 /dev/pts/3", "0  /dev/pts/2", ""]

    assert views.parse_views(lines) == (ViewRow("/dev/pts/1", "$1"),)


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        ([""], None),
        (["$1 off"], FitnessRow("$1", destroy_unattached=False)),
        (["$1 0"], FitnessRow("$1", destroy_unattached=False)),
        (["$1 on"], FitnessRow("$1", destroy_unattached=True)),
        (["$1 keep-last"], FitnessRow("$1", destroy_unattached=True)),
    ],
)
def test_a_session_says_whether_it_ends_with_its_last_client(lines, row):
    assert views.parse_fitness(lines) == row


@pytest.mark.parametrize(
    "parse", [views.parse_places, views.parse_views, views.parse_fitness], ids=lambda p: p.__name__
)
@pytest.mark.parametrize("line", ["x", "0 x y", "% @1 $1 1 1 t", "1"])
def test_an_answer_to_something_else_is_refused(parse, line):
    with pytest.raises(ProtocolError):
        parse([line])
