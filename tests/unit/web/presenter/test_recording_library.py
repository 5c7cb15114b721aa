import os
from functools import partial

import pytest

from oma.model.events import PaneOutput, Record, ServerConnected, SessionOpened
from oma.recording.files import RecordingFile
from oma.recording.recording_format import VERSION, Header, encode_header, encode_record
from oma.store.history import History
from oma.web.presenter.recording_library import AGAIN_S, KEPT, RecordingLibrary
from oma.web.request_error import RequestError
from tests.support.fake_web import Clock
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen

STARTED = "2026-11-20T20:03:58.123456Z"
EVENTS = [
    (0.0, ServerConnected("3.3a")),
    (0.0, SessionOpened(SESSION, "oma-agent-1")),
    (0.0, seen(idle_s=0.0)),
    (0.0, captured(b"hello\n")),
    (0.0, sampled()),
    (1.0, PaneOutput(PANE, b"\x1b[2J\x1b[H\x1b[31mError: it broke\x1b[0m\r\n")),
    (90.0, PaneOutput(PANE, b"\x1b]52;c;aGk=\x07going on\r\n")),
]


def write(path, events=EVENTS):
    header = Header(
        version=VERSION, started_at=STARTED, tmux="3.3a", oma="1", config={}, profiles={}
    )
    with RecordingFile.create(path) as file:
        file.write(encode_header(header))
        for seq, (t, event) in enumerate(events, start=1):
            file.write(encode_record(Record(seq, t, event)))


@pytest.fixture
def clock():
    return Clock(1000.0)


@pytest.fixture
def recordings(tmp_path, clock):
    return RecordingLibrary(tmp_path, lambda _header, _name: History(empty().fleet), clock)


async def test_what_is_a_recording_is_listed_the_newest_first(recordings, tmp_path):
    for number, name in enumerate(("a.jsonl", "b.jsonl.gz", "c.jsonl.zst")):
        write(tmp_path / name)
        os.utime(tmp_path / name, (number, number))
    (tmp_path / "notes.txt").write_text("")
    (tmp_path / "other.jsonl").write_text("{}\n")
    (tmp_path / "directory.jsonl").mkdir()
    (tmp_path / ".hidden.jsonl").symlink_to(tmp_path / "a.jsonl")
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "a.jsonl")

    listed = await recordings.listed()

    assert [each.name for each in listed] == ["c.jsonl.zst", "b.jsonl.gz", "a.jsonl"]
    assert {each.started_at for each in listed} == {STARTED}


@pytest.mark.parametrize(
    "name",
    [
        "../a.jsonl",
        "..",
        "/etc/passwd",
        "a.jsonl/../a.jsonl",
        "link.jsonl",
        "a.txt",
        "none.jsonl",
        "",
        "a.jsonl\n",
        "a\0.jsonl",
    ],
)
async def test_what_is_no_recording_of_this_directory_is_not_there(tmp_path, clock, name):
    write(tmp_path / "a.jsonl")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.jsonl").symlink_to(tmp_path / "a.jsonl")

    with pytest.raises(RequestError) as refused:
        await RecordingLibrary(inside, lambda *_: None, clock).past(name)

    assert refused.value.status == 404


async def test_a_directory_that_is_not_there_holds_none(tmp_path, clock):
    assert await RecordingLibrary(tmp_path / "x", lambda *_: None, clock).listed() == []


async def test_any_moment_can_be_looked_at(recordings, tmp_path):
    write(tmp_path / "a.jsonl")
    past = await recordings.past("a.jsonl")
    screen = partial(recordings.screen, past, "oma-agent-1")

    columns, rows, ansi = await screen(2.0)

    assert (columns, rows) == (80, 24)
    assert ansi.startswith("\x1b[38;5;1mError: it broke\x1b[0m")
    assert (await screen(0.5))[2].startswith("hello")
    assert "going on" in (await screen(90.0))[2]
    assert "aGk" not in (await screen(90.0))[2]
    with pytest.raises(RequestError, match="no agent 'x'"):
        await recordings.screen(past, "x", 2.0)


async def test_a_past_is_kept_until_its_file_has_changed_for_a_while(recordings, tmp_path, clock):
    write(tmp_path / "a.jsonl", EVENTS[:4])
    first = await recordings.past("a.jsonl")
    (tmp_path / "a.jsonl").unlink()
    write(tmp_path / "a.jsonl")

    assert await recordings.past("a.jsonl") is first
    clock.t += AGAIN_S
    again = await recordings.past("a.jsonl")

    assert again.history.end_s == 90.0
    assert await recordings.past("a.jsonl") is again


async def test_memory_is_bounded(recordings, tmp_path):
    for number in range(KEPT + 1):
        write(tmp_path / f"{number}.jsonl")
        await recordings.past(f"{number}.jsonl")

    assert list(recordings._pasts) == ["1.jsonl", "2.jsonl", "3.jsonl"]


async def test_a_damaged_recording_is_said_to_be(recordings, tmp_path):
    write(tmp_path / "a.jsonl")
    lines = (tmp_path / "a.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines[:2] + lines[3:]))

    with pytest.raises(RequestError, match="expected 2") as refused:
        await recordings.past("a.jsonl")
    assert refused.value.status == 409
