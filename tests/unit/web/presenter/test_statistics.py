from datetime import datetime, timedelta

import pytest

from oma.errors import OmaError
from oma.web.presenter.statistics import AGAIN_S, Statistics
from tests.support.fake_web import Clock

NOON_S = datetime(2026, 11, 30, 12).astimezone().timestamp()


async def test_days_begin_at_midnight_of_this_machine_and_today_is_one_of_them():
    asked = []
    statistics = Statistics(lambda since: asked.append(since) or [], Clock(NOON_S))

    await statistics.days(1)
    await statistics.days(7)

    told = [moment.astimezone().replace(tzinfo=None).isoformat() for moment in asked]
    assert told == ["2026-11-30T00:00:00", "2026-11-24T00:00:00"]


async def test_what_was_read_is_told_again_for_some_seconds():
    clock, asked = Clock(NOON_S), []
    statistics = Statistics(lambda since: asked.append(since) or ["x"], clock)

    assert await statistics.days(1) == ["x"]
    clock.t += AGAIN_S - 1
    assert await statistics.days(1) == ["x"]
    assert len(asked) == 1
    clock.t += 1
    await statistics.days(1)
    clock.t -= timedelta(days=1).total_seconds()  # the clock of the wall was set
    await statistics.days(1)
    assert len(asked) == 3


async def test_a_history_that_cannot_be_read_is_said_and_read_again_when_asked():
    failing = [OmaError("cannot read x")]

    def read(_since):
        if failing:
            raise failing.pop()
        return []

    statistics = Statistics(read, Clock(NOON_S))
    with pytest.raises(OmaError, match="cannot read x"):
        await statistics.days(1)
    assert await statistics.days(1) == []
