"""Where agents keep their status files, and what these say."""

import json
import os
import subprocess
import time

import pytest

from oma.runtime.agent_files import LONGEST_DETAIL, find_status_file, read_status_file
from oma.runtime.process_tree import environment_of, started_at


@pytest.fixture
def process():
    """Start a process with an environment of its own; it ends with the test."""
    started = []

    def start(**environment):
        started.append(subprocess.Popen(["sleep", "60"], env={"PATH": os.defpath, **environment}))
        while not environment_of(started[-1].pid):
            pass  # for a moment after a process was started it has none
        return started[-1].pid

    yield start
    for each in started:
        each.kill()
        each.wait()


def test_the_environment_of_the_process_says_where_its_file_is(process):
    pid = process(HOME="/home/eve")
    assert str(find_status_file("claude", pid)) == f"/home/eve/.claude/sessions/{pid}.json"

    pid = process(HOME="/home/eve", CLAUDE_CONFIG_DIR="/etc/c")
    assert str(find_status_file("claude", pid)) == f"/etc/c/sessions/{pid}.json"


def test_no_file_is_known_of_other_kinds_without_a_home_or_of_a_process_that_ended(process):
    assert find_status_file("codex", process(HOME="/home/eve")) is None
    assert find_status_file("claude", process()) is None
    ended = subprocess.Popen(["true"])
    ended.wait()
    assert find_status_file("claude", ended.pid) is None


def read(tmp_path, told, pid=None):
    path = tmp_path / "1.json"
    path.write_text(told if isinstance(told, str) else json.dumps(told))
    return read_status_file(path, os.getpid() if pid is None else pid)


def told(**changes):
    return {"pid": os.getpid(), "startedAt": time.time() * 1000, "status": "busy"} | changes


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("working", "")),
        ({"status": "idle"}, ("idle", "")),
        ({"status": "shell"}, ("idle", "")),
        ({"status": "waiting", "waitingFor": "input needed"}, ("waiting", "input needed")),
        ({"status": "waiting"}, ("waiting", "")),
        ({"status": "waiting", "waitingFor": 7}, ("waiting", "")),
        ({"status": "busy", "waitingFor": "left behind"}, ("working", "")),
        ({"status": "dreaming"}, ("", "")),
        ({"status": ["busy"]}, ("", "")),
        ({"pid": 1}, ("", "")),
        ({"startedAt": "yesterday"}, ("", "")),
    ],
)
def test_what_a_file_says_is_told_in_our_words(tmp_path, changes, expected):
    assert read(tmp_path, told(**changes)) == expected


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"pid": 1', "[" * 4000, "\x00"])
def test_a_file_in_another_form_says_nothing(tmp_path, text):
    assert read(tmp_path, text) == ("", "")


def test_a_file_that_is_not_there_says_nothing(tmp_path):
    assert read_status_file(tmp_path / "none", os.getpid()) == ("", "")


def test_a_file_of_a_process_that_had_the_same_id_before_says_nothing(tmp_path):
    before_ms = (started_at(os.getpid()) - 3600) * 1000

    assert read(tmp_path, told(startedAt=before_ms)) == ("", "")


def test_nothing_hostile_comes_out_of_a_file(tmp_path):
    evil = "\x1b]0;x\x07" + "y" * 500

    state, detail = read(tmp_path, told(status="waiting", waitingFor=evil))

    assert (state, len(detail)) == ("waiting", LONGEST_DETAIL)
    assert detail.isprintable()
