"""What commands print with `--json` is what docs/json-schema.json says, with no key more and none less."""

import json
import shutil
from pathlib import Path

import jsonschema_rs
import pytest

from oma.model.events import MonitorStopped, SessionOpened
from oma.runtime.notify.notify_log import LogEntry, NotifyLog
from tests.support.fleet_play import SESSION, captured, sampled, seen
from tests.support.oma_process import oma
from tests.unit.cli.recordings import write

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "json-schema.json").read_text("utf-8"))
REAL = ROOT / "fixtures" / "recordings" / "real"
EVERY_TYPE = ROOT / "fixtures" / "recordings" / "v1-every-type.jsonl"

UNEXPLAINED = (
    (0.0, SessionOpened(SESSION, "oma-agent-a")),
    (0.0, seen(command="claude", idle_s=0.0)),
    (0.0, captured(b"\r\n Something that no rule knows\r\n")),
    (0.0, sampled(("claude",))),
    (100.0, MonitorStopped("stopped")),
)

OPEN = {"Record", "RecordingHeader"}
"""Shapes with more keys, which another document lists."""

OF_FILES = {
    "replay FILE": ("replay", EVERY_TYPE),
    "why": ("why", "oma-agent-one", "--recording", EVERY_TYPE),
    "why --pane PANE --recording FILE": ("why", "--pane", "%9", "--recording", EVERY_TYPE),
    "digest": ("digest", "--recording", EVERY_TYPE),
    "stats": ("stats", "--recording", EVERY_TYPE),
    "notify log": ("notify", "log"),
    "history": ("history",),
    "profiles": ("profiles",),
    "profiles unknown": (
        "profiles",
        "unknown",
        "--config",
        "/dev/null",
        "--recording",
        "UNEXPLAINED",
    ),
    "web tokens add NAME": ("web", "tokens", "add", "phone"),
    "web tokens": ("web", "tokens"),
    "config": ("config",),
}
"""Command of the reference → a command line that needs no tmux."""

OF_REAL = {
    "notify --recording FILE": ("notify", "--recording", REAL / "aider-again.jsonl.zst"),
    "score FILE": ("score", REAL / "codex-main.ctl", "--truth", REAL / "codex-main.json"),
    "profiles test DIRECTORY": ("profiles", "test"),
}
"""The same, for recordings of real agents."""

OF_AGENTS = {
    "status": ("status",),
    "wait": ("wait", "a", "--for", "ok,idle"),
    "why": ("why", "a"),
    "send": ("send", "a", "hello"),
    "queue": ("queue",),
    "doctor": ("doctor",),
}
"""The same for an agent that runs."""

NOT_RUN = {
    "events",
    "status --watch",
    "status --ssh HOST",
    "watch",
    "why --pane PANE",
    "web link",
    "demo",
    "bench",
}
"""They run for seconds or until they are interrupted, or need another process."""


def _closed(schema):
    """Return a schema that allows no keys but those it names."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    return closed | {"additionalProperties": False} if "properties" in schema else closed


DEFINED = {
    name: shape if name in OPEN else _closed(shape) for name, shape in SCHEMA["$defs"].items()
}


def faults(command, printed):
    """Return how what a command printed differs from what the reference says of it."""
    told = SCHEMA["commands"][command]
    check = jsonschema_rs.validator_for(
        {"$schema": SCHEMA["$schema"], **told["schema"], "$defs": DEFINED}
    )
    lines = printed.decode("ascii").splitlines()
    if not lines or (told["prints"] != "lines of" and len(lines) != 1):
        return [f"{command}: {len(lines)} lines"]
    values = [json.loads(line) for line in lines]
    if values == [[]] and command != "history":
        return [f"{command}: an empty list shows nothing"]
    return [f"{command}: {fault}" for value in values for fault in check.iter_errors(value)]


async def _faults_of(rows, *before, **environment):
    found = []
    for command, words in rows.items():
        done = await oma(*before, *words, "--json", **environment)
        found += faults(command, done.stdout)
        if done.returncode:
            found.append(f"{command}: {done.stderr.decode()}")
    return found


@pytest.mark.slow
async def test_what_is_printed_of_files_is_what_the_reference_says(tmp_path):
    NotifyLog(tmp_path / "oma" / "notify.jsonl").add(
        LogEntry("2026-11-30T08:00:00+00:00", "tmux", "news", "a waits", ok=True, result="sent")
    )
    state, unexplained = str(tmp_path), write(tmp_path / "unexplained.jsonl", UNEXPLAINED)
    rows = {
        command: [unexplained if word == "UNEXPLAINED" else word for word in words]
        for command, words in OF_FILES.items()
    }
    assert await _faults_of(rows, HOME=state, XDG_STATE_HOME=state) == []
    assert faults("events", unexplained.read_bytes()) == []


@pytest.mark.slow
async def test_what_is_printed_of_real_recordings_is_what_the_reference_says(tmp_path):
    for path in REAL.glob("aider-main.*"):
        shutil.copy(path, tmp_path)
    rows = {
        command: (*words, tmp_path) if words[-1] == "test" else words
        for command, words in OF_REAL.items()
    }
    assert await _faults_of(rows) == []


@pytest.mark.slow
@pytest.mark.tmux
async def test_what_is_printed_of_agents_is_what_the_reference_says(tmux, tmp_path):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "bash", "-c", "exec -a claude cat")
    state = str(tmp_path)
    environment = {"HOME": state, "XDG_STATE_HOME": state}
    queued = await oma("-S", tmux.socket_path, "queue", "a", "later", **environment)
    assert queued.returncode == 0, queued.stderr
    assert await _faults_of(OF_AGENTS, "-S", tmux.socket_path, **environment) == []


def test_every_command_of_the_reference_is_tried_or_named():
    assert set(OF_FILES) | set(OF_REAL) | set(OF_AGENTS) | NOT_RUN == set(SCHEMA["commands"])
