"""`oma bench`: what `oma` promises, measured on this machine beside polling."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import attrs
import trio

from oma.bench.bench_server import bench_server
from oma.bench.results import Results
from oma.bench.run import FULL, QUICK, BenchPlan, run_bench
from oma.bench.table import table
from oma.cli.exit_codes import DONE, ended_by
from oma.cli.signals import minding_signals


def run(arguments: argparse.Namespace) -> int:
    """Measure and print what was found; the server of the run is gone afterwards."""
    # A short path: the names of sockets end near 100 bytes.
    with tempfile.TemporaryDirectory(prefix="oma-bench-") as folder:
        try:
            results = trio.run(_bench, Path(folder), QUICK if arguments.quick else FULL)
        finally:
            _fall_silent()
    if isinstance(results, int):
        return ended_by(results)
    if arguments.json:
        print(json.dumps(attrs.asdict(results)))
    else:
        print(table(results), end="")
    return DONE


async def _bench(folder: Path, extent: BenchPlan) -> Results | int:
    """Return what was measured, or the signal that ended it."""
    scope, came = trio.CancelScope(), 0

    def end(number: int) -> None:
        nonlocal came
        came = number
        scope.cancel()

    async with minding_signals(end):
        with scope:
            async with bench_server(folder) as private:
                return await run_bench(private, extent, _say)
    return came


def _say(words: str, share: float) -> None:
    """Show how far the run is, on one line of a terminal that is written over."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{100 * share:3.0f} %  {words}", end="", file=sys.stderr, flush=True)


def _fall_silent() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
