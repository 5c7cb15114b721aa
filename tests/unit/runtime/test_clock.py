"""The clock of a log, and what it notices of the machine's sleep."""

from datetime import UTC

import trio

from oma.model.wall_time import Sleep
from oma.runtime.clock import LogClock, age_s, start_clock


async def test_a_log_counts_seconds_from_its_beginning(autojump_clock):
    clock = start_clock()
    await trio.sleep(5)

    assert clock.now_s() == 5.0
    assert clock.loop_time_s(7.0) == trio.current_time() + 2.0


async def test_a_sleep_of_the_machine_is_noticed_and_stops_the_log(autojump_clock):
    suspended = [10.0]
    clock = LogClock("", trio.current_time(), lambda: suspended[0])
    await trio.sleep(5)
    assert (clock.now_s(), clock.sleeps) == (5.0, ())
    suspended[0] += 3600.0
    await trio.sleep(1)
    assert (clock.now_s(), clock.sleeps) == (6.0, (Sleep(6.0, 3600.0),))
    suspended[0] += 0.125  # two clocks are never read at the same moment
    clock.now_s()
    suspended[0] += 60.0
    await trio.sleep(1)
    clock.now_s()

    assert clock.sleeps == (Sleep(6.0, 3600.0), Sleep(7.0, 60.125))


async def test_the_calendar_of_a_log_knows_what_was_slept_through(autojump_clock):
    clock = LogClock("2026-11-20T20:00:00Z", trio.current_time(), lambda: 0.0)
    clock.sleeps = (Sleep(6.0, 3600.0),)

    assert clock.wall_time().moment(7.0).astimezone(UTC).isoformat() == "2026-11-20T21:00:07+00:00"


def test_a_file_of_the_future_is_new():
    assert age_s(0) > 1e9
    assert age_s(2**62) == 0.0
