from oma.tui.empty_list import empty_list
from oma.tui.view_model import View
from tests.unit.tui.fleets import render_input, text_of


def test_no_word_is_cut_however_narrow_the_screen_is():
    wide = " ".join(text_of(line) for line in empty_list(render_input(), View(), 200)).split()
    for columns in (40, 60, 80):
        lines = [text_of(line) for line in empty_list(render_input(), View(), columns)]

        assert max(map(len, lines)) <= columns
        assert " ".join(lines).split() == wide
