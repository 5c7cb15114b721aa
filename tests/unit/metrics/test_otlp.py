from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
)

from oma.metrics.otlp import OtlpMeter
from oma.model.health import Health
from tests.unit.tui.fleets import agent, state, verdict

FLEET = state(agent(1, verdict=verdict(Health.WAITING, since_s=40.0), project="/srv/x"), agent(2))


@pytest.fixture
def collector():
    """A collector; give its address, and what it was sent: path and request."""
    sent = []

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            sent.append((self.path, ExportMetricsServiceRequest.FromString(body)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Taking) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", sent
        server.shutdown()
        thread.join()


def test_a_collector_gets_agents_changes_waits_and_delays(collector):
    address, sent = collector
    meter = OtlpMeter(address, lambda: FLEET, lambda: 100.0)
    meter.changed("ok", "waiting", "permission")
    meter.waited(7.0)
    meter.told(0.003)

    assert meter.send(meter.gather())
    [(path, request)] = sent
    assert path == "/v1/metrics"
    [resource] = request.resource_metrics
    assert {"key": "service.name", "value": "oma"} in [
        {"key": each.key, "value": each.value.string_value}
        for each in resource.resource.attributes
    ]
    metrics = {each.name: each for each in resource.scope_metrics[0].metrics}
    assert set(metrics) == {
        "oma.transitions",
        "oma.wait",
        "oma.detection",
        "oma.agents",
        "oma.agent.state",
    }
    assert metrics["oma.wait"].histogram.data_points[0].sum == 7.0
    states = {
        point.attributes[0].value.string_value: point.as_int
        for point in metrics["oma.agents"].gauge.data_points
    }
    assert states == {"ok": 1, "waiting": 1, "idle": 0, "stuck": 0, "exited": 0}
    waits = metrics["oma.agent.state"].gauge.data_points[0]
    assert waits.as_double == 60.0
    assert "/srv/x" in [each.value.string_value for each in waits.attributes]


def test_a_path_of_ones_own_is_kept(collector):
    address, sent = collector
    meter = OtlpMeter(f"{address}/here", lambda: FLEET, lambda: 100.0)

    meter.send(meter.gather())
    assert sent[0][0] == "/here"


def test_a_collector_that_is_not_there_is_said(monkeypatch):
    monkeypatch.setattr("oma.metrics.otlp.SEND_S", 0.2)
    meter = OtlpMeter("http://127.0.0.1:9", lambda: FLEET, lambda: 100.0)

    assert not meter.send(meter.gather())
