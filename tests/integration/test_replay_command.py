"""`oma replay`: what a recording says, at any speed, and what is said of one that is damaged."""

import json
import shutil
import time

import attrs
import pytest

from oma import __version__
from oma.model.events import (
    PaneCaptured,
    PaneOutput,
    PaneSeen,
    ProcessesSampled,
    ProcessSample,
    Record,
    SessionOpened,
    TimePassed,
    Unknown,
)
from oma.model.ids import PaneId, SessionId, WindowId
from oma.recording.files import RecordingFile
from oma.recording.recording_format import Header, encode_header, encode_record
from tests.support.oma_process import oma

PANE, SESSION = PaneId("%1"), SessionId("$1")

HEADER = Header(
    version=1,
    started_at="2026-11-20T20:03:58.123456+00:00",
    tmux="3.3a",
    oma="0.1.0",
    config={"health": {"idle_warning": 1, "idle_critical": 3}},
    profiles={},
)


def seen(**changes):
    facts = {"pane": PANE, "session": SESSION, "window": WindowId("@1"), "pid": 7}
    facts |= {"command": "bash", "title": "", "cwd": "/", "columns": 80, "rows": 24}
    return PaneSeen(**facts | changes)


def lines(*timed):
    return [
        encode_header(HEADER),
        *(encode_record(Record(seq, t, event)) for seq, (t, event) in enumerate(timed, start=1)),
    ]


LOOKED = (
    (0.0, PaneCaptured(PANE, 80, 24, 0, 0, False, b"")),
    (0.0, ProcessesSampled((ProcessSample(PANE, ("bash",), 0, None, 1),))),
)
"""What a first verdict waits for."""

STORY = lines(
    (0.0, SessionOpened(SESSION, "oma-agent-1")),
    (0.0, seen(idle_s=0.0)),
    *LOOKED,
    (0.2, PaneOutput(PANE, b"hello\r\n")),
    (2.0, PaneOutput(PANE, b"again\r\n")),
    (9.0, TimePassed()),
)
"""An agent that is idle at 1.2 s, works at 2 s, is idle at 3 s and stuck at 5 s."""


@pytest.fixture
def write(tmp_path):
    """Give a function that writes a recording of these lines."""

    def write(lines, name="f.jsonl"):
        path = tmp_path / name
        path.write_bytes(b"".join(lines))
        return path

    return write


async def healths(path, *arguments, said=b"", **extra):
    done = await oma("replay", path, "--json", *arguments, **extra)
    assert (done.returncode, done.stderr) == (0, said), done
    return [(found["t"], found["to"]) for found in map(json.loads, done.stdout.splitlines())]


async def test_a_replay_tells_what_the_recording_holds_and_needs_no_tmux(write):
    done = await oma("replay", write(STORY), "--json", PATH="/nonexistent")

    told = [(found["t"], found["to"]) for found in map(json.loads, done.stdout.splitlines())]
    assert told == [(0.0, "ok"), (1.2, "idle"), (2.0, "ok"), (3.0, "idle"), (5.0, "stuck")]


async def test_a_replay_begins_where_one_likes(write):
    assert await healths(write(STORY), "--from", "2.5") == [(3.0, "idle"), (5.0, "stuck")]


async def test_a_replay_in_time_takes_its_time(write):
    began_s = time.monotonic()

    told = await healths(write(STORY), "--speed", "5")

    assert told[-1] == (5.0, "stuck")
    assert time.monotonic() - began_s >= 1.0


async def test_another_configuration_or_kind_judges_the_same_facts_anew(write, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text("[health]\nidle_warning = 4\nidle_critical = 6\n")
    path = write(STORY)

    told = await healths(
        path, "--config", config, said=b"oma: judged by config.toml, profiles of today\n"
    )
    assert told == [(0.0, "ok"), (6.0, "idle"), (8.0, "stuck")]
    done = await oma("replay", path, "--profile", "nobody")
    assert done.returncode == 2
    assert b"--profile 'nobody': unknown profile" in done.stderr


GREETER = """
[match]
command = ["bash"]

[[rule]]
name = "greeting"
state = "waiting"
scope = "bottom:5"
any = ['hello']
"""


GREETING = lines(
    (0.0, SessionOpened(SESSION, "oma-agent-1")),
    (0.0, seen(idle_s=0.0)),
    *LOOKED,
    (0.2, PaneOutput(PANE, b"hello\r\n")),
    (0.9, TimePassed()),
)


@pytest.fixture
def greeters(tmp_path):
    """Give a home with a profile by which the agent of the story waits."""
    folder = tmp_path / "home" / ".config" / "oma" / "profiles"
    folder.mkdir(parents=True)
    (folder / "greeter.toml").write_text(GREETER)
    return folder


@pytest.mark.parametrize("given", ["--profiles", "--config"])
async def test_other_profiles_judge_the_same_facts_anew_and_are_named(
    write, tmp_path, greeters, given
):
    path, config = write(GREETING), tmp_path / "config.toml"
    config.write_text("[health]\nidle_warning = 1\nidle_critical = 3\n")
    home = tmp_path / "home"
    named = {"--profiles": greeters, "--config": config}[given]
    said = {
        "--profiles": f"oma: judged by profiles in {greeters}\n".encode(),
        "--config": b"oma: judged by config.toml, profiles of today\n",
    }[given]

    assert await healths(path, HOME=str(home)) == [(0.0, "ok")]
    told = await healths(path, given, named, said=said, HOME=str(home))
    assert [health for _, health in told] == ["ok", "waiting"]

    why = await oma("why", "1", "--recording", path, "--at", "0.8", given, named, HOME=str(home))
    assert b"greeter/greeting" in why.stdout, why


async def test_a_recording_of_a_newer_oma_is_judged_by_what_is_known_of_it(write, tmp_path):
    rule = {"name": "hi", "state": "waiting", "scope": "bottom:3", "any": ["hello"]}
    newer = attrs.evolve(
        HEADER,
        oma="9.9.0",
        config={
            "health": {"idle_warning": 1, "idle_critical": 3, "mood": "x"},
            "glow": {"on": True},
            "attach": {"mode": "\x1b[31mtab"},
            "keys": {"up": ["F5"], "down": ["k"]},
        },
        profiles={
            "greeter": {
                "match": {"command": ["bash"], "cwd": "/"},
                "colour": 3,
                "rule": [rule | {"blink": 1}, rule | {"name": "odd", "state": "paused"}],
            }
        },
    )
    first, *rest = encode_header(newer), *GREETING[1:]
    head = json.loads(first) | {"weather": "fine"}
    strange = {"seq": len(GREETING), "t": 0.9, "type": "newer-type", "what": [1]}
    path = write([json.dumps(head).encode() + b"\n", *rest, json.dumps(strange).encode() + b"\n"])
    done = await oma("replay", path, "--json")

    changes = [json.loads(line) for line in done.stdout.splitlines()]
    assert [change["rule"] for change in changes if change["to"] == "waiting"] == ["greeter/hi"]
    assert done.returncode == 0
    assert done.stderr.decode() == (
        f"oma: {path}: recorded by oma 9.9.0; this one is {__version__} and leaves out: "
        "[health] mood, [glow], [attach] mode, [keys] up, profile greeter: colour, "
        "profile greeter: match: cwd, profile greeter: rule 'hi': blink, "
        "profile greeter: rule 'odd'\n"
    )


@pytest.mark.parametrize("there", [True, False])
async def test_profiles_that_cannot_be_used_are_refused(write, tmp_path, there):
    if there:
        (tmp_path / "bad.toml").write_text("resume = 3")
    named = tmp_path if there else tmp_path / "nowhere"
    done = await oma("replay", write(STORY), "--json", "--profiles", named)

    assert (done.returncode, done.stdout) == (2, b"")
    assert (b"bad.toml" if there else b"no such directory") in done.stderr


async def test_a_user_reads_times_of_the_clock(write):
    done = await oma("replay", write(STORY), TZ="UTC")

    assert done.stdout.decode().splitlines()[1].startswith("20:03:59  oma-agent-1")
    assert "ok → idle" in done.stdout.decode()


async def test_a_record_of_a_type_to_come_is_passed_over(write):
    future = lines((0.0, SessionOpened(SESSION, "a")), (0.1, Unknown("later", {"x": [1]})))

    assert await healths(write(future)) == []


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (b'{"seq":8,"t":9.5,"ty', "last line is incomplete and was left out"),
        (b'{"seq":8,"t":9.5,"type":"time-passed"}', "last line is incomplete and was left out"),
        (b"\x00\x00\x00\n", "last line is incomplete and was left out"),
    ],
    ids=["torn", "no newline", "zeros"],
)
async def test_a_torn_end_is_said_and_the_rest_is_told(write, end, words):
    path = write([*STORY, end])

    done = await oma("replay", path, "--json")

    assert done.returncode == 0
    assert done.stdout.count(b"\n") == 5
    assert done.stderr.decode() == f"oma: {path}: {words}\n"


DAMAGED = {
    "bad line": ([*STORY[:3], b"{nonsense}\n", *STORY[3:]], "{path}:4: expected one JSON object"),
    "missing line": ([*STORY[:3], *STORY[4:]], "{path}:4: 'seq': expected 3, got 4"),
    "time goes back": (
        [*STORY, encode_record(Record(8, 1.0, TimePassed()))],
        "{path}:9: 't': expected 9.0 or later",
    ),
    "wrong field": (
        [*STORY[:1], b'{"seq":1,"t":0,"type":"pane-closed","pane":7}\n', *STORY[2:]],
        "{path}:2: ",
    ),
    "no recording": ([b"hello\n"], "{path}: not a recording of oma"),
    "json of another kind": ([b"[1]\n"], "{path}: not a recording of oma"),
    "empty": ([], "{path}: empty: expected a recording"),
    "from the future": (
        [b'{"format":"oma-recording","version":99,"started_at":"2026-11-20T20:03:58Z"}\n'],
        "{path}: recorded by a newer oma (format version 99)",
    ),
}


@pytest.mark.parametrize(("damaged", "words"), DAMAGED.values(), ids=DAMAGED)
async def test_damage_is_said_with_its_place_in_one_line(write, damaged, words):
    path = write(damaged)

    done = await oma("replay", path, "--json")

    assert done.returncode == 1
    assert done.stderr.decode().startswith("oma: " + words.format(path=path))
    assert done.stderr.count(b"\n") == 1


async def test_what_is_no_file_is_no_recording(tmp_path):
    directory = await oma("replay", tmp_path)
    absent = await oma("replay", tmp_path / "no.jsonl")
    speed = await oma("replay", tmp_path, "--speed", "0")

    assert (directory.returncode, absent.returncode, speed.returncode) == (1, 1, 2)
    assert directory.stderr.decode() == f"oma: cannot read {tmp_path}: Is a directory\n"
    assert b"No such file or directory" in absent.stderr
    assert b"--speed: '0': expected a number" in speed.stderr


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst"])
async def test_a_compressed_recording_that_was_cut_is_told_as_far_as_it_goes(
    write, tmp_path, suffix
):
    whole, cut = tmp_path / f"whole{suffix}", tmp_path / f"cut{suffix}"
    with RecordingFile.create(whole) as file:
        for line in STORY:
            file.write(line)
            file.flush()
    shutil.copyfile(whole, cut)
    with cut.open("r+b") as file:
        file.truncate(whole.stat().st_size - 12)

    assert len(await healths(whole)) == 5
    done = await oma("replay", cut, "--json")

    assert done.returncode == 0
    assert done.stdout.count(b"\n") >= 2
    assert b"ends early" in done.stderr
