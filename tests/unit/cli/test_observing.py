from types import SimpleNamespace

from oma.cli.observing import observe
from oma.model.events import Record, TimePassed
from oma.model.health import Health, Transition, Verdict
from oma.store.tail import Tail, TailStep


async def test_every_transition_is_counted_until_the_log_ends():
    said = []
    meter = SimpleNamespace(changed=lambda *words: said.append(words), told=said.append)
    tail = Tail(10, 10)
    turn = Transition(1.0, 1, "a", None, Verdict(Health.OK, "active", "r", "t", 1.0))
    live = SimpleNamespace(
        store=SimpleNamespace(tail=lambda: tail), clock=SimpleNamespace(now_s=lambda: 1.5)
    )
    tail.put(TailStep(Record(1, 1.0, TimePassed()), [turn, turn]))
    tail.close()

    await observe(live, meter)
    assert said == [("new", "ok", "active"), 0.5] * 2
