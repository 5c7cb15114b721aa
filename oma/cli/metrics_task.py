"""`oma serve --metrics`: answers Prometheus beside the watch."""

import importlib.util
from argparse import ArgumentTypeError
from socket import socket

import attrs
import trio

from oma.cli.cli_context import CliContext
from oma.cli.live import RunContext
from oma.cli.observing import observe
from oma.cli.quantities import port
from oma.errors import ConfigError

PACKAGES = ("prometheus_client", "hypercorn")
"""Of the extra."""

METRICS_PORT = 9464
"""Where exporters of this kind listen by custom."""


@attrs.frozen
class MetricsTask:
    """Serves the metrics of a watch on a socket that listens already."""

    listening: socket

    @property
    def url(self) -> str:
        """Where the metrics are read."""
        host, port = self.listening.getsockname()[:2]
        return f"http://{f'[{host}]' if ':' in host else host}:{port}/metrics"

    async def run(self, _context: CliContext, live: RunContext) -> None:
        """Count what happens, and answer until cancelled."""
        from oma.metrics.prometheus import PrometheusMeter
        from oma.web.server import Server

        meter = PrometheusMeter(lambda: live.store.state, live.clock.now_s)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(Server(meter.app, self.listening).run, trio.Event())
            await observe(live, meter)


def metrics_task(address: str) -> MetricsTask:
    """Return the task that answers on an address, `HOST:PORT` or `PORT`; its socket listens.

    Raises:
        ConfigError: The extra is not installed, the address is none, or nothing can listen there.
    """
    if any(importlib.util.find_spec(package) is None for package in PACKAGES):
        raise ConfigError("--metrics needs the extra [metrics]: pip install 'oma-tmux[metrics]'")
    from oma.web.server import listen_tcp

    host, _, digits = address.rpartition(":")
    try:
        number = port(digits)
    except ArgumentTypeError:
        expected = f"expected HOST:PORT, such as 127.0.0.1:{METRICS_PORT}"
        raise ConfigError(f"--metrics {address!r}: {expected}") from None
    return MetricsTask(listen_tcp(host or "127.0.0.1", number))
