"""Logs of changes, made by hand: minutes of one morning."""

from datetime import UTC, datetime, timedelta

from oma.model.health import Health
from oma.summary.health_changes import Change, ChangeLog

BEGAN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def at(minutes):
    return BEGAN + timedelta(minutes=minutes)


def change(minutes, health, reason="", agent="a", **more):
    facts = {"id": f"${agent}", "kind": "claude", "project": "/srv/x", "about": "why"}
    return Change(at=at(minutes), agent=agent, health=health, reason=reason, **facts | more)


def log(*changes, began=0, ended=60):
    return ChangeLog(at(began), at(ended), changes)


OK, IDLE, WAITING, STUCK, EXITED = (
    Health.OK,
    Health.IDLE,
    Health.WAITING,
    Health.STUCK,
    Health.EXITED,
)
