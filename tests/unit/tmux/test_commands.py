from oma.tmux import commands


def test_a_subscription_is_one_quoted_argument():
    assert commands.subscribe("all", "a\tb") == r'refresh-client -B "all::a\011b"'


def test_a_pane_is_paused_by_its_id():
    assert commands.pause("%3") == 'refresh-client -A "%3:pause"'


def test_a_capture_is_two_commands_on_one_line_and_the_continue_a_third():
    first, second = commands.capture("%3").split(" ; ")
    *both, third = commands.capture_and_continue("%3").split(" ; ")

    assert first.startswith('list-panes -t "%3" -f "')
    assert second == 'capture-pane -p -e -J -t "%3"'
    assert both == [first, second]
    assert third == 'refresh-client -A "%3:continue"'


def test_no_line_holds_a_newline():
    for line in (commands.list_panes_all(), commands.capture_and_continue("%3")):
        assert line.isascii()
        assert line.isprintable()
