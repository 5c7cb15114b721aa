import trio
from prometheus_client.parser import text_string_to_metric_families

from oma.metrics.prometheus import PrometheusMeter
from oma.model.health import Health
from tests.unit.tui.fleets import agent, state, verdict

EVIL = 'a"} 1\nup{x="\x1b[2J'


async def read(meter):
    """What somebody who asks gets: name and labels → value."""
    sent = []

    async def receive():
        await trio.lowlevel.checkpoint()
        return {"type": "http.request"}

    async def send(message):
        await trio.lowlevel.checkpoint()
        sent.append(message)

    await meter.app({"type": "http", "headers": [], "query_string": b""}, receive, send)
    assert sent[0]["status"] == 200
    text = sent[1]["body"].decode()
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_agents_are_counted_by_state_and_each_says_for_how_long():
    fleet = state(
        agent(1, verdict=verdict(Health.WAITING, since_s=40.0), project="/srv/x"), agent(2)
    )

    found = await read(PrometheusMeter(lambda: fleet, lambda: 100.0))
    assert found["oma_agents", ("state", "waiting")] == 1
    assert found["oma_agents", ("state", "ok")] == 1
    assert found["oma_agents", ("state", "stuck")] == 0
    labels = {"agent": "oma-agent-1", "profile": "generic", "project": "/srv/x"}
    asks = sorted((labels | {"state": "waiting"}).items())
    assert found["oma_agent_state_seconds", *asks] == 60.0
    assert found[("oma_tmux_up",)] == 1
    assert found[("oma_records_total",)] == 1


async def test_changes_waits_and_delays_are_counted():
    meter = PrometheusMeter(lambda: state(tmux=None), lambda: 0.0)
    meter.changed("ok", "waiting", "permission")
    meter.changed("ok", "waiting", "permission")
    meter.waited(7.0)
    meter.told(0.003)

    found = await read(meter)
    labels = (("reason", "permission"), ("source", "ok"), ("state", "waiting"))
    assert found["oma_transitions_total", *labels] == 2
    assert found[("oma_wait_seconds_sum",)] == 7.0
    assert found["oma_wait_seconds_bucket", ("le", "5.0")] == 0
    assert found["oma_wait_seconds_bucket", ("le", "15.0")] == 1
    assert found[("oma_detection_seconds_count",)] == 1
    assert found[("oma_tmux_up",)] == 0


async def test_no_name_of_an_agent_makes_a_metric_of_its_own():
    found = await read(PrometheusMeter(lambda: state(agent(1, name=EVIL)), lambda: 0.0))

    assert not [key for key in found if key[0] == "up"]
    names = [dict(key[1:]).get("agent", "") for key in found]
    assert any("up{x=" in name for name in names)
    assert not any("\x1b" in name or "\n" in name for name in names)


async def test_its_own_cost_is_told():
    found = await read(PrometheusMeter(state, lambda: 0.0))

    assert found[("process_cpu_seconds_total",)] > 0
