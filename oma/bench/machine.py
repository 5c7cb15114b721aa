"""Where a run takes place: figures of two machines are not to be compared."""

import os
import platform
from pathlib import Path

from oma import __version__
from oma.bench.results import Machine
from oma.runtime.client.server_finder import tmux_version


async def this_machine() -> Machine:
    """Return what is told of this machine.

    Raises:
        OmaError: tmux is not installed.
    """
    return Machine(
        cpu=processor_of(_cpuinfo()) or platform.processor() or platform.machine(),
        cores=os.cpu_count() or 1,
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        tmux=await tmux_version(),
        oma=__version__,
        load=round(os.getloadavg()[0], 2),
    )


def processor_of(cpuinfo: str) -> str:
    """Return the processor's name from the text of Linux's `/proc/cpuinfo`, or an empty text."""
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return ""


def _cpuinfo() -> str:
    try:
        return Path("/proc/cpuinfo").read_text("utf-8", errors="replace")
    except OSError:
        return ""
