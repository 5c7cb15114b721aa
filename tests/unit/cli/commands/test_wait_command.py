"""`oma wait`."""

import argparse
import json
from types import SimpleNamespace

import pytest
import trio

from oma.cli.commands.wait_command import Waiter, WaitOptions, healths, run
from oma.errors import OmaError
from oma.model.events import Record, TimePassed
from oma.model.health import Health, Transition, Verdict
from oma.store.tail import Step, Tail
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("wait", "a", "--for", "idle") == WaitOptions(agent="a", health=(Health.IDLE,))
    assert parsed(
        *["wait", "a", "--for", "ok,idle", "--appear", "--timeout", "3", "--json", "--record", "f"]
    ) == (
        WaitOptions(
            agent="a",
            health=(Health.OK, Health.IDLE),
            appear=True,
            timeout=3.0,
            json=True,
            record="f",
        )
    )


@pytest.mark.parametrize("text", ["happy", "ok,", "", "OK"])
def test_what_is_no_health_is_refused(text):
    with pytest.raises(argparse.ArgumentTypeError, match="expected some of ok, idle, waiting"):
        healths(text)


@pytest.mark.parametrize("as_json", [True, False])
async def test_the_first_change_to_a_health_that_is_waited_for_ends_it(capfd, as_json):
    tail = Tail(10, 1 << 20)
    changes = [
        Transition(float(t), 1, "bob", None, Verdict(health, "r", "x/y", "e", 0.0))
        for t, health in enumerate((Health.OK, Health.STUCK, Health.STUCK))
    ]
    tail.put(Step(Record(1, 0.0, TimePassed()), changes))
    tail.close()
    waiter = Waiter((Health.STUCK, Health.IDLE), as_json=as_json)
    scope = trio.CancelScope()

    await waiter.show(SimpleNamespace(tail=tail, scope=scope))
    told = capfd.readouterr().out
    assert told == "bob stuck\n" if not as_json else json.loads(told)["to"] == "stuck"
    assert (waiter.reached, scope.cancel_called) == (True, True)


def test_when_time_runs_out_that_is_said_and_1(capsys):
    options = WaitOptions(agent="bob", health=(Health.IDLE, Health.OK), appear=True, timeout=0.0)

    assert run(options) == 1
    assert capsys.readouterr().err == "oma: 'bob' was not idle,ok in time\n"


def test_an_agent_that_is_not_there_is_an_error_unless_it_may_appear():
    with pytest.raises(OmaError, match="no agent 'bob'"):
        run(WaitOptions(agent="bob", health=(Health.OK,)))
