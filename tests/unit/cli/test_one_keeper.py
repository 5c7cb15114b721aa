"""One process does the work, and the next one when that has ended."""

import pytest
import trio

from oma.cli.one_keeper import TRY_EVERY_S, run_alone
from oma.errors import OmaError


async def test_one_at_a_time(tmp_path, autojump_clock):
    running = []

    async def work():
        running.append(len(running))
        await trio.sleep(10 * TRY_EVERY_S)

    async with trio.open_nursery() as both:
        both.start_soon(run_alone, tmp_path / "lock", work)
        both.start_soon(run_alone, tmp_path / "lock", work)
        await trio.sleep(5 * TRY_EVERY_S)
        assert running == [0]
        await trio.sleep(10 * TRY_EVERY_S)
        assert running == [0, 1]
        both.cancel_scope.cancel()


async def test_what_fails_is_told(tmp_path):
    async def work():
        raise OmaError("no place")

    with pytest.raises(OmaError, match="no place"):
        await run_alone(tmp_path / "lock", work)
