from datetime import UTC, datetime, timedelta

from oma.summary.health_changes import ChangeLog
from oma.tui.kept_digest import SHARE, KeptDigest

BEGAN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TAKES_S = 0.5


class Wall:
    """A wall clock, and logs that take their time."""

    now_s = 100.0
    made = 0

    def logs(self):
        self.made += 1
        self.now_s += TAKES_S
        return [ChangeLog(BEGAN, BEGAN + timedelta(hours=self.made), ())]


def kept():
    wall = Wall()
    return wall, KeptDigest(wall.logs, lambda: wall.now_s)


def test_what_takes_long_is_made_less_often():
    wall, digest = kept()
    began_s = wall.now_s

    assert digest.since(None).since == BEGAN
    wall.now_s = began_s + SHARE * TAKES_S - 0.1
    assert digest.since(None).until == BEGAN + timedelta(hours=1)
    wall.now_s = began_s + SHARE * TAKES_S
    assert digest.since(None).until == BEGAN + timedelta(hours=2)


def test_another_moment_is_told_of_at_once():
    wall, digest = kept()
    digest.since(None)

    assert digest.since(BEGAN + timedelta(minutes=5)).since == BEGAN + timedelta(minutes=5)
    assert wall.made == 2
