"""One pane prints as fast as it can, and `oma record` writes it down."""

from pathlib import Path

import trio

from oma.bench.bench_server import BenchServer
from oma.bench.child import Child, oma_arguments, running
from oma.bench.flooding import END
from oma.bench.results import Flood
from oma.errors import OmaError
from oma.runtime.process_tree import usage_of

END_BYTES = 100_000
"""How much of the file is searched for the last words."""

LOOK_EVERY_S = 0.02
"""How often the file is looked at: a file sends no event."""


async def measure_flood(bench_server: BenchServer, file: Path, mb: float) -> Flood:
    """Print so many megabytes and wait until the recording holds the last of them.

    Raises:
        OmaError: `oma record` ended before.
    """
    await bench_server.start_agents(1)
    agent = bench_server.agents[0]
    async with running(
        bench_server, "oma", *oma_arguments(bench_server, "record", "-o", str(file))
    ) as recorder:
        await _appears(file, b'"pane-captured"', recorder)
        flood_at = (await trio.Path(file).stat()).st_size
        pids = [recorder.pid], [bench_server.server_pid]
        began_s, before = trio.current_time(), [usage_of(each).cpu_s for each in pids]
        async with running(bench_server, "oma.bench.flooding", agent.terminal, str(mb)):
            await _appears(file, END, recorder, flood_at)
        took_s = trio.current_time() - began_s
        oma_s, server_s = (
            usage_of(each).cpu_s - start for each, start in zip(pids, before, strict=True)
        )
    return Flood(
        mb=mb,
        mb_per_s=mb / took_s,
        oma_percent=100 * oma_s / took_s,
        server_percent=100 * server_s / took_s,
        oma_mb_per_cpu_s=mb / oma_s,
    )


async def _appears(file: Path, text: bytes, recorder: Child, after: int = 0) -> None:
    """Wait until the end of the file, of what follows its first `after` bytes, holds the text.

    Raises:
        OmaError: The recorder has ended.
    """
    while True:
        if text in await trio.to_thread.run_sync(_end_of, file, after):
            return
        if recorder.ended:
            raise OmaError("'oma record' ended too early; the run is broken off")
        await trio.sleep(LOOK_EVERY_S)


def _end_of(file: Path, after: int = 0) -> bytes:
    if not file.exists():
        return b""
    with file.open("rb") as stream:
        stream.seek(max(after, file.stat().st_size - END_BYTES))
        return stream.read()
