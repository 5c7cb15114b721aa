from datetime import timedelta

from oma.summary.digest import digest
from tests.unit.summary.logs import EXITED, IDLE, OK, STUCK, WAITING, at, change, log

MORNING = log(
    change(0, OK, "active", "worker"),
    change(0, OK, "active", "asker"),
    change(5, IDLE, "at-prompt", "worker"),
    change(10, WAITING, "permission", "asker", about="Proceed? [rm -rf build]"),
    change(14, OK, "active", "asker"),
    change(20, WAITING, "question", "asker"),
    change(0, IDLE, "silent", "rests"),
    change(30, OK, "active", "fails"),
    change(31, STUCK, "rate-limit", "fails"),
    change(40, OK, "active", "leaves"),
    change(45, EXITED, "process-ended", "leaves"),
    change(46, OK, "active", "quiet"),
    change(48, IDLE, "silent", "quiet"),
)


def test_it_is_told_who_worked_waited_failed_finished_and_ended():
    agents = {each.agent: each for each in digest([MORNING], at(0)).agents}

    assert agents["worker"].worked == timedelta(minutes=5)
    assert agents["worker"].finished == (at(5),)
    asker = agents["asker"]
    assert asker.waited == timedelta(minutes=44)
    assert [
        (each.start, each.lasted.seconds // 60, each.change.reason) for each in asker.waits
    ] == [
        (at(10), 4, "permission"),
        (at(20), 40, "question"),
    ]
    assert [each.change.reason for each in agents["fails"].failures] == ["rate-limit"]
    assert agents["leaves"].ended.start == at(45)
    assert agents["quiet"].finished == ()  # silence does not say that it finished


def test_those_that_need_the_user_come_first_and_those_that_did_nothing_do_not():
    names = [each.agent for each in digest([MORNING], at(0)).agents]

    assert names == ["asker", "fails", "leaves", "quiet", "worker"]


def test_only_what_happened_since_then_counts():
    told = digest([MORNING], at(42))

    assert (told.since, told.until) == (at(42), at(60))
    agents = {each.agent: each for each in told.agents}
    assert set(agents) == {"asker", "fails", "leaves", "quiet"}
    assert agents["asker"].waited == timedelta(minutes=18)
    assert agents["leaves"].worked == timedelta(minutes=3)


def test_one_that_had_ended_before_is_not_told_of():
    assert {each.agent for each in digest([MORNING], at(50)).agents} == {"asker", "fails"}


def test_of_no_log_nothing_is_told():
    assert digest([], at(0)).agents == ()
