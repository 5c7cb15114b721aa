"""The counts as a collector of OpenTelemetry takes them: gathered here, sent by OTLP over HTTP.

Gathering reads the state, hence happens in the event loop; sending waits for the network, hence in a
thread. The library's own threads do neither.
"""

import logging
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

import attrs
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.metrics import CallbackOptions, Counter, Histogram, Observation
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import (
    InMemoryMetricReader,
    MetricExportResult,
    MetricsData,
)
from opentelemetry.sdk.resources import Resource

from oma import __version__
from oma.metrics.observer import TOLD_S, WAIT_S, agent_samples
from oma.model.health import Health
from oma.model.printable import printable
from oma.model.state import FleetState

SEND_S = 10.0
"""How long a collector may take."""

_METRICS_PATH = "/v1/metrics"


@attrs.define
class OtlpMeter:
    """The counts of one run.

    Args:
        endpoint: Of the collector; without a path it is the standard one.
        state: Returns the latest state.
        now_s: Returns the time of the log, in seconds.
    """

    endpoint: str
    state: Callable[[], FleetState]
    now_s: Callable[[], float]
    _reader: InMemoryMetricReader = attrs.Factory(InMemoryMetricReader)
    _exporter: OTLPMetricExporter = attrs.field(init=False)
    _changes: Counter = attrs.field(init=False)
    _waits: Histogram = attrs.field(init=False)
    _told: Histogram = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        logging.getLogger("opentelemetry").setLevel(
            logging.CRITICAL
        )  # what fails is said by `send`
        bare = urlsplit(self.endpoint).path in ("", "/")
        url = f"{self.endpoint.rstrip('/')}{_METRICS_PATH}" if bare else self.endpoint
        self._exporter = OTLPMetricExporter(endpoint=url, timeout=SEND_S)
        provider = MeterProvider(
            [self._reader],
            Resource.create({"service.name": "oma", "service.version": __version__}),
        )
        meter = provider.get_meter("oma", __version__)
        self._changes = meter.create_counter("oma.transitions")
        self._waits = meter.create_histogram(
            "oma.wait", "s", explicit_bucket_boundaries_advisory=WAIT_S
        )
        self._told = meter.create_histogram(
            "oma.detection", "s", explicit_bucket_boundaries_advisory=TOLD_S
        )
        meter.create_observable_gauge("oma.agents", [self._agents])
        meter.create_observable_gauge("oma.agent.state", [self._states], "s")

    def changed(self, source: str, health: str, reason: str) -> None:
        """Count a change."""
        self._changes.add(1, {"source": source, "state": health, "reason": reason})

    def waited(self, length_s: float) -> None:
        """Count a wait that ended."""
        self._waits.record(length_s)

    def told(self, late_s: float) -> None:
        """Count how late a change was told."""
        self._told.record(late_s)

    def gather(self) -> MetricsData | None:
        """Return all counts as they are now; `None` for none."""
        found: MetricsData | None = self._reader.get_metrics_data()
        return found

    def send(self, data: MetricsData) -> bool:
        """Send them, and say whether the collector took them. Blocks for up to `SEND_S`."""
        return self._exporter.export(data, SEND_S * 1000) is MetricExportResult.SUCCESS

    def _agents(self, _options: CallbackOptions) -> Iterable[Observation]:
        agents = [agent for agent in self.state().agents if not agent.gone]
        for health in Health:
            count = sum(agent.verdict.health is health for agent in agents)
            yield Observation(count, {"state": health})

    def _states(self, _options: CallbackOptions) -> Iterable[Observation]:
        for sample in agent_samples(self.state().agents, self.now_s()):
            names = {"agent": sample.agent, "profile": sample.profile, "project": sample.project}
            labels = {key: printable(name) for key, name in names.items()}
            yield Observation(sample.since_s, labels | {"state": sample.state})
