import pytest

from oma.recording.segments import Segment, expired, is_full, parse_segment, segment_name

DAY = 86_400.0
NOW = 1_800_000_000.0


def test_a_name_tells_of_which_server_and_from_when_it_is():
    name = segment_name("ab12", NOW)

    assert name == "ab12-20270115T080000Z.jsonl.zst"
    assert parse_segment("ab12", name, 7) == Segment(NOW, name, 7)


@pytest.mark.parametrize(
    "name",
    [
        "ab12-x.jsonl.zst",
        "cd34-20270115T080000Z.jsonl.zst",
        "ab12-20270115T080000Z.jsonl",
        "notes",
    ],
)
def test_other_files_are_none(name):
    assert parse_segment("ab12", name, 7) is None


def test_names_sort_by_time():
    times = [NOW, NOW + 1, NOW + 40 * DAY]
    assert [segment_name("a", t) for t in times] == sorted(segment_name("a", t) for t in times)


def test_one_is_full_after_an_hour_or_a_part_of_all_bytes():
    assert not is_full(10, 3599.0, 1000)
    assert is_full(10, 3600.0, 1000)
    assert is_full(50, 1.0, 1000)


def many(*ages_and_sizes):
    return [Segment(NOW - age, f"s{n}", size) for n, (age, size) in enumerate(ages_and_sizes)]


@pytest.mark.parametrize(
    ("segments", "gone"),
    [
        ((), []),
        (((30 * DAY, 10**9),), []),
        (((8 * DAY, 1), (7.5 * DAY, 1), (1, 1)), ["s0"]),
        (((9 * DAY, 1), (8 * DAY, 1), (1, 1)), ["s0"]),
        (((3, 600), (2, 600), (1, 600)), ["s0", "s1"]),
        (((3, 100), (2, 100), (1, 100)), []),
    ],
)
def test_what_ended_too_long_ago_or_is_too_much_goes_the_oldest_first(segments, gone):
    found = expired(reversed(many(*segments)), NOW, 7 * DAY, 1000)

    assert [segment.name for segment in found] == gone
