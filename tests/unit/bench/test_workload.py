import os
import tempfile
from pathlib import Path

import pytest

from oma.bench.marker import CLEAR, find
from oma.bench.workload import Play, Stagehand, frame

S = 1_000_000_000


@pytest.fixture
def terminals():
    with tempfile.TemporaryDirectory() as folder:
        names = [str(Path(folder, str(number))) for number in range(4)]
        for name in names:
            Path(name).touch()
        yield names


def played(play, until_ns):
    """Run everything that is due until then."""
    hand = Stagehand(play)
    hand.prepare(0)
    hand.run_due(until_ns)
    return hand


def test_painters_write_ten_frames_a_second_and_do_not_beat_together(terminals):
    play = Play(terminals, [], visible_s=0, clear_s=0, seconds=1)
    hand = Stagehand(play)
    hand.prepare(0)
    assert hand.run_due(0) == S // 40  # the second of four, a quarter of a period later
    hand.run_due(S - 1)
    assert [len(Path(name).read_bytes()) for name in terminals] == [
        sum(len(frame(number)) for number in range(1, 11))
    ] * 4


def test_failures_are_numbered_over_all_panes_and_stand_their_time(terminals, capsys):
    play = Play([], terminals[:2], visible_s=0.3, clear_s=0.7, seconds=2)
    hand = played(play, int(1.9 * S))
    assert capsys.readouterr().out.split() == ["0", "1", "2", "3"]
    shown = [Path(name).read_bytes() for name in terminals[:2]]
    assert [[m.number for m in find(text.decode())] for text in shown] == [[0, 2], [1, 3]]
    assert [text.count(CLEAR) for text in shown] == [2, 2]
    assert hand.standing == 0


def test_the_last_failure_stands_its_time_and_none_follows(terminals, capsys):
    play = Play([], terminals[:1], visible_s=0.3, clear_s=0.1, seconds=1)
    hand = played(play, 0)
    hand.over = True
    assert hand.standing == 1
    hand.run_due(5 * S)
    assert hand.standing == 0
    assert capsys.readouterr().out.split() == ["0"]


def test_a_play_is_handed_over_as_one_argument(terminals):
    play = Play(tuple(terminals), (), visible_s=0.5, clear_s=0.25, seconds=3)
    assert os.fspath(terminals[0]) in play.as_json()
