"""What a frame is made of."""

from oma.model.wall_time import Sleep, WallTime
from tests.unit.tui.fleets import BEGAN, render_input


def test_a_name_is_shown_without_what_all_names_share_unless_nothing_is_left():
    shown = render_input()

    assert shown.short_name("oma-agent-x") == "x"
    assert shown.short_name("other") == "other"
    assert shown.short_name("oma-agent-") == "oma-agent-"


def test_how_long_ago_something_was_counts_the_machines_sleep():
    shown = render_input(wall_time=WallTime(BEGAN, (Sleep(90.0, 3600.0),)))

    assert shown.age_s(80.0) == 3620.0
    assert shown.age_s(95.0) == 5.0


def test_a_name_among_those_of_several_machines_keeps_its_host():
    shown = render_input()

    assert shown.short_name("box/oma-agent-x") == "box/x"
    assert shown.short_name("box/oma-agent-") == "box/oma-agent-"
    assert shown.short_name("box/other") == "box/other"
