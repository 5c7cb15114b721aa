from oma.bench import replay
from oma.bench.replay import measure_replay
from tests.unit.bench.scripted import bench_server, scripted


async def test_each_way_to_read_is_tried_as_often_and_rated_by_the_processor(
    tmp_path, monkeypatch
):
    took_s = {"read": 0.5, "lines": 1.0, "screens": 2.0}
    started = scripted(
        monkeypatch,
        replay,
        lambda words: [f"1000 {took_s[words[1]]}"] if words[1] != "make" else [],
    )

    found = await measure_replay(bench_server(), tmp_path / "f", records=1000, tries=2)

    assert [words[1] for words in started] == ["make", *["read", "lines", "screens"] * 2]
    assert started[0][2:] == (str(tmp_path / "f"), "1000")
    rates = (found.read_per_s, found.lines_per_s, found.screens_per_s)
    assert [(each.count, each.p50) for each in rates] == [(2, 2000), (2, 1000), (2, 500)]
