"""What viewers of several machines are told, beside what the recordings of those say."""

import re
from collections.abc import Sequence
from pathlib import Path

from oma.recording.compression import ZSTD
from tests.support.oma_process import OmaProcess, oma

_MOMENT = re.compile(r'"t": (-?[0-9.]+)')


def seen_of(watch: OmaProcess, host: str) -> list[str]:
    """Return what was seen of a host, as it calls its agents itself."""
    found = [line for line in watch.lines if f'"agent": "{host}/' in line]
    return [line.replace(f"{host}/", "").replace(f"@{host}", "") for line in found]


async def replayed(record: Path) -> list[str]:
    """Return what a replay of a recording tells."""
    done = await oma("replay", record, "--json")
    return done.stdout.decode().splitlines()


def archived(logs: Path, host: str) -> bytes:
    """Return what `oma fleet record` has of a host: one recording, also where an engine came back empty."""
    [path] = logs.glob(f"{host}-*.jsonl.zst")
    return b"".join(ZSTD.decompress([path.read_bytes()], str(path)))


def without_clock(lines: Sequence[str]) -> list[str]:
    """Return lines whose moments are counted from that of the first one; each begins with its moment."""
    moments = [float(_MOMENT.findall(line)[0]) for line in lines]
    counted = (f'"t": {t - moments[0]:.6f}' for t in moments)
    return [_MOMENT.sub(t, line, count=1) for t, line in zip(counted, lines, strict=True)]
