"""When the dashboard paints, and when it does not; with a painter that keeps its frames."""

import os
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta

import attrs
import pytest
import trio

from oma.config.profiles import packaged_profiles
from oma.detection.thresholds import Thresholds
from oma.errors import BlockedError
from oma.model.events import PaneOutput, SessionOpened
from oma.model.health import Health
from oma.model.ids import PaneId, SessionId
from oma.model.intents import NewAgent, Refusal, SendText
from oma.model.wall_time import WallTime
from oma.reducers.fleet import Fleet
from oma.reducers.rules import Rules
from oma.screen.styled import StyledText, TextStyle
from oma.store.store import Store
from oma.tui.bell import TerminalBell
from oma.tui.cells import Size
from oma.tui.executor import PaneAccess
from oma.tui.inputs import Key
from oma.tui.live_source import LiveSource
from oma.tui.log_follower import FRAMES_A_SECOND
from oma.tui.loop import ABSENCE_S, ANSWER_S, IDLE_S, Dashboard
from oma.tui.theme import TerminalCapabilities
from oma.tui.themes import CHOICES, LIGHT
from oma.tui.view_model import Browsing
from tests.support.fleet_play import PANE, SESSION, captured, sampled, seen
from tests.unit.tui.fleets import BEGAN, KEYMAP, PREFIX, text_of


@attrs.define
class KeptFrames:
    """A painter whose terminal is a list."""

    frames: list = attrs.Factory(list)
    size: Size = attrs.Factory(lambda: Size(80, 24))
    keyboard: tuple = ()
    was_read: bytes = b""
    key_sequences: dict = attrs.Factory(dict)

    @property
    def input_fileno(self):
        return self.keyboard[0]

    def read(self):
        data = os.read(self.input_fileno, 100)
        self.was_read += data
        return data

    theme: object = None
    copied: str = ""
    rung: int = 0
    asked: bool = False

    def ask_background(self):
        self.asked = True

    def use(self, theme):
        self.theme = theme

    def ring(self):
        self.rung += 1

    def copy(self, text):
        self.copied = text
        return len(text) < 100

    @contextmanager
    def suspended(self):
        yield

    def paint(self, frame):
        if not self.frames or self.frames[-1] != frame:
            self.frames.append(frame)

    @property
    def text(self):
        return "\n".join(text_of(line) for line in self.frames[-1].lines)


@attrs.define
class Answering:
    """An executor that notes what it is asked."""

    asked: list = attrs.Factory(list)

    refused: Refusal | None = None
    occupant: SessionId | None = None

    async def carry_out(self, intent, suspend):
        self.asked.append(intent)
        if isinstance(intent, SendText) and not intent.anyway:
            message = "one waits for an answer"
            raise BlockedError(message)
        return "as you wish"

    async def refusal(self, new):
        return self.refused

    async def directories(self, text):
        return (f"{text}/here/",)

    def resized(self):
        self.asked.append("resized")


@asynccontextmanager
async def running(**options):
    """Run a dashboard on one agent, at work; its keyboard never has anything."""
    reading, writing = os.pipe()
    store = Store(Fleet(Rules(packaged_profiles(), Thresholds())), trio.current_time)
    board = Dashboard(
        source=LiveSource(store, store.tail(), trio.current_time, lambda: WallTime(BEGAN)),
        prefix=PREFIX,
        keymap=KEYMAP,
        capabilities=TerminalCapabilities(),
        executor=Answering(),
        painter=KeptFrames(keyboard=(reading, writing)),
        **options,
    )
    for event in (SessionOpened(SESSION, "oma-agent-one"), seen(idle_s=0.0), captured(b"hi\n")):
        store.append(event)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(board.run)
        await trio.sleep(0.01)
        yield board, nursery
        nursery.cancel_scope.cancel()
    os.close(writing)
    os.close(reading)


async def test_what_is_known_is_shown_at_once(autojump_clock):
    async with running() as (board, _):
        assert "one" in board.painter.text
        assert "hi" in board.painter.text


async def test_with_nothing_happening_it_composes_only_when_words_change(autojump_clock):
    async with running() as (board, _):
        await trio.sleep(3600)
        frames = board.frames
        await trio.sleep(7200)

        assert board.frames - frames <= 5
        assert " 3h " in board.painter.text


async def test_who_comes_back_after_long_is_told_what_happened_and_the_first_key_does_nothing_else(
    autojump_clock,
):
    async with running() as (board, nursery):
        await trio.sleep(ABSENCE_S - 1)
        board._take(Key("j"), nursery)
        assert board.view.mode == Browsing()
        await trio.sleep(ABSENCE_S + 1)
        board._take(Key("q"), nursery)
        await trio.sleep(0.1)

        assert not board.view.leaving
        assert "What happened" in board.painter.text
        since = (BEGAN + timedelta(seconds=ABSENCE_S - 1)).replace(microsecond=0)
        assert f"Since {since:%H:%M} (30m" in board.painter.text
        board._take(Key("q"), nursery)
        assert board.view.mode == Browsing()


async def test_a_flood_is_painted_no_faster_than_a_user_reads(autojump_clock):
    async with running() as (board, _):
        await trio.sleep(1)
        frames = board.frames
        for number in range(1000):
            board.source.store.append(PaneOutput(PANE, b"\rline %d" % number))
            await trio.sleep(0.002)

        assert FRAMES_A_SECOND < board.frames - frames <= 3 * FRAMES_A_SECOND
        await trio.sleep(0.1)
        assert "line 999" in board.painter.text


async def test_what_would_keep_a_key_waiting_is_done_while_the_user_does_nothing(autojump_clock):
    done = []
    async with running(idle=lambda: done.append(trio.current_time())) as (board, nursery):
        for _ in range(5):
            await trio.sleep(IDLE_S / 2)
            board._take(Key("j"), nursery)
        given_s = trio.current_time()
        assert done == []
        await trio.sleep(2 * IDLE_S)

        assert done
        assert done[0] - given_s >= IDLE_S


async def test_output_of_an_agent_that_is_not_selected_paints_nothing(autojump_clock):
    async with running() as (board, _):
        second, pane = SessionId("$2"), PaneId("%2")
        board.source.store.append(SessionOpened(second, "oma-agent-two"))
        board.source.store.append(seen(session=second, pane=pane, idle_s=0.0))
        board.view = attrs.evolve(board.view, chosen=True)
        await trio.sleep(0.5)
        frames = board.frames
        for _ in range(10):
            board.source.store.append(PaneOutput(pane, b"x"))
            await trio.sleep(0.01)

        assert board.frames - frames <= 1


async def test_an_intent_goes_to_the_executor_and_its_answer_to_the_user(autojump_clock):
    async with running() as (board, nursery):
        board._take(Key("r"), nursery)
        await trio.sleep(0.01)

        assert len(board.executor.asked) == 1
        assert "as you wish" in board.painter.text


async def test_a_text_that_is_blocked_is_sent_after_a_yes(autojump_clock):
    async with running() as (board, nursery):
        for key in ("m", "h", "i", "Enter"):
            board._take(Key(key), nursery)
        await trio.sleep(0.01)
        assert "one waits for an answer; send anyway? y/n" in board.painter.text

        board._take(Key("y"), nursery)
        await trio.sleep(0.01)
        assert board.executor.asked == [
            SendText(SESSION, "hi"),
            SendText(SESSION, "hi", anyway=True),
        ]


async def test_the_end_of_the_log_is_the_end_of_the_dashboard(autojump_clock):
    async with running() as (board, _):
        board.source.store.close()
        await trio.sleep(1)
        frames = board.frames
        await trio.sleep(7200)

        assert board.frames == frames


async def test_a_new_agent_is_looked_into_before_it_is_started(autojump_clock):
    async with running() as (board, nursery):
        board.executor.refused = Refusal("command", "not found on PATH")
        for key in ("n", "Enter"):
            board._take(Key(key), nursery)
        await trio.sleep(0.01)
        assert board.executor.asked == []
        assert "not found on PATH" in board.painter.text

        board.executor.refused = None
        board._take(Key("Enter"), nursery)
        await trio.sleep(0.01)
        assert board.executor.asked == [NewAgent("1", "", "")]
        assert "as you wish" in board.painter.text


async def test_a_directory_is_completed_with_what_there_is(autojump_clock):
    async with running() as (board, nursery):
        for key in ("n", "Up", "/", "Tab"):
            board._take(Key(key), nursery)
        await trio.sleep(0.01)

        assert "//here/" in board.painter.text


async def test_while_the_terminal_is_lent_nothing_is_painted_or_read(autojump_clock):
    async with running() as (board, _):
        async with board._lend():
            frames = board.frames
            board.say("hello")
            os.write(board.painter.keyboard[1], b"x")
            await trio.sleep(1)
            assert (board.frames, board.painter.was_read) == (frames, b"")
        await trio.sleep(0.01)

        assert board.frames > frames
        assert board.painter.was_read == b"x"


async def test_a_pane_is_read_and_copied_by_the_terminal_where_tmux_does_not(autojump_clock):
    async with running() as (board, nursery):
        board._take(Key("p"), nursery)
        await trio.sleep(0.01)
        assert "row 1 of 1" in board.painter.text
        board._take(Key("y"), nursery)
        await trio.sleep(0.01)
        assert board.painter.copied == "hi"
        assert "copied 1 line" in board.painter.text


@pytest.mark.parametrize(("lines", "words"), [(9, "copied 9 lines"), (99, "too much to copy")])
async def test_what_scrolled_away_is_read_too(autojump_clock, lines, words):
    async def rows(agent):
        return tuple((StyledText(f"row {n}", TextStyle()),) for n in range(lines))

    async with running(panes=PaneAccess(rows)) as (board, nursery):
        board._take(Key("p"), nursery)
        await trio.sleep(0.01)
        board._take(Key("Y"), nursery)
        await trio.sleep(0.01)
        assert words in board.painter.text


async def test_the_theme_follows_what_the_terminal_says_of_its_background(autojump_clock):
    async with running(themes=CHOICES["auto"]) as (board, _):
        assert board.painter.asked
        assert board.painter.theme is None
        os.write(board.painter.keyboard[1], b"\x1b]11;rgb:ffff/ffff/ffff\x07")
        await trio.sleep(0.01)

        assert board.painter.theme is LIGHT


@pytest.mark.parametrize("bell", [None, TerminalBell(0.0)])
async def test_the_terminal_rings_when_an_agent_starts_to_wait(autojump_clock, bell):
    async with running(bell=bell) as (board, _):
        store = board.source.store
        store.append(sampled(("claude",)))
        await trio.sleep(5)
        assert board.painter.rung == 0
        question = b" Do you want to proceed?\r\n \xe2\x9d\xaf 1. Yes\r\n   2. No\r\n\r\n Esc to cancel\r\n"
        store.append(PaneOutput(PANE, b"\x1b[2J\x1b[H" + question))
        await trio.sleep(5)
        store.append(PaneOutput(PANE, b"\x07"))
        await trio.sleep(5)
        assert [each.verdict.health for each in board.source.transitions][-1] is Health.WAITING
        assert board.painter.rung == (0 if bell is None else 1)


async def test_with_reduced_motion_news_is_shown_once_a_second_and_a_key_at_once(autojump_clock):
    async with running(news_s=1.0) as (board, nursery):
        frames = board.frames
        for _ in range(30):
            board.source.store.append(PaneOutput(PANE, b"x"))
            await trio.sleep(0.1)
        assert 2 <= board.frames - frames <= 4

        frames = board.frames
        board._take(Key("j"), nursery)
        await trio.sleep(0.01)
        assert board.frames > frames


async def test_a_theme_that_was_chosen_is_not_changed_by_the_terminal(autojump_clock):
    async with running() as (board, _):
        os.write(board.painter.keyboard[1], b"\x1b]11;rgb:ffff/ffff/ffff\x07")
        await trio.sleep(0.01)

        assert not board.painter.asked
        assert board.painter.theme is None


@pytest.mark.parametrize("answers", [True, False])
async def test_an_answer_is_waited_for_but_not_for_long(autojump_clock, answers):
    async with running(themes=CHOICES["auto"]) as (board, nursery):
        began_s = trio.current_time()
        board.leave()
        await trio.sleep(0.1)
        if answers:
            os.write(board.painter.keyboard[1], b"\x1b]11;rgb:0/0/0\x07")
        while nursery.child_tasks:  # noqa: ASYNC110  # a nursery has no event for that
            await trio.sleep(0.05)

        assert trio.current_time() - began_s <= (0.2 if answers else ANSWER_S + 0.1)


async def test_the_occupant_of_the_right_pane_is_marked_at_once(autojump_clock):
    async with running() as (board, _):
        assert "*one" not in board.painter.text
        board.executor.occupant = SESSION
        board.refresh()
        await trio.sleep(0.01)

        assert "*one" in board.painter.text
