"""How fast a recording is read and replayed."""

from pathlib import Path

from oma.bench.bench_server import BenchServer
from oma.bench.child import running
from oma.bench.figures import spread
from oma.bench.results import Replay


async def measure_replay(
    bench_server: BenchServer, file: Path, records: int, tries: int
) -> Replay:
    """Make a recording of so many frames, and read and fold it so many times."""
    await _run(bench_server, "make", str(file), str(records))
    rates: dict[str, list[float]] = {"read": [], "lines": [], "screens": []}
    for _ in range(tries):
        for verb, found in rates.items():
            found.append(await _rate(bench_server, verb, file))
    return Replay(records, *(spread(found) for found in rates.values()))


async def _rate(bench_server: BenchServer, verb: str, file: Path) -> float:
    records, cpu_s = (await _run(bench_server, verb, str(file)))[0].split()
    return int(records) / float(cpu_s)


async def _run(bench_server: BenchServer, *arguments: str) -> list[str]:
    async with running(bench_server, "oma.bench.replaying", *arguments) as child:
        await child.until_ended()
        return [line for line, _ in child.lines]
