import attrs
import trio

from oma.config.profiles import packaged_profiles
from oma.detection.agent_finder import LOOK_AFTER_S, AgentFinder
from oma.runtime import process_tree
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.monitor.discovery import Discovery
from oma.runtime.monitor.output_watch import SELDOM_S, SOON_S
from oma.tmux.address import ServerAddress
from oma.tmux.queries.panes import parse_panes
from tests.support.wire_events import listed


def rows(**facts):
    (row,) = parse_panes([listed()])
    return (attrs.evolve(row, **facts),)


def discovery():
    told, asked, ended = [], [], []
    found = Discovery(
        TmuxClient(ServerAddress(socket_name="x")),
        AgentFinder(packaged_profiles()),
        lambda row: row.session_name != "not-mine",
        asked.append,
        asked.extend,
        lambda event: told.append((event.pane, event.profile)),
        ended.append,
    )
    return found, told, asked


async def test_a_command_tells_at_once_and_only_where_that_is_wanted():
    found, told, _ = discovery()
    found.take(rows(command="claude", session_name="not-mine"))
    assert told == []

    found.take(rows(command="claude"))
    assert told == [("%1", "claude")]


async def test_it_has_begun_when_no_process_is_to_be_read_any_more(
    nursery, autojump_clock, monkeypatch
):
    begun = []

    def read(pids):
        begun.append(found.begun.is_set())
        return dict.fromkeys(pids, ())

    monkeypatch.setattr(process_tree, "foreground_lines", read)
    found, *_ = discovery()
    found.take(rows(command="ssh"))
    nursery.start_soon(found.run)
    await found.begun.wait()
    assert begun == [False]

    known, *_ = discovery()
    known.take(rows(command="claude"))
    assert known.begun.is_set()


async def test_processes_are_read_and_screens_are_asked_for(nursery, autojump_clock, monkeypatch):
    monkeypatch.setattr(process_tree, "foreground_lines", lambda pids: dict.fromkeys(pids, ()))
    found, told, asked = discovery()
    nursery.start_soon(found.run)
    found.take(rows(command="ssh"))
    while not asked:  # noqa: ASYNC110  # a thread has part in it
        await trio.sleep(LOOK_AFTER_S[0])
    assert asked[0] == "%1"

    found.looked("%1", ["  Press enter to confirm or esc to cancel"])
    assert told == [("%1", "codex")]
    found.printed(["%1"])


async def test_a_view_of_a_pane_is_no_agent_whatever_it_shows(
    nursery, autojump_clock, monkeypatch
):
    view = ("python", "-m", "oma", "pane-view", "%1", "--mark", "oma-right:0:p1:")
    monkeypatch.setattr(
        process_tree, "foreground_lines", lambda pids: dict.fromkeys(pids, (view,))
    )
    found, told, asked = discovery()
    found.take(rows(command="python"))
    await found.search(1e9)
    assert asked == []

    found.looked("%1", ["  Press enter to confirm or esc to cancel"])
    assert told == []


async def test_what_runs_where_something_was_written_is_asked_for_and_looked_at(
    nursery, autojump_clock, monkeypatch, terminal
):
    monkeypatch.setattr(process_tree, "foreground_lines", lambda pids: dict.fromkeys(pids, ()))
    found, told, asked = discovery()
    await nursery.start(found.outputs.run)
    found.take(rows(command="ssh", terminal=terminal.path))
    await found.search(1e9)
    asked.clear()

    terminal.write()
    await trio.sleep(2 * SOON_S)
    found.printed(["%1"])  # tmux tells of it as well, and knows less
    assert asked == [{"@1"}]
    await found.search(1e9)
    assert asked == [{"@1"}, "%1"]

    found.take(rows(command="claude", terminal=terminal.path))
    assert told == [("%1", "claude")]
    terminal.write()
    await trio.sleep(SELDOM_S)
    assert asked == [{"@1"}, "%1"]
