from oma.summary.digest import digest
from oma.tui.cells import Size
from oma.tui.digest_panel import digest_panel
from oma.tui.view_model import Digesting
from tests.unit.summary.logs import at
from tests.unit.summary.test_digest import MORNING
from tests.unit.tui.fleets import render_input, text_of

TOLD = render_input(digest=digest([MORNING], at(0)))


def shown(first=0, rows=40, columns=120):
    room = Size(columns, rows)
    return [text_of(line) for line in digest_panel(TOLD, Digesting(first=first), room)]


def test_it_is_the_digest_with_the_keys_above():
    lines = shown()

    assert lines[0] == " What happened any other key goes back"
    assert lines[1].startswith(" Since 09:00 (1h): 5 agents")
    assert " asker  WAITING  claude  worked 16m  waited 44m" in lines


def test_what_does_not_fit_is_counted_and_scrolled_to():
    assert shown(rows=6)[-1] == "  and 10 more lines"
    assert shown(first=99, rows=6)[-1] == " worker  IDLE  claude  worked 5m  finished 09:05"
    assert len(shown(rows=3)) == 3
    assert shown(rows=0) == []


def test_without_a_digest_it_is_empty():
    assert digest_panel(render_input(), Digesting(), Size(80, 24)) == []
