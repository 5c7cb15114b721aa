"""What a frame is made of."""

from tests.unit.tui.fleets import scene


def test_a_name_is_shown_without_what_all_names_share_unless_nothing_is_left():
    shown = scene()

    assert shown.short_name("oma-agent-x") == "x"
    assert shown.short_name("other") == "other"
    assert shown.short_name("oma-agent-") == "oma-agent-"
