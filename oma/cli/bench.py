"""`oma bench`: what `oma` promises, measured on this machine beside polling."""

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import attrs
import trio

from oma.bench.results import Results
from oma.bench.run import FULL, QUICK, Extent, run_bench
from oma.bench.stage import stage
from oma.bench.table import table

INTERRUPTED = 130

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(arguments: argparse.Namespace) -> int:
    """Measure and print what was found; the server of the run is gone afterwards."""
    # A short path: the names of sockets end near 100 bytes.
    with tempfile.TemporaryDirectory(prefix="oma-bench-") as folder:
        try:
            results = trio.run(_bench, Path(folder), QUICK if arguments.quick else FULL)
        finally:
            _fall_silent()
    if results is None:
        return INTERRUPTED
    if arguments.json:
        print(json.dumps(attrs.asdict(results)))
    else:
        print(table(results), end="")
    return 0


async def _bench(folder: Path, extent: Extent) -> Results | None:
    results = None
    with trio.open_signal_receiver(*_SIGNALS) as signals:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_end_at_signal, signals, nursery.cancel_scope)
            async with stage(folder) as private:
                results = await run_bench(private, extent, _say)
            nursery.cancel_scope.cancel()
    return results


async def _end_at_signal(signals: AsyncIterator[int], scope: trio.CancelScope) -> None:
    async for _ in signals:
        scope.cancel()


def _say(words: str, share: float) -> None:
    """Show how far the run is, on one line of a terminal that is written over."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{100 * share:3.0f} %  {words}", end="", file=sys.stderr, flush=True)


def _fall_silent() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
