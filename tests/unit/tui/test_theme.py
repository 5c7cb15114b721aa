"""What a terminal shows of a style; signs of health."""

import pytest

from oma.model.health import Health
from oma.screen.styled import TRUE_COLOUR, TextStyle
from oma.tui.cells import cells
from oma.tui.theme import TerminalCapabilities, selected_style, text_style_of
from oma.tui.themes import DARK


@pytest.mark.parametrize("health", Health)
def test_every_health_has_signs_of_two_cells(health):
    signs = {TerminalCapabilities(emoji=emoji).sign(health) for emoji in (True, False)}
    assert len(signs) == 2
    assert {cells(sign) for sign in signs} == {2}


def test_ascii_never_gives_an_emoji():
    assert TerminalCapabilities(ascii=True).sign(Health.OK).isascii()


@pytest.mark.parametrize(
    ("colours", "foreground", "background"),
    [(0, None, None), (8, 1, 6), (16, 1, 6), (256, 196, 39), (1 << 24, 0xFF0000, 0x00AFFF)],
)
def test_a_style_of_an_agent_is_reduced_to_what_the_terminal_has(colours, foreground, background):
    own = TextStyle(foreground=TRUE_COLOUR | 0xFF0000, background=39, bold=True)

    assert text_style_of(own, colours, DARK) == TextStyle(foreground, background, bold=True)


def test_a_style_has_one_for_what_is_selected_and_an_agents_own_stays():
    assert selected_style("ok") == selected_style(selected_style("ok")) == "ok selected"
    assert selected_style(TextStyle(bold=True)) == TextStyle(bold=True)
