"""`oma status --watch`: again whenever something has changed."""

import json
import os
from types import SimpleNamespace

import pytest
import trio

from oma.cli import status_watch
from oma.cli.cli_context import read_context
from oma.cli.option_values import GlobalOptions
from oma.cli.status_look import Narrowing
from oma.cli.status_watch import FOUND_S, GATHER_S, TICK_S, _Watch
from oma.model.events import PaneOutput, SessionClosed
from oma.model.wall_time import log_calendar
from tests.support.fleet_play import PANE, SESSION
from tests.support.service_store import a_store


@pytest.fixture
async def live(monkeypatch, autojump_clock):
    """A run whose agent has been judged, and what was written."""

    async def known():
        await trio.lowlevel.checkpoint()

    store = a_store()
    store.pass_time()
    calendar = log_calendar("2026-11-20T20:00:00Z")
    clock = SimpleNamespace(now_s=trio.current_time, wall_time=lambda: calendar)
    written = []

    async def write(text):
        await trio.lowlevel.checkpoint()
        written.append(text)

    async def reads_for_ever():
        await trio.sleep_forever()

    monkeypatch.setattr(status_watch, "write_stdout", write)
    monkeypatch.setattr(status_watch, "until_nobody_reads", reads_for_ever)
    monkeypatch.setattr(status_watch, "shows_colours", lambda: True)
    monkeypatch.setattr(os, "get_terminal_size", lambda descriptor: os.terminal_size((60, 10)))
    return SimpleNamespace(
        store=store,
        tail=store.tail(),
        clock=clock,
        monitor=SimpleNamespace(known=known),
        written=written,
    )


def watch(of_document=None, filter_text=None):
    context = read_context(GlobalOptions())
    return _Watch(context, of_document, Narrowing.of(context, filter_text))


async def test_a_table_is_printed_again_when_it_is_another_one(live, autojump_clock):
    async with trio.open_nursery() as nursery:
        nursery.start_soon(watch().in_lines, live)
        await trio.sleep(FOUND_S + 1)
        live.store.append(PaneOutput(PANE, b"more\r\n"))
        await trio.sleep(1)
        before = len(live.written)
        live.store.append(SessionClosed(SESSION))
        await trio.sleep(1)
        live.store.close()

    assert before == 1
    assert [text[:7].strip() for text in live.written] == ["AGENT", "AGENT"]
    assert live.written[1].startswith("\n")
    assert "EXITED" in live.written[1]


async def test_a_filter_shows_only_whom_it_fits(live, autojump_clock):
    async with trio.open_nursery() as nursery:
        nursery.start_soon(watch(filter_text="health:exited").in_lines, live)
        nursery.start_soon(watch(json.dumps, "health:exited").in_lines, live)
        await trio.sleep(FOUND_S + 1)
        before = sorted(live.written)
        live.store.append(SessionClosed(SESSION))
        await trio.sleep(1)
        live.store.close()

    assert before[0] == "no agent fits 'health:exited'\n"
    assert json.loads(before[1])["agents"] == []
    later = sorted(live.written[2:])
    assert "EXITED" in later[0]
    assert len(json.loads(later[1])["agents"]) == 1


async def test_machines_get_one_document_on_each_line(live, autojump_clock):
    async with trio.open_nursery() as nursery:
        nursery.start_soon(watch(json.dumps).in_lines, live)
        await trio.sleep(FOUND_S + 1)
        live.store.append(SessionClosed(SESSION))
        await trio.sleep(1)
        live.store.close()

    told = [json.loads(line) for line in "".join(live.written).splitlines()]
    assert [each["agents"][0]["health"] for each in told] == ["ok", "exited"]


async def test_a_terminal_is_drawn_in_place_and_given_back_with_the_last_table(
    live, autojump_clock
):
    async with trio.open_nursery() as nursery:
        nursery.start_soon(watch().on_terminal, live)
        await trio.sleep(FOUND_S + TICK_S + GATHER_S)
        live.store.close()

    first, *frames, last = live.written
    assert first == "\x1b[?1049h\x1b[?25l"
    assert all(frame.startswith("\x1b[H") for frame in frames)
    assert frames
    assert last.startswith("\x1b[?25h\x1b[?1049l\x1b[1mAGENT")


async def test_a_run_that_ends_before_anything_is_known_shows_nothing(live, autojump_clock):
    live.store.close()

    await watch().in_lines(live)
    await watch().on_terminal(live)

    assert live.written == ["\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"]
