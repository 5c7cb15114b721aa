"""How long a user waits for the first answer and the first frame, interpreter included."""

import fcntl
import os
import pty
import struct
import subprocess  # noqa: TID251  # for its constants only
import sys
import termios
from functools import partial

import trio

from oma.bench.bench_server import BenchServer
from oma.bench.child import oma_arguments
from oma.bench.figures import spread
from oma.bench.results import Start
from oma.errors import OmaError

ROWS, COLUMNS = 24, 80
FRAME_S = 10.0
"""How long a first frame may take at the most."""

SHOWN = b"bench-"
"""Of the name of an agent, and of nothing that a dashboard says without one: a list comes whole."""


async def measure_start(bench_server: BenchServer, sessions: int, tries: int) -> Start:
    """Start `oma status` and the dashboard so many times each, in turns."""
    await bench_server.start_agents(sessions)
    await _status(bench_server)  # writes the byte code, as the next does
    await _first_frame(bench_server)
    status_ms, frame_ms = [], []
    for _ in range(tries):
        status_ms.append(await _status(bench_server))
        frame_ms.append(await _first_frame(bench_server))
    return Start(sessions, spread(status_ms), spread(frame_ms))


async def _status(bench_server: BenchServer) -> float:
    began_s = trio.current_time()
    await trio.run_process(
        [sys.executable, "-m", "oma", *oma_arguments(bench_server, "status")],
        stdin=subprocess.DEVNULL,
        capture_stdout=True,
        env=bench_server.environment(),
    )
    return 1000 * (trio.current_time() - began_s)


async def _first_frame(bench_server: BenchServer) -> float:
    ours, terminal = pty.openpty()
    try:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        async with trio.open_nursery() as nursery:
            began_s = trio.current_time()
            run = partial(
                trio.run_process,
                [sys.executable, "-m", "oma", *oma_arguments(bench_server)],
                stdin=terminal,
                stdout=terminal,
                stderr=terminal,
                env=bench_server.environment(),
                start_new_session=True,
                check=False,
            )
            process = await nursery.start(run)
            with trio.fail_after(FRAME_S):
                await _shows(ours)
            took_s = trio.current_time() - began_s
            nursery.start_soon(_drain, ours)  # its last words need a reader
            process.terminate()
            await process.wait()
            nursery.cancel_scope.cancel()
    except* trio.TooSlowError:
        message = f"the dashboard shows nothing within {FRAME_S:g} s; the run is broken off"
        raise OmaError(message) from None
    finally:
        os.close(ours)
        os.close(terminal)
    return 1000 * took_s


async def _shows(terminal: int) -> None:
    seen = b""
    while SHOWN not in seen:
        await trio.lowlevel.wait_readable(terminal)
        seen += os.read(terminal, 65536)


async def _drain(terminal: int) -> None:
    while True:
        await trio.lowlevel.wait_readable(terminal)
        os.read(terminal, 65536)
