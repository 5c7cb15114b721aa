"""`oma wait`."""

import argparse
import json
from types import SimpleNamespace

import attrs
import pytest
import trio
import trio.testing

from oma.cli.commands.wait_command import Waiter, WaitOptions, healths, run
from oma.errors import OmaError
from oma.model.events import Record, TimePassed
from oma.model.health import Health, Transition, Verdict
from oma.model.ids import AgentId
from oma.model.state import FleetState
from oma.store.tail import Tail, TailStep
from tests.unit.cli.parsing import parsed
from tests.unit.tui.fleets import agent


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
    tail.put(TailStep(Record(1, 0.0, TimePassed()), changes))
    tail.close()
    waiter = Waiter((Health.STUCK, Health.IDLE), as_json=as_json)
    scope = trio.CancelScope()

    await waiter.show(SimpleNamespace(tail=tail, scope=scope))
    told = capfd.readouterr().out
    assert told == "bob stuck\n" if not as_json else json.loads(told)["to"] == "stuck"
    assert (waiter.reached, scope.cancel_called) == (True, True)


def change(pane, health, name="x"):
    return Transition(0.0, 1, name, None, Verdict(health, "r", "x/y", "e", 0.0), AgentId(pane))


async def test_of_all_agents_the_one_that_is_meant_ends_it_also_where_it_gets_its_name_later(
    capfd,
):
    waiter = Waiter((Health.IDLE,), as_json=False, is_meant=lambda each: each.name == "Fix it")
    tail, scope = Tail(10, 1 << 20), trio.CancelScope()
    live = SimpleNamespace(tail=tail, scope=scope, store=SimpleNamespace(state=None))
    called = {"%1": "a", "%2": "b"}

    def tell(*changes):
        agents = tuple(agent(1, name, id=AgentId(pane)) for pane, name in called.items())
        agents = tuple(attrs.evolve(each, name=called[each.id]) for each in agents)
        live.store.state = FleetState(seq=1, t=0.0, tmux="3.3a", agents=agents)
        tail.put(TailStep(Record(1, 0.0, TimePassed()), changes))

    async with trio.open_nursery() as nursery:
        nursery.start_soon(waiter.show, live)
        tell(change("%1", Health.IDLE, "a"), change("%2", Health.IDLE, "b"))
        await trio.testing.wait_all_tasks_blocked()
        assert not waiter.reached
        called["%2"] = "Fix it"
        tell()
        await trio.testing.wait_all_tasks_blocked()
        tail.close()

    assert waiter.reached
    assert scope.cancel_called
    assert capfd.readouterr().out == "b idle\n"


async def test_a_state_that_the_agent_was_in_for_a_moment_counts(capfd):
    waiter = Waiter((Health.STUCK,), as_json=False, is_meant=lambda each: True)
    tail, scope = Tail(10, 1 << 20), trio.CancelScope()
    agents = (agent(1, id=AgentId("%1")),)
    state = FleetState(seq=1, t=0.0, tmux="3.3a", agents=agents)
    changes = [change("%1", Health.STUCK), change("%1", Health.OK)]
    tail.put(TailStep(Record(1, 0.0, TimePassed()), changes))
    tail.close()

    await waiter.show(SimpleNamespace(tail=tail, scope=scope, store=SimpleNamespace(state=state)))

    assert capfd.readouterr().out == "x stuck\n"


@pytest.mark.parametrize("goes_on", [True, False])
@pytest.mark.parametrize("last", [Health.EXITED, Health.OK])
async def test_when_the_agent_ends_nothing_more_is_waited_for_unless_another_may_come(
    last, goes_on
):
    waiter = Waiter((Health.STUCK,), as_json=False, goes_on=goes_on)
    tail, scope = Tail(10, 1 << 20), trio.CancelScope()
    changes = [change("%1", Health.EXITED), change("%1", last)]  # one that was restarted works
    tail.put(TailStep(Record(1, 0.0, TimePassed()), changes))
    tail.close()

    await waiter.show(SimpleNamespace(tail=tail, scope=scope))

    assert not waiter.reached
    assert waiter.ended is scope.cancel_called is (last is Health.EXITED and not goes_on)


def test_when_time_runs_out_that_is_said_and_1(capsys):
    options = WaitOptions(agent="bob", health=(Health.IDLE, Health.OK), appear=True, timeout=0.0)

    assert run(options) == 1
    assert capsys.readouterr().err == "oma: 'bob' was not idle,ok in time\n"


def test_an_agent_that_is_not_there_is_an_error_unless_it_may_appear():
    with pytest.raises(OmaError, match="no agent 'bob'"):
        run(WaitOptions(agent="bob", health=(Health.OK,)))
