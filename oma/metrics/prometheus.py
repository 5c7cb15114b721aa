"""The counts as Prometheus reads them: an ASGI application that answers with its text format."""

from collections.abc import Awaitable, Callable, Iterable

import attrs
from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    Info,
    ProcessCollector,
    make_asgi_app,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from oma import __version__
from oma.metrics.observer import TOLD_S, WAIT_S, agent_samples
from oma.model.health import Health
from oma.model.printable import printable
from oma.model.state import FleetState


@attrs.define
class PrometheusMeter:
    """The counts of one run, and how its agents are whenever somebody asks.

    Args:
        state: Returns the latest state.
        now_s: Returns the time of the log, in seconds.
    """

    state: Callable[[], FleetState]
    now_s: Callable[[], float]
    _registry: CollectorRegistry = attrs.field(factory=CollectorRegistry)
    _changes: Counter = attrs.field(init=False)
    _waits: Histogram = attrs.field(init=False)
    _told: Histogram = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        own = self._registry
        self._changes = Counter(
            "oma_transitions",
            "Changes of an agent's state.",
            ("source", "state", "reason"),
            registry=own,
        )
        self._waits = Histogram(
            "oma_wait_seconds",
            "How long agents that went on had asked the user something.",
            buckets=WAIT_S,
            registry=own,
        )
        self._told = Histogram(
            "oma_detection_seconds",
            "From the moment at which a change was due to the one at which it was told.",
            buckets=TOLD_S,
            registry=own,
        )
        Info("oma", "The program.", registry=own).info({"version": __version__})
        ProcessCollector(registry=own)
        GCCollector(registry=own)
        own.register(_Agents(self.state, self.now_s))

    @property
    def app(self) -> Callable[..., Awaitable[None]]:
        """The application: it answers every path."""
        return make_asgi_app(self._registry)

    def changed(self, source: str, health: str, reason: str) -> None:
        """Count a change."""
        self._changes.labels(source, health, reason).inc()

    def waited(self, length_s: float) -> None:
        """Count a wait that ended."""
        self._waits.observe(length_s)

    def told(self, late_s: float) -> None:
        """Count how late a change was told."""
        self._told.observe(late_s)


@attrs.frozen
class _Agents(Collector):
    """What is read from the state at the moment at which somebody asks."""

    state: Callable[[], FleetState]
    now_s: Callable[[], float]

    def collect(self) -> Iterable[Metric]:
        state = self.state()
        samples = agent_samples(state.agents, self.now_s())
        agents = GaugeMetricFamily("oma_agents", "Agents in each state.", labels=("state",))
        for health in Health:
            agents.add_metric((health,), sum(sample.state is health for sample in samples))
        yield agents
        since = GaugeMetricFamily(
            "oma_agent_state_seconds",
            "How long each agent has been in its state.",
            labels=("agent", "profile", "project", "state"),
        )
        for sample in samples:
            names = map(printable, (sample.agent, sample.profile, sample.project, sample.state))
            since.add_metric(tuple(names), sample.since_s)
        yield since
        yield GaugeMetricFamily(
            "oma_tmux_up", "Whether there is a tmux server.", value=float(state.has_server)
        )
        yield CounterMetricFamily("oma_records", "Records of the log.", value=state.seq)
