from hypothesis import given, settings
from hypothesis import strategies as st

from oma.model.events import OutputLost, PaneCaptured, PaneOutput, PaneResized
from oma.model.ids import PaneId, SessionId
from oma.tmux.commands.clients import PausePane, Subscribe
from oma.tmux.follower import MOST_LOOKS, Follower
from oma.tmux.held import HELD_BYTES
from oma.tmux.layout_strings import _checksum
from oma.tmux.notifications import Exit, LayoutChanged, PanePaused, SessionChanged
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.queries.panes import parse_panes
from oma.tmux.queries.screen import capture
from oma.tmux.queries.screen_continued import capture_and_continue
from tests.support.tmux_pane import TmuxPane
from tests.support.wire_events import answer, attached, listed, output, refused, screen

PANE, OTHER = PaneId("%1"), PaneId("%2")


def follower(*panes):
    """A follower that is attached and was told to watch these panes."""
    found = Follower(SessionId("$1"), PaneInventory())
    for pane in panes:
        found.watch(pane)
    found.receive([attached()])
    return found


def taken(found):
    commands = list(found.commands)
    found.commands.clear()
    return commands


def captured(text=b"hello\n", **facts):
    known = {"columns": 80, "rows": 24, "cursor_column": 0, "cursor_row": 0, "alternate": False}
    return PaneCaptured(pane=PANE, data=text, **known | facts)


def live(*panes):
    """A follower of panes that have been captured."""
    found = follower(*panes)
    found.receive([answer("%pause %1") for _ in panes])
    for _ in panes:
        found.receive([answer(screen()), answer("hello"), answer()])
    found.commands.clear()
    return found


def test_nothing_is_written_before_tmux_has_confirmed_the_attach():
    found = Follower(SessionId("$1"), PaneInventory())
    found.watch(PANE)
    assert taken(found) == []

    found.receive([attached()])

    assert taken(found) == [PausePane(PANE)]


def test_where_nobody_else_tells_of_programs_tmux_is_to_tell():
    found = Follower(SessionId("$1"), PaneInventory(), tells_programs=True)
    found.watch(PANE)
    found.receive([attached()])
    told = Subscribe("program", PANE, "#{pane_pid}")
    assert taken(found) == [told, PausePane(PANE)]
    assert told.words() == ("refresh-client", "-B", "program:%1:#{pane_pid}")

    found.receive([answer(), answer("%pause %1")])
    assert taken(found) == [capture_and_continue(PANE)]


def test_a_pane_is_paused_then_captured_and_continued():
    found = follower(PANE)
    assert found.receive([answer("%pause %1")]) == []
    assert taken(found) == [PausePane(PANE), capture_and_continue(PANE)]

    events = found.receive([answer(screen(column=3, alternate=True)), answer("hello"), answer()])

    assert events == [captured(cursor_column=3, alternate=True)]
    assert taken(found) == []


def test_output_that_overtakes_the_capture_is_logged_after_it():
    found = follower(PANE)

    events = found.receive(
        [answer("%pause %1"), answer(screen()), output(b"later"), answer("hello"), answer()]
    )

    assert events == [captured(), PaneOutput(PANE, b"later")]


def test_output_before_the_first_capture_is_logged_and_so_is_that_it_breaks_off():
    found = follower(PANE)

    events = found.receive([output(b"early"), answer("%pause %1"), answer(screen()), answer("x")])

    assert [type(event) for event in events] == [PaneOutput, OutputLost, PaneCaptured]


def test_one_character_in_two_reads_is_one_event():
    found = live(PANE)

    assert found.receive([output("€".encode()[:1])]) == []
    assert found.receive([output("€".encode()[1:])]) == [PaneOutput(PANE, "€".encode())]


def test_a_quiet_pane_is_captured_again_without_a_pause_and_without_a_loss():
    found = live(PANE)
    found.watch(PANE)
    assert taken(found) == [capture(PANE)]

    assert found.receive([answer(screen()), answer("again")]) == [captured(b"again\n")]
    assert found.receive([output(b"more")]) == [PaneOutput(PANE, b"more")]


def test_a_pane_that_printed_meanwhile_is_captured_once_more():
    found = live(PANE)
    found.watch(PANE)

    events = found.receive([output(b"x"), answer(screen()), answer("unsure")])
    events += found.receive([answer(screen()), answer("sure")])

    assert events == [PaneOutput(PANE, b"x"), captured(b"sure\n")]


def test_a_pane_that_never_stops_printing_is_paused_and_its_loss_is_logged():
    found = live(PANE)
    found.watch(PANE)
    for _ in range(MOST_LOOKS):
        found.receive([output(b"x"), answer(screen()), answer("unsure")])
    assert taken(found) == [capture(PANE)] * MOST_LOOKS + [PausePane(PANE)]

    events = found.receive([answer("%pause %1"), answer(screen()), answer("sure"), answer()])

    assert [type(event) for event in events] == [OutputLost, PaneCaptured]


def test_of_a_pane_that_has_ended_is_captured_what_its_program_left():
    inventory = PaneInventory()
    inventory.update(parse_panes([listed(dead="1")]), lambda name: True, None)
    found = Follower(SessionId("$1"), inventory)
    found.watch(PANE)
    found.receive([attached(), answer("%pause %1")])
    assert taken(found)[1:] == [capture_and_continue(PANE, has_ended=True)]

    found.receive([answer(screen()), answer("hello"), answer()])
    found.watch(PANE)

    assert taken(found) == [capture(PANE, has_ended=True)]


def test_what_is_asked_for_while_a_capture_is_on_its_way_follows_it():
    found = follower(PANE)
    found.receive([answer("%pause %1")])
    found.watch(PANE)
    found.watch(PANE)
    taken(found)

    found.receive([answer(screen()), answer("hello"), answer()])

    assert taken(found) == [capture(PANE)]


def test_a_pane_that_tmux_paused_has_lost_output_and_is_brought_back():
    found = live(PANE)

    lost = found.receive([output(b"before"), PanePaused(PANE)])
    back = found.receive([answer(), answer(screen()), answer("now"), answer()])

    assert lost == [
        PaneOutput(PANE, b"before"),
        OutputLost(PANE, "tmux paused it: oma was behind"),
    ]
    assert taken(found) == [PausePane(PANE), capture_and_continue(PANE)]
    assert back == [captured(b"now\n")]


def test_our_own_pause_is_no_loss_where_tmux_tells_of_it_after_the_block():
    found = follower(PANE)

    events = found.receive([answer(), PanePaused(PANE), answer(screen()), answer("hello")])

    assert events == [captured()]


def test_a_pause_after_our_own_is_a_loss():
    found = follower(PANE)

    events = found.receive([answer(), PanePaused(PANE), PanePaused(PANE)])
    events += found.receive([answer(screen()), answer("hello"), answer()])

    assert [type(event) for event in events] == [PaneCaptured, OutputLost]


def test_a_pane_that_is_about_to_be_paused_is_not_paused_twice():
    found = follower(PANE)

    events = found.receive([PanePaused(PANE), answer()])

    assert [type(event) for event in events] == [OutputLost]
    assert taken(found) == [PausePane(PANE), capture_and_continue(PANE)]


def test_half_a_character_before_a_loss_is_logged_before_it():
    found = live(PANE)

    events = found.receive([output("€".encode()[:2]), PanePaused(PANE)])

    assert events[0] == PaneOutput(PANE, "€".encode()[:2])
    assert isinstance(events[1], OutputLost)


def test_a_pause_during_a_capture_is_a_loss_after_what_was_held():
    found = follower(PANE)

    events = found.receive(
        [answer("%pause %1"), output(b"held"), PanePaused(PANE), answer(screen()), answer("x")]
    )

    assert [type(event) for event in events] == [PaneCaptured, PaneOutput, OutputLost]
    assert taken(found)[-1] == PausePane(PANE)


def test_a_pane_that_is_gone_costs_its_own_capture_and_no_other():
    found = follower(PANE, OTHER)

    found.receive([refused("can't find pane: %1"), answer("%pause %2")])
    events = found.receive([answer(screen()), answer("other"), answer()])

    assert [event.pane for event in events] == [OTHER]
    assert found.receive([output(b"last words")]) == [PaneOutput(PANE, b"last words")]


def test_a_pane_that_goes_between_pause_and_capture_costs_its_own_capture_and_no_other():
    found = follower(PANE, OTHER)
    found.receive([answer("%pause %1"), answer("%pause %2")])

    events = found.receive(
        [refused("can't find pane: %1"), answer(screen()), answer("other"), answer()]
    )

    assert [event.pane for event in events] == [OTHER]
    assert found.receive([output(b"last words")]) == [PaneOutput(PANE, b"last words")]


def test_a_pane_that_goes_while_it_is_captured_anew_costs_no_other_answer():
    found = live(PANE, OTHER)
    found.watch(PANE)
    found.leave(PANE)
    found.watch(OTHER)

    events = found.receive(
        [
            *(answer(screen()), refused("can't find pane: %1"), refused("can't find pane: %1")),
            *(answer(screen()), answer("other")),
        ]
    )

    assert [event.pane for event in events] == [OTHER]


def test_every_capture_of_a_quiet_pane_begins_with_full_patience():
    found = live(PANE)
    for _ in range(MOST_LOOKS):
        found.watch(PANE)
        found.receive([answer(screen()), answer("quiet")])
    found.watch(PANE)
    taken(found)

    found.receive([output(b"x"), answer(screen()), answer("unsure")])

    assert taken(found) == [capture(PANE)]


def test_too_much_output_during_a_capture_is_lost_and_the_pane_captured_anew():
    found = follower(PANE)
    much = b"x" * (HELD_BYTES - 1)
    found.receive([answer("%pause %1"), output(much)])
    taken(found)

    events = found.receive([output(b"yy"), answer(screen()), answer("now"), answer()])

    assert events[0] == captured(b"now\n")
    assert [type(event) for event in events[1:]] == [PaneOutput, OutputLost]
    assert taken(found) == [capture(PANE)]


def test_a_pane_that_is_left_is_paused_and_gives_what_was_held_of_it():
    found = follower(PANE)
    found.receive([answer("%pause %1"), output(b"held"), output("€".encode()[:2])])
    taken(found)

    assert found.leave(PANE) == [PaneOutput(PANE, b"held"), PaneOutput(PANE, "€".encode()[:2])]
    assert taken(found) == [PausePane(PANE)]
    # The answers that are still on their way mean nothing any more.
    assert found.receive([answer(screen()), answer("x"), answer(), answer()]) == []


def test_output_of_a_pane_that_belongs_to_another_session_is_left_to_the_client_there():
    inventory = PaneInventory()
    inventory.update(
        parse_panes([listed(pane="%1"), listed(pane="%2", session="$2", name="oma-2")]),
        lambda name: True,
        None,
    )
    ours, other = inventory.owner(PANE), inventory.owner(OTHER)
    found = Follower(ours, inventory)
    found.receive([attached()])

    events = found.receive([output(b"a"), output(b"b", OTHER), output(b"c", PaneId("%3"))])

    assert ours != other
    assert events == [PaneOutput(PANE, b"a"), PaneOutput("%3", b"c")]


def test_the_end_of_a_client_gives_what_was_held():
    found = follower(PANE)
    found.receive([answer("%pause %1"), output(b"held")])

    assert found.finish() == [PaneOutput(PANE, b"held")]


def test_another_session_is_not_ours_to_watch():
    found = live(PANE)

    events = found.receive([SessionChanged("$1", "a"), SessionChanged("$2", "b"), output(b"x")])

    assert events == []
    assert found.over == "its session ended"


def test_a_client_that_tmux_refuses_or_ends_is_over():
    no_session = Follower(SessionId("$1"), PaneInventory())
    no_session.receive([refused("can't find session: $1", asked=False)])
    ended = live(PANE)
    ended.receive([Exit("too far behind")])
    detached = live(PANE)
    detached.receive([Exit("")])

    hooked = live(PANE)
    hooked.receive([refused("a hook that fails", asked=False)])

    assert hooked.over is None
    assert no_session.over == "can't find session: $1"
    assert ended.over == "too far behind"
    assert detached.over == "detached"


def test_a_pane_of_another_size_is_captured_anew():
    inventory = PaneInventory()
    inventory.update(parse_panes([listed(pane="%0")]), lambda name: True, None)
    found = Follower(SessionId("$1"), inventory)
    found.watch(PaneId("%0"))
    found.receive([attached(), answer("%pause %0"), answer(screen()), answer("x"), answer()])
    taken(found)

    cells = "90x30,0,0,0"
    layout = f"{_checksum(cells):04x},{cells}"
    events = found.receive([LayoutChanged(layout)])

    assert events == [PaneResized("%0", 90, 30)]
    assert taken(found) == [capture("%0")]


def test_a_hook_that_runs_commands_in_our_name_confuses_nobody():
    assert live(PANE).receive([answer("what?")]) == []


STEPS = st.lists(
    st.sampled_from(["print", "print", "send", "overtake", "send all", "pause", "watch"]),
    max_size=40,
)


def play(steps):
    """Let a pane, tmux and a follower do these steps, and what remains to be done after them."""
    pane, found = TmuxPane(), Follower(SessionId("$1"), PaneInventory())
    found.watch(PANE)
    events = found.receive([attached()])
    act = {"print": pane.print, "pause": pane.fall_behind, "watch": lambda: found.watch(PANE)}
    send = {"send": pane.send, "overtake": pane.overtake, "send all": pane.send_all}
    for step in steps:
        pane.execute(taken(found))
        if step in act:
            act[step]()
        else:
            events += found.receive(send[step]())
    while pane.queue or found.commands:
        pane.execute(taken(found))
        events += found.receive(pane.send_all())
    return pane, events


@settings(max_examples=400)
@given(STEPS)
def test_no_byte_is_missing_without_a_word_and_every_capture_stands_where_it_was_taken(steps):
    pane, events = play(steps)

    at = None  # how much the pane had printed here; unknown before a capture and after a loss
    owed = False  # a pause of tmux drops what waits before a capture, and is told after it
    for event in events:
        if isinstance(event, PaneCaptured):
            owed = at not in {None, int(event.data)}
            at = int(event.data)
        elif isinstance(event, OutputLost):
            at, owed = None, False
        elif isinstance(event, PaneOutput) and at is not None:
            assert not owed
            assert event.data == pane.text[at : at + len(event.data)]
            at += len(event.data)
    assert (at, owed) == (pane.printed, False)


def test_every_pane_is_paused_before_its_client_leaves():
    found = follower(PANE)
    assert found.farewell() == [PausePane(PANE)]

    found.receive([Exit("")])
    assert found.farewell() == []
    assert Follower(SessionId("$1"), PaneInventory()).farewell() == []
