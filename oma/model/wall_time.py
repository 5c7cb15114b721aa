"""When the moments of a log were by the calendar, and how long ago.

The time of a log stands still while the machine sleeps, and has to: an agent slept too, and its silence
meanwhile means nothing. A user's clock goes on; what is shown is told by that.
"""

from datetime import datetime, timedelta

import attrs

from oma.model.health import Ending


@attrs.frozen
class Sleep:
    """The machine slept: the log went on at `t`, in its seconds, after `slept_s` of the calendar."""

    t: float
    slept_s: float


@attrs.frozen
class WallTime:
    """The calendar of one log.

    Args:
        began: When the log began, in the time zone that is shown.
        sleeps: What it slept through, oldest first.
    """

    began: datetime
    sleeps: tuple[Sleep, ...] = ()

    def moment(self, t: float) -> datetime:
        """Return when a moment of the log was."""
        return self.began + timedelta(seconds=self._calendar_s(t))

    def time_of_day(self, t: float) -> str:
        """Return the time of day at a moment of the log: `20:03:58`."""
        return f"{self.moment(t):%H:%M:%S}"

    def until(self, ending: Ending, t: float) -> str:
        """Return when a failure ends, as it is known at `t`: `until 15:45:00`, with the date if not today.

        A time of day of which no time zone is known is that of the agent, in its words.
        """
        if ending.t is None:
            return f"until {ending.text}"
        today = self.moment(t)
        moment = today + timedelta(seconds=ending.t - t)
        form = "%H:%M:%S" if moment.date() == today.date() else "%Y-%m-%d %H:%M"
        return f"until {moment:{form}}"

    def elapsed_s(self, since_t: float, t: float) -> float:
        """Return how many seconds passed between two moments of the log, sleep included."""
        return self._calendar_s(t) - self._calendar_s(since_t)

    def _calendar_s(self, t: float) -> float:
        return t + sum(sleep.slept_s for sleep in self.sleeps if sleep.t <= t)


def log_calendar(started_at: str, sleeps: tuple[Sleep, ...] = ()) -> WallTime:
    """Return the calendar of a log that began at an ISO 8601 time, in the time zone of the user."""
    return WallTime(datetime.fromisoformat(started_at).astimezone(), sleeps)
