"""The documentation and the Grafana dashboard name metrics that there are."""

import json
import re
from pathlib import Path

from oma.metrics.prometheus import PrometheusMeter
from tests.unit.metrics.test_prometheus import read
from tests.unit.tui.fleets import agent, state

DOCS = Path(__file__).parents[3] / "docs"


async def _known():
    meter = PrometheusMeter(lambda: state(agent(1)), lambda: 0.0)
    meter.changed("ok", "idle", "silent")
    return {key[0] for key in await read(meter)}


async def test_every_metric_of_the_documentation_is_there():
    table = re.findall(r"^\| `(oma_\w+)", (DOCS / "metrics.md").read_text("utf-8"), re.MULTILINE)

    known = await _known()
    assert len(table) == 8
    assert not [name for name in table if not {name, f"{name}_sum"} & known]


async def test_every_metric_of_ours_is_in_the_documentation():
    told = (DOCS / "metrics.md").read_text("utf-8")

    ours = {re.sub("_(sum|count|bucket|created)$", "", name) for name in await _known()}
    assert not [name for name in ours if name.startswith("oma_") and f"`{name}" not in told]


async def test_the_grafana_dashboard_asks_for_metrics_that_are_there():
    panels = json.loads((DOCS / "grafana-dashboard.json").read_text("utf-8"))["panels"]
    asked = {
        name
        for panel in panels
        for target in panel["targets"]
        for name in re.findall(r"(?:oma|process)_[a-z_]+", target["expr"])
    }

    assert asked
    assert asked <= await _known()
