import json

from oma.web.terminal.viewer import CAPACITY_BYTES, CAPACITY_WORDS, SNAPSHOT, Viewer


async def test_output_that_waits_goes_out_as_one():
    viewer = Viewer("ann")
    viewer.put(b"a")
    viewer.put(b"b")
    viewer.tell("control", by=None)
    viewer.put(b"c")

    assert await viewer.take() == [b"ab", '{"type":"control","by":null}', b"c"]


async def test_who_falls_behind_gets_no_part_but_a_whole_screen():
    viewer = Viewer("ann")
    viewer.greet(80, 24)
    for _ in range(CAPACITY_BYTES // 1000 + 1):
        viewer.put(b"x" * 1000)
    viewer.put(b"more")

    assert viewer.behind
    assert [json.loads(m)["type"] for m in await viewer.take()] == ["hello"]
    assert await viewer.take() == []
    viewer.show(80, 24, b"screen")
    viewer.put(b"after")
    assert await viewer.take() == [SNAPSHOT, b"screenafter"]
    assert not viewer.behind


async def test_a_screen_takes_the_place_of_what_waits():
    viewer = Viewer("ann")
    viewer.greet(80, 24)
    viewer.show(80, 24, b"old")
    viewer.put(b"output")
    viewer.show(100, 30, b"new")

    assert [m if isinstance(m, bytes) else json.loads(m)["type"] for m in await viewer.take()] == [
        "hello",
        "size",
        "snapshot",
        b"new",
    ]


async def test_who_takes_nothing_at_all_is_lost():
    viewer = Viewer("ann")
    for _ in range(CAPACITY_WORDS + 1):
        viewer.tell("viewers", names=[])

    assert viewer.lost
    assert len(await viewer.take()) == CAPACITY_WORDS


async def test_the_end_is_something_to_take():
    viewer = Viewer("ann")
    viewer.ended = True

    assert await viewer.take() == []
