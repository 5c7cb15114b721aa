from types import SimpleNamespace

import pytest
import trio

from oma.cli import otlp_task as module
from oma.cli.otlp_task import otlp_task
from oma.config.otlp_section import OtlpSection
from oma.errors import ConfigError
from oma.metrics import otlp
from oma.model.events import Record, TimePassed
from oma.model.health import Health, Transition, Verdict
from oma.store.tail import Tail, TailStep

THERE = OtlpSection(endpoint="http://localhost:4318")


def test_nothing_is_sent_unless_it_is_asked_for():
    assert otlp_task(OtlpSection()) is None
    assert otlp_task(THERE).options == THERE


def test_what_is_no_address_is_refused():
    with pytest.raises(ConfigError, match="expected http"):
        otlp_task(OtlpSection(endpoint="localhost:4318"))


@pytest.mark.parametrize("error", [None, ModuleNotFoundError])
def test_without_the_extra_it_is_said_what_to_install(error, monkeypatch):
    def find_spec(name):
        if error is not None:
            raise error(name)

    monkeypatch.setattr(module.importlib.util, "find_spec", find_spec)

    with pytest.raises(ConfigError, match=r"install 'oma-tmux\[otel\]'"):
        otlp_task(THERE)


async def test_changes_are_counted_and_it_is_said_once_that_nothing_arrives(
    monkeypatch, capsys, autojump_clock
):
    said, answers = [], [False, False, True]

    class Meter:
        def __init__(self, endpoint, state, now_s):
            said.append(endpoint)

        def changed(self, *words):
            said.append(words)

        def told(self, late_s):
            said.append(late_s)

        def gather(self):
            return "data"

        def send(self, data):
            said.append(data)
            return answers.pop(0)

    async def run_sync(work, *, abandon_on_cancel):
        assert abandon_on_cancel
        await trio.lowlevel.checkpoint()
        return work()

    monkeypatch.setattr(otlp, "OtlpMeter", Meter)
    monkeypatch.setattr(trio.to_thread, "run_sync", run_sync)
    tail = Tail(10, 10)
    turn = Transition(1.0, 1, "a", None, Verdict(Health.OK, "active", "r", "t", 1.0))
    tail.put(TailStep(Record(1, 1.0, TimePassed()), [turn]))
    store = SimpleNamespace(state=None, tail=lambda: tail)
    live = SimpleNamespace(store=store, clock=SimpleNamespace(now_s=lambda: 1.5))

    with trio.move_on_after(185):
        await otlp_task(THERE).run(None, live)
    assert said == [
        "http://localhost:4318",
        ("new", "ok", "active"),
        0.5,
        "data",
        "data",
        "data",
    ]
    assert capsys.readouterr().err.splitlines() == [
        "oma: metrics do not arrive at http://localhost:4318",
        "oma: metrics arrive again at http://localhost:4318",
    ]
