"""What a dashboard that starts is answered."""

from types import SimpleNamespace

import pytest

from oma.cli.cli_context import read_context
from oma.cli.frame_answer import frame_answer
from oma.cli.option_values import GlobalOptions
from oma.model.wall_time import log_calendar
from oma.tui.cells import Size
from oma.tui.frame_lines import decode_frame
from tests.support.service_store import HEADER, a_store


@pytest.fixture
async def live():
    calendar = log_calendar(HEADER.started_at)
    clock = SimpleNamespace(now_s=lambda: 9.0, wall_time=lambda: calendar)
    return SimpleNamespace(store=a_store(), clock=clock)


async def test_the_agents_the_screen_of_the_first_and_how_to_paint_it(live):
    asked = {"columns": 60, "rows": 12, "ascii": True}

    told = frame_answer(read_context(GlobalOptions()), live.store, live.clock, asked)

    frame = decode_frame(told["lines"], Size(60, 12))
    text = "\n".join("".join(part.text for part in line) for line in frame.lines)
    assert "1" in text
    assert "hello" in text
    assert (told["theme"], told["mouse"]) == ("auto", True)


@pytest.mark.parametrize(
    "asked",
    [{}, {"columns": "a", "rows": 1}, {"columns": 0, "rows": 5}, {"columns": 5000, "rows": 5000}],
)
async def test_no_frame_is_made_for_what_is_no_terminal(live, asked):
    assert "refused" in frame_answer(read_context(GlobalOptions()), live.store, live.clock, asked)
