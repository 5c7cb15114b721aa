"""`oma bench`: what `oma` promises, measured on this machine beside polling."""

import argparse
import json
import sys
import tempfile
from functools import partial
from pathlib import Path

import attrs
import trio

from oma.bench.bench_server import bench_server
from oma.bench.run import FULL, QUICK, run_bench
from oma.bench.table import table
from oma.cli.arguments import add_flag, add_json
from oma.cli.exit_codes import DONE
from oma.cli.option_values import JsonOptions
from oma.cli.stop_signals import run_with_signals


@attrs.frozen(kw_only=True)
class BenchOptions(JsonOptions):
    """How long is measured, and how the results are printed."""

    quick: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma bench`."""
    add_flag(parser, "--quick", "few tries of each: a minute")
    add_json(parser)


def run(options: BenchOptions) -> int:
    """Measure and print what was found; the server of the run is gone afterwards."""
    # A short path: the names of sockets end near 100 bytes.
    with tempfile.TemporaryDirectory(prefix="oma-bench-") as folder:
        return trio.run(run_with_signals, partial(_bench, Path(folder), options))


async def _bench(folder: Path, options: BenchOptions) -> int:
    try:
        async with bench_server(folder) as private:
            results = await run_bench(private, QUICK if options.quick else FULL, _say)
    finally:
        _fall_silent()
    if options.json:
        print(json.dumps(attrs.asdict(results)))
    else:
        print(table(results), end="")
    return DONE


def _say(words: str, share: float) -> None:
    """Show how far the run is, on one line of a terminal that is written over."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{100 * share:3.0f} %  {words}", end="", file=sys.stderr, flush=True)


def _fall_silent() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
