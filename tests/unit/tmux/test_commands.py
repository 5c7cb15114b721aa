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


def test_bytes_are_typed_in_hexadecimal_and_many_in_several_lines():
    assert list(commands.type_bytes("%5", b"\x1b[Z;")) == ['send-keys -H -t "%5" 1b 5b 5a 3b']
    assert [len(line.split()) for line in commands.type_bytes("%5", b"x" * 1000)] == [516, 492]
    assert list(commands.type_bytes("%5", b"")) == []


def test_a_paste_is_without_controls_and_leaves_no_buffer():
    assert list(commands.paste("%5", "oma-1", "a\tb\nc\x1b[201~\x9b;#{d}")) == [
        'set-buffer -b oma-1 -- "a\\011b\\012c\\133201\\176\\073\\043\\173d\\175"',
        'paste-buffer -p -d -b oma-1 -t "%5"',
    ]
    assert list(commands.paste("%5", "oma-1", "\x1b")) == []
    first, second, _ = commands.paste("%5", "oma-1", "é" * 9000)
    assert second.startswith("set-buffer -a -b oma-1 -- ")
    assert (first + second).count("é") == 9000


def test_a_buffer_is_forgotten_by_its_name():
    assert commands.delete_buffer("oma-1") == "delete-buffer -b oma-1"


def test_cursor_keys_are_typed_by_name_in_their_place():
    assert list(commands.type_bytes("%5", b"a\x1b[A\x1bODb\x1b[H")) == [
        'send-keys -H -t "%5" 61',
        'send-keys -t "%5" Up',
        'send-keys -t "%5" Left',
        'send-keys -H -t "%5" 62',
        'send-keys -t "%5" Home',
    ]
