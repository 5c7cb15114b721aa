"""The promise of the recording: every byte of every pane, or a record of exactly where one lacks."""

import signal
import sys

import pytest
import trio

from oma.model.events import OutputLost, PaneCaptured, PaneOutput
from tests.support.oma_process import running_oma
from tests.support.recorded import events, printed, records, until

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

LINES, WAVE = 100_000, 10_000

RAW = """
import os, sys, tty
tty.setraw(0)
os.read(0, 1)
sent = bytes(range(256)) * 2
for byte in range(0, len(sent), 5):
    os.write(1, sent[byte : byte + 5])
os.read(0, 1)
"""


def start(tmux, *command):
    """Start an agent and return its pane."""
    return tmux.run(
        *("new-session", "-d", "-x", "100", "-y", "30", "-P", "-F", "#{pane_id}"),
        *("-s", "oma-agent-a", *command),
    ).strip()


def parts(path, pane):
    """Return what the pane printed, cut where output was lost; and how often it was captured."""
    found, captures = [[]], [0]
    for record in records(path):
        event = record.event
        if getattr(event, "pane", None) != pane:
            continue
        if isinstance(event, PaneOutput):
            found[-1].append(event.data)
        elif isinstance(event, OutputLost):
            found.append([])
            captures.append(0)
        elif isinstance(event, PaneCaptured):
            captures[-1] += 1
    return [b"".join(part) for part in found], captures


def numbers(part):
    """Return the numbers of the whole lines: a gap may cut the first and the last."""
    lines = part.split(b"\n")
    return [int(line) for line in lines[1:-1] if line.strip().isdigit()]


async def test_every_line_of_a_flood_is_recorded(tmux, tmp_path):
    recording = tmp_path / "f.jsonl"
    # In waves: tmux gives up on who is a second behind, as a loaded machine may be on all at once.
    flood = f"for n in $(seq {LINES // WAVE}); do read go; seq $(((n - 1) * {WAVE} + 1)) $((n * {WAVE})); done"
    pane = start(tmux, f"{flood}; exec cat")
    async with running_oma("-S", tmux.socket_path, "record", "-o", recording):
        await until(lambda: events(recording, PaneCaptured))
        for last in range(WAVE, LINES + 1, WAVE):
            tmux.run("send-keys", "-t", pane, "Enter")
            await until(lambda: b"\n%d\r\n" % last in printed(recording, pane))  # noqa: B023

    outputs, _ = parts(recording, pane)

    assert len(outputs) == 1
    assert numbers(outputs[0]) == list(range(1, LINES + 1))


async def resize_often(tmux, pane, oma):
    for columns in (90, 100, 90, 100, 90):
        tmux.run("resize-window", "-t", pane, "-x", str(columns), "-y", "25")


async def stop_for_a_while(tmux, pane, oma):
    # tmux pauses a pane once what it has to send is a second old: nothing shows that it did.
    oma.send_signal(signal.SIGSTOP)
    await trio.sleep(1.5)
    oma.send_signal(signal.SIGCONT)


@pytest.mark.parametrize("disturb", [resize_often, stop_for_a_while])
async def test_where_output_was_skipped_there_is_a_record_of_it(tmux, tmp_path, disturb):
    recording = tmp_path / "f.jsonl"
    # It lives on after Ctrl-C: of a pane that is gone nothing is captured any more.
    pane = start(tmux, "trap : INT; read go; seq 1 1000000000; exec cat")
    async with running_oma("-S", tmux.socket_path, "record", "-o", recording) as oma:
        await until(lambda: events(recording, PaneCaptured))
        tmux.run("send-keys", "-t", pane, "Enter")
        await until(lambda: len(printed(recording, pane)) > 100_000)
        while (
            len(parts(recording, pane)[0]) == 1
        ):  # an agent that is quiet for a moment loses nothing
            await disturb(tmux, pane, oma.process)
        tmux.run("send-keys", "-t", pane, "C-c")
        await until(lambda: parts(recording, pane)[1][-1])

    outputs, captures = parts(recording, pane)

    assert all(captures[:-1])  # the last gap may begin as the recording ends
    assert any(captures)
    for part in outputs:
        found = numbers(part)
        assert found == list(range(found[0], found[0] + len(found))) if found else True


async def test_every_byte_value_survives_record_and_replay(tmux, tmp_path):
    recording = tmp_path / "f.jsonl"
    script = tmp_path / "raw.py"
    script.write_text(RAW)
    pane = start(tmux, sys.executable, str(script))
    sent = bytes(range(256)) * 2
    async with running_oma("-S", tmux.socket_path, "record", "-o", recording):
        await until(lambda: events(recording, PaneCaptured))
        tmux.run("send-keys", "-t", pane, "Enter")
        await until(lambda: len(printed(recording, pane)) >= len(sent))

    assert printed(recording, pane) == sent
