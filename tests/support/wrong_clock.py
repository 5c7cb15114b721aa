"""Runs `oma` on a machine whose clock is wrong: `wrong_clock.py SECONDS PYTHON -m oma …`."""

import sys
from datetime import datetime, timedelta, tzinfo
from typing import Self

from oma.cli.main import main
from oma.runtime import clock


class WrongDatetime(datetime):
    """Whose now is another one."""

    ahead = timedelta()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """Return what the clock of that machine says."""
        return super().now(tz) + cls.ahead


if __name__ == "__main__":
    WrongDatetime.ahead = timedelta(seconds=float(sys.argv[1]))
    vars(clock)["datetime"] = WrongDatetime
    sys.argv = sys.argv[sys.argv.index("oma") :]
    main()
