"""Formats, commands and the real tmux agree."""

import os

import pytest

from oma.tmux.address import TMUX, ServerAddress
from oma.tmux.commands.clients import PausePane, Subscribe
from oma.tmux.commands.keys import KEYS, SendKey
from oma.tmux.commands.panes import RespawnPane
from oma.tmux.commands.render import to_argv, to_line
from oma.tmux.commands.sessions import KillSession
from oma.tmux.escape import quote_format
from oma.tmux.new_sessions import new_agent_session
from oma.tmux.notifications import Reply, SubscriptionChanged
from oma.tmux.queries import screen as screen_queries
from oma.tmux.queries.hints import (
    ACTIVITY_SUBSCRIPTION,
    HINTS_SUBSCRIPTION,
    list_windows,
    parse_hints,
)
from oma.tmux.queries.panes import LIST_PANES, NOTED, parse_active, parse_panes
from oma.tmux.queries.screen_continued import capture_and_continue
from oma.tmux.queries.screen_state import SCREEN_FORMAT, parse_screen
from oma.tmux.queries.session_rows import LIST_SESSIONS, parse_sessions
from tests.support.private_tmux import keeps_dead_panes, since

pytestmark = pytest.mark.tmux

HOSTILE = "a\nb\tc\x1fd\x01e \"quoted\" '#{pid}' #(id) %H é €"
TAMED = "a?b?c?d?e \"quoted\" '#{pid}' #(id) %H é €"


def run(tmux, command):
    """Run a command on the private server, as a process of ours would."""
    argv = to_argv(command, address(tmux))
    at = argv.index("-S")
    assert argv[0] == TMUX
    assert argv[at + 1] == tmux.socket_path
    return tmux.run(*argv[1:at], *argv[at + 2 :])


def panes(tmux):
    return parse_panes(run(tmux, LIST_PANES).split("\n"))


def address(tmux):
    return ServerAddress(socket_path=tmux.socket_path)


def wait_for(tmux, session, condition):
    """Wait until a pane of the session fulfils the condition; the test's timeout is the limit."""
    while not any(row.session_name == session and condition(row) for row in panes(tmux)):
        pass


def wait_for_status(tmux, session):
    """Wait until tmux knows how a program ended.

    Before 3.6, tmux may sleep through the end of a program while it writes utmp; the end of any
    other child wakes it.
    """

    def known(row):
        if row.dead and row.dead_status is None:
            tmux.run("run-shell", "true")
        return row.dead_status is not None

    wait_for(tmux, session, known)


def runs(command):
    return lambda row: row.command == command


@pytest.fixture
def hostile(tmux, tmp_path):
    """A server with several sessions and panes that try to break a row."""
    directory = tmp_path / HOSTILE
    directory.mkdir()
    no_text = directory / "no text \udcff"
    no_text.mkdir()
    endless = "printf '\\033]2;%2000s\\007' x"
    title = "printf '\\033]2;ti\\ttle #{pid} $1 é\\007'"
    tmux.run("new-session", "-d", "-s", "first", "-x", "80", "-y", "24", "-c", "/", "cat")
    control = "" if since(3, 7) else "\n\t"  # a name holds none then
    tmux.run(
        "new-session", "-d", "-s", f"#S {control} x", "-c", quote_format(str(directory)), "cat"
    )
    tmux.run("new-session", "-d", "-s", "bytes", "-c", quote_format(str(no_text)), "cat")
    tmux.run("rename-window", "-t", "first:", f"win{control}dow #{{pid}}")
    tmux.run("new-session", "-d", "-s", "titled", f"{title}; exec cat")
    called = "name;" if since(3, 7) else "na\nme\t;"  # others are not told at all then
    tmux.run("split-window", "-d", "-t", "titled:", "bash", "-c", f"exec -a '{called}' cat")
    tmux.run(
        "new-session", "-d", "-s", "endless", "bash", "-c", f"{endless}; exec -a {'n' * 300} cat"
    )
    tmux.run("set-option", "-g", "remain-on-exit", "on")
    tmux.run("new-session", "-d", "-s", "dead", "-x", "90", "-y", "20", "exit 3")
    wait_for_status(tmux, "dead")
    wait_for(tmux, "titled", lambda row: row.title.startswith("title"))
    wait_for(tmux, "titled", lambda row: row.command.startswith("na"))
    wait_for(tmux, "endless", runs(""))
    return tmux


def test_no_text_breaks_or_forges_a_row(hostile):
    rows = panes(hostile)
    by_session = {row.session_name: row for row in rows}

    assert len(rows) == 7
    assert {row.session for row in rows} == {f"${number}" for number in range(6)}
    assert by_session["first"].cwd == "/"
    assert by_session["first"].title == ""  # no program has set one
    assert [row.cwd.rsplit("/", 1)[1] for row in rows if row.session == "$1"] == [TAMED]
    through_vis = since(3, 4) and not since(3, 6)
    assert by_session["bytes"].cwd.endswith("/no text " + (r"\377" if through_vis else "\ufffd"))
    titled, named = (row for row in rows if row.session_name == "titled")
    assert titled.title == "title #{pid} $1 é"
    assert named.command == ("name;" if since(3, 7) else "na?me?;")
    assert (by_session["endless"].title, by_session["endless"].command) == ("", "")
    assert by_session["dead"].dead
    assert by_session["dead"].dead_status == 3
    assert by_session["dead"].start_command == '"exit 3"'


def test_a_list_of_windows_says_of_every_session_what_the_list_says(hostile, attach):
    client = attach("first", "no-output,ignore-size,read-only")
    window = hostile.run("display-message", "-p", "-t", "first", "#{window_id}").strip()
    assert client.ask(to_line(Subscribe("hints", window, HINTS_SUBSCRIPTION))).ok

    def values(events):
        return [event.value for event in events if type(event) is SubscriptionChanged]

    client.read_until(values)
    listed = parse_panes(client.ask(to_line(LIST_PANES)).lines())

    def known(row):
        return (
            row.session,
            row.session_name,
            row.destroy_unattached,
            row.window,
            row.pane,
            row.pid,
            row.columns,
            row.rows,
            row.dead,
            row.dead_status,
            row.command,
            row.title,
        )

    hints = parse_hints(values(client.events)[-1])
    fleet = parse_active(client.ask(to_line(list_windows(hints))).lines())
    assert set(hints) == {row.window for row in listed}
    assert sorted(map(known, fleet), key=repr) == sorted(map(known, listed), key=repr)
    assert len(fleet) == 7

    known_before = len(values(client.events))
    assert client.ask(to_line(Subscribe("hints", window, ACTIVITY_SUBSCRIPTION))).ok
    client.read_until(lambda events: len(values(events)) > known_before)
    less = parse_hints(values(client.events)[-1])
    assert {window: hint.activity for window, hint in less.items()} == {
        window: hint.activity for window, hint in hints.items()
    }
    assert {hint.panes for hint in less.values()} <= {"", "\t"}


def test_what_is_noted_and_places_are_hinted_at_and_break_no_hint(tmux):
    tmux.run("new-session", "-d", "-s", "a", "exec cat")

    def hints():
        return parse_hints(tmux.run("display-message", "-p", HINTS_SUBSCRIPTION)[:-1])

    (before,) = hints().values()
    tmux.run("set-option", "-g", NOTED, "no\ttab, no\nline #{pid} ")
    (after,) = hints().values()
    assert after.panes == before.panes + "no?tab, no?line #{pid} "
    tmux.run("new-window", "-d", "-t", "a:", "exec cat")
    places = list(hints())
    tmux.run("swap-window", "-d", "-s", "a:0", "-t", "a:1")
    assert list(hints()) == places[::-1]


def test_sessions_are_told_with_what_matters_to_a_hub(hostile):
    rows = {row.name: row for row in parse_sessions(run(hostile, LIST_SESSIONS).split("\n"))}

    assert rows["first"].session == "$0"
    assert rows["titled"].server_pid == int(hostile.run("display-message", "-p", "#{pid}"))


def test_the_state_of_a_screen_is_read(tmux):
    draw = "printf '\\033[?1049h\\033[3;10r\\033[?25l\\033[?7l\\033[5;7H'; exec cat"
    tmux.run("new-session", "-d", "-s", "a", "-x", "80", "-y", "24", f"{draw}")
    wait_for(tmux, "a", runs("cat"))
    screen = parse_screen(tmux.run("list-panes", "-t", "a:", "-F", SCREEN_FORMAT).split("\n")[:-1])

    assert (screen.columns, screen.rows) == (80, 24)
    assert (screen.cursor_column, screen.cursor_row) == (6, 4)
    assert screen.alternate


def test_a_capture_answers_in_as_many_blocks_as_it_promises(tmux, attach):
    tmux.run("new-session", "-d", "-s", "a", "-x", "80", "-y", "24", "echo hello; exec cat")
    wait_for(tmux, "a", runs("cat"))
    tmux.run("new-window", "-d", "-t", "a:", "cat")
    tmux.run("split-window", "-d", "-t", "a:1", "cat")
    client = attach("a", "read-only,ignore-size,pause-after=1")

    def blocks(command, count):
        known = len(client.events)
        client.process.stdin.write(f"{to_line(command)}\n".encode())
        client.process.stdin.flush()

        def new(events):
            return [event for event in events[known:] if type(event) is Reply]

        client.read_until(lambda events: len(new(events)) >= count)
        return new(client.events)

    (paused,) = blocks(PausePane("%0"), 1)
    screen, capture, continued = blocks(capture_and_continue("%0"), 3)
    again = blocks(screen_queries.capture("%0"), 2)
    (refused,) = blocks(capture_and_continue("%9"), 1)
    sibling, _ = blocks(screen_queries.capture("%2"), 2)

    assert paused.ok
    assert parse_screen(screen.lines()).rows == 24
    assert [line.rstrip() for line in capture.lines()] == ["hello", *[""] * 23]
    assert continued.ok
    assert [block.data for block in again] == [screen.data, capture.data]
    assert not refused.ok
    assert parse_screen(sibling.lines()).rows < 24


@keeps_dead_panes
@pytest.mark.parametrize(
    ("command", "status"), [(["false"], 1), (["sh", "-c", "exit 7"], 7), (["exit 4;"], 4)]
)
def test_a_program_that_ends_at_once_leaves_its_status(tmux, command, status):
    tmux.run("new-session", "-d", "-s", "other", "cat")
    run(tmux, new_agent_session("oma-1", command, "/", (200, 50), {}))
    wait_for_status(tmux, "oma-1")
    (row,) = [row for row in panes(tmux) if row.session_name == "oma-1"]

    assert (row.columns, row.rows) == (200, 50)
    assert (row.dead, row.dead_status) == (True, status)
    assert tmux.run("show-options", "-g", "remain-on-exit") == "remain-on-exit off\n"


def test_a_new_session_starts_where_it_is_told(tmux, tmp_path):
    directory = tmp_path / HOSTILE
    directory.mkdir()
    run(tmux, new_agent_session("oma-1", ["cat"], str(directory), (80, 24), {}))
    if os.path.isdir("/proc/self"):
        there = str(directory)
        wait_for(tmux, "oma-1", lambda row: os.readlink(f"/proc/{row.pid}/cwd") == there)

    assert panes(tmux)[0].cwd.endswith(TAMED)


def test_a_session_that_dies_with_its_last_client_is_told_in_every_answer(tmux, attach):
    tmux.run("new-session", "-d", "-s", "home", "cat")
    tmux.run("new-session", "-d", "-s", "fragile", "cat")
    attach("fragile")
    tmux.run("set-option", "-t", "fragile", "destroy-unattached", "on")
    answers = [
        panes(tmux),
        parse_active(run(tmux, list_windows(["@0", "@1"])).split("\n")),
        parse_sessions(run(tmux, LIST_SESSIONS).split("\n")),
    ]

    told = [{row.session: row.destroy_unattached for row in rows} for rows in answers]
    assert told == 3 * [{"$0": False, "$1": True}]


def test_one_word_is_run_by_the_shell_and_several_are_run_as_they_are(tmux, tmp_path):
    out = str(tmp_path / "out")
    several = ["sh", "-c", 'echo "$1" > "$2"; exec cat', "sh", "a;b $HOME", out]
    for name, command in (("one", ["cd /dev && exec cat"]), ("several", several)):
        run(tmux, new_agent_session(name, command, "/", (80, 24), {}))
        wait_for(tmux, name, runs("cat"))

    assert {row.session_name: row.cwd for row in panes(tmux)} == {"one": "/dev", "several": "/"}
    assert (tmp_path / "out").read_text() == "a;b $HOME\n"


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_key_is_one_that_tmux_knows(tmux, key):
    tmux.run("new-session", "-d", "-s", "a", "stty raw; exec cat > /dev/null")
    tmux.run("bind-key", "-T", "probe", key, "display-message", "x")

    assert "display-message x" in tmux.run("list-keys")
    run(tmux, SendKey("%0", key))


def test_a_pane_runs_again_what_it_ran_or_something_else(tmux):
    tmux.run("new-session", "-d", "-s", "a", "exec cat")
    run(tmux, RespawnPane("%0", "exec sleep 60;"))
    wait_for(tmux, "a", runs("sleep"))
    (other,) = panes(tmux)
    run(tmux, RespawnPane("%0"))
    (again,) = panes(tmux)

    assert other.start_command == again.start_command == '"exec sleep 60;"'
    assert other.pid != again.pid


def test_a_session_is_killed_by_its_id(tmux):
    tmux.run("new-session", "-d", "-s", "a", "cat")
    tmux.run("new-session", "-d", "-s", "b", "cat")
    run(tmux, KillSession("$0"))

    assert [row.session for row in panes(tmux)] == ["$1"]
