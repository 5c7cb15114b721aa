"""`[otlp]`: metrics are sent to a collector beside the watch."""

import importlib.util
import sys
from functools import partial
from typing import TYPE_CHECKING

import attrs
import trio

from oma.cli.cli_context import CliContext
from oma.cli.live import RunContext
from oma.cli.observing import observe
from oma.config.otlp_section import NOWHERE, OtlpSection
from oma.errors import ConfigError

if TYPE_CHECKING:
    from oma.metrics.otlp import OtlpMeter

PACKAGES = ("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http")
"""Of the extra."""


@attrs.frozen
class OtlpTask:
    """Sends the metrics of a watch, as the options say."""

    options: OtlpSection

    async def run(self, _context: CliContext, live: RunContext) -> None:
        """Count what happens, and send it again and again until cancelled."""
        from oma.metrics.otlp import OtlpMeter

        meter = OtlpMeter(self.options.endpoint, lambda: live.store.state, live.clock.now_s)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._send, meter)
            await observe(live, meter)

    async def _send(self, meter: "OtlpMeter") -> None:
        arrives = True
        while True:
            await trio.sleep(self.options.interval)
            if (data := meter.gather()) is None:
                continue
            sending = partial(meter.send, data)
            arrived = await trio.to_thread.run_sync(sending, abandon_on_cancel=True)
            if arrived is not arrives:
                how = "metrics arrive again" if arrived else "metrics do not arrive"
                print(f"oma: {how} at {self.options.endpoint}", file=sys.stderr)
            arrives = arrived


def otlp_task(options: OtlpSection) -> OtlpTask | None:
    """Return the task that sends metrics; `None` where none are to be sent.

    Raises:
        ConfigError: The extra is not installed, or the endpoint is no address.
    """
    if options.endpoint == NOWHERE:
        return None
    if not options.endpoint.startswith(("http://", "https://")):
        raise ConfigError(f"[otlp] endpoint: {options.endpoint!r}: expected http://… or https://…")
    try:
        missing = any(importlib.util.find_spec(package) is None for package in PACKAGES)
    except ModuleNotFoundError:  # not even the package that it would be in
        missing = True
    if missing:
        raise ConfigError("[otlp] needs the extra [otel]: pip install 'oma-tmux[otel]'")
    return OtlpTask(options)
