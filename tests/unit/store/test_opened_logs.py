"""The logs of hosts at whose agents somebody looks."""

from oma.model.events import MonitorStopped
from oma.model.health import Health
from oma.store.opened_logs import ASKED_S, MOST_LOGS, OpenedLogs
from oma.store.store import Store
from tests.support.fleet_play import empty
from tests.support.log_entries import AGENT, FACTS, numbered, printed


def opened():
    logs = OpenedLogs()
    logs.ask("box", 0.0)
    logs.begin("box", Store(empty().fleet, lambda: 0.0))
    for record in numbered([*FACTS, printed(b"\r\nmore"), MonitorStopped("ended")]):
        logs.take("box", record)
    return logs


def text_of(rows):
    return ["".join(run.text for run in row).rstrip() for row in rows]


def test_an_opened_log_gives_screens_and_grounds():
    logs = opened()

    assert text_of(logs.styled_rows("box", AGENT, 50))[:2] == ["hello", "more"]
    assert logs.explain("box", AGENT).verdict.health is Health.OK


def test_of_a_log_that_was_not_read_nothing_is_known():
    logs = opened()
    logs.take("gpu1", numbered([printed(b"x")])[0])
    assert logs.styled_rows("gpu1", AGENT, 50) is logs.explain("gpu1", AGENT) is None
    logs.begin("box", None)
    assert logs.styled_rows("box", AGENT, 50) is logs.explain("box", AGENT) is None


def test_a_log_is_read_while_somebody_looks_and_only_so_many_are():
    logs = opened()
    assert logs.asked_for(ASKED_S) == ["box"]
    assert logs.explain("box", AGENT) is not None
    assert logs.asked_for(ASKED_S + 1) == []
    assert logs.explain("box", AGENT) is None

    for n in range(MOST_LOGS + 2):
        logs.ask(f"h{n}", 100.0 + n)
    assert logs.asked_for(120.0) == [f"h{n}" for n in range(2, MOST_LOGS + 2)]
