"""The end of a recording is waited for."""

import pytest

from oma.bench import flood
from oma.bench.flood import END_BYTES, _appears, _end_of, measure_flood
from oma.bench.flooding import END
from oma.errors import OmaError
from oma.runtime.process_tree import Usage
from tests.unit.bench.scripted import ScriptedChild, bench_server, scripted


def test_only_the_end_of_a_file_is_searched(tmp_path):
    path = tmp_path / "f"
    assert _end_of(path) == b""
    path.write_bytes(b"a" + b"x" * END_BYTES)

    assert _end_of(path) == b"x" * END_BYTES
    assert _end_of(path, after=END_BYTES) == b"x"


async def test_a_recorder_that_ends_before_the_text_appears_breaks_the_run_off(tmp_path):
    (tmp_path / "f").write_bytes(b"there")

    await _appears(tmp_path / "f", b"there", ScriptedChild(ended=True))
    with pytest.raises(OmaError, match="'oma record' ended too early"):
        await _appears(tmp_path / "f", b"not there", ScriptedChild(ended=True))


async def test_the_rate_is_that_of_what_was_printed_until_it_was_recorded(
    tmp_path, monkeypatch, autojump_clock
):
    looks = []

    async def appears(file, text, recorder, after=0):
        looks.append((text, after))
        await flood.trio.sleep(2.0)

    monkeypatch.setattr(flood, "_appears", appears)
    monkeypatch.setattr(
        flood, "usage_of", lambda pids: Usage(pids[0] / 100 * flood.trio.current_time(), 0)
    )
    started = scripted(monkeypatch, flood, lambda words: [])

    (tmp_path / "f").write_bytes(b"captured")

    found = await measure_flood(bench_server(), tmp_path / "f", 10.0)
    assert looks == [(b'"pane-captured"', 0), (END, 8)]
    assert started[1] == ("oma.bench.flooding", "/dev/pts/0", "10.0")
    assert (found.mb, found.mb_per_s, found.oma_percent) == pytest.approx((10, 5, 100))
    assert found.server_percent == pytest.approx(7)
    assert found.oma_mb_per_cpu_s == pytest.approx(5)
