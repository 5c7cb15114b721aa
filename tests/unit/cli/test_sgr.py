from oma.cli.sgr import painted


def test_a_text_has_the_terminals_own_colour_and_then_none():
    assert painted("x", "waiting") == "\x1b[1;36mx\x1b[0m"
    assert painted("x", "exited") == "\x1b[2mx\x1b[0m"


def test_a_style_that_there_is_not_changes_nothing():
    assert painted("x", "text") == painted("x", "no such style") == "x"
