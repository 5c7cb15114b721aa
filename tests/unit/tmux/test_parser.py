from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.errors import ProtocolError
from oma.tmux import parser as parser_module
from oma.tmux.layout_strings import parse_layout
from oma.tmux.notifications import (
    Exit,
    LayoutChanged,
    OtherNotification,
    Output,
    PanePaused,
    Reply,
    SessionChanged,
    SessionRenamed,
    SessionsChanged,
    Stray,
    SubscriptionChanged,
    WindowRenamed,
)
from oma.tmux.parser import ControlParser
from tests.support.wire_events import escape

CONTROL = Path(__file__).parents[3] / "fixtures" / "control"
ATTACH = b"%begin 1700000000 265 0\n%end 1700000000 265 0\n"
ATTACHED = Reply(265, 1700000000, asked=False, ok=True, data=b"")

CASES = {
    "attach": (ATTACH, [ATTACHED]),
    "attach refused": (
        b"%begin 9 1 0\ncan't find session: x\n%error 9 1 0\n%exit\n",
        [Reply(1, 9, asked=False, ok=False, data=b"can't find session: x\n"), Exit("")],
    ),
    "a stuck server": (b"%exit\n", [Exit("")]),
    "output": (
        ATTACH + b"%output %0 a\\033[1m \\134 \xff\x7f\xe2\x82\n%output %12 \n",
        [ATTACHED, Output("%0", b"a\x1b[1m \\ \xff\x7f\xe2\x82"), Output("%12", b"")],
    ),
    "output with an age": (
        ATTACH + b"%extended-output %0 12 : a : b\n%extended-output %0 0 new field : c\n",
        [ATTACHED, Output("%0", b"a : b"), Output("%0", b"c")],
    ),
    "a body that looks like anything": (
        ATTACH
        + b"%begin 9 5 1\n%output %0 x\n%end 9 5 0\n%error 9 4 1\n%end 9 5 1 \n%pause %1\n\n"
        + b"%begin 9 6 1\n\xff\x00\n%exit\n%end  9 5 1\n%end 9 5 1\n%pause %1\n",
        [
            ATTACHED,
            Reply(
                5,
                9,
                asked=True,
                ok=True,
                data=b"%output %0 x\n%end 9 5 0\n%error 9 4 1\n%end 9 5 1 \n%pause %1\n\n"
                b"%begin 9 6 1\n\xff\x00\n%exit\n%end  9 5 1\n",
            ),
            PanePaused("%1"),
        ],
    ),
    "an error": (
        ATTACH + b"%begin 9 5 1\nparse error: no\n%error 9 5 1\n",
        [ATTACHED, Reply(5, 9, asked=True, ok=False, data=b"parse error: no\n")],
    ),
    "other bits of the flags": (
        ATTACH + b"%begin 9 5 3\n%end 9 5 3\n%begin 9 5 2\n%end 9 5 2\n",
        [
            ATTACHED,
            Reply(5, 9, asked=True, ok=True, data=b""),
            Reply(5, 9, asked=False, ok=True, data=b""),
        ],
    ),
    "text of a hook": (
        ATTACH + "hook said\t✓\n\n".encode(),
        [ATTACHED, Stray("hook said\t✓".encode()), Stray(b"")],
    ),
    "a newer tmux": (ATTACH + b"%later 1\n", [ATTACHED, OtherNotification(b"%later 1")]),
    "bytes after the exit": (
        ATTACH + b"%exit detached\n\x1b\\\n%output x\n%begin",
        [ATTACHED, Exit("detached")],
    ),
}

REFUSED = {
    "no tmux": b"usage: tmux\n",
    "no attach": b"%output %0 x\n",
    "no block at first": b"%sessions-changed\n",
    "an end without a block": ATTACH + b"%end 9 5 1\n",
    "an error without a block": ATTACH + b"%error 9 5 1\n",
    "a guard with too few numbers": ATTACH + b"%begin 9 5\n",
    "a guard with too many numbers": ATTACH + b"%begin 9 5 1 1\n",
    "a guard without numbers": ATTACH + b"%begin\n",
    "a guard with words": ATTACH + b"%begin 9 x 1\n",
    "a guard with an endless number": ATTACH + b"%begin 9 " + b"1" * 5000 + b" 1\n",
    "output of no pane": ATTACH + b"%output notapane x\n",
    "output without data": ATTACH + b"%output %0\n",
    "output of nothing": ATTACH + b"%output\n",
    "output without an age": ATTACH + b"%extended-output %0 : x\n",
    "output without a colon": ATTACH + b"%extended-output %0 1 x\n",
    "output of nothing with an age": ATTACH + b"%extended-output\n",
    "bytes that are no text": ATTACH + b"\xff\n",
    "controls": ATTACH + b"a\x1b[0mb\n",
    "a notification that does not fit": ATTACH + b"%pause 1\n",
}


def whole(data):
    return ControlParser().feed(data)


def byte_by_byte(data):
    parser = ControlParser()
    return [event for at in range(len(data)) for event in parser.feed(data[at : at + 1])]


@pytest.mark.parametrize("feed", [whole, byte_by_byte])
@pytest.mark.parametrize("name", CASES)
def test_what_tmux_says_is_understood(name, feed):
    data, events = CASES[name]

    assert feed(data) == events


@pytest.mark.parametrize("feed", [whole, byte_by_byte])
@pytest.mark.parametrize("name", REFUSED)
def test_what_tmux_does_not_say_is_refused(name, feed):
    with pytest.raises(ProtocolError):
        feed(REFUSED[name])


@pytest.mark.parametrize("name", CASES)
def test_a_connection_may_end_after_each_case(name):
    parser = ControlParser()
    parser.feed(CASES[name][0])

    parser.close()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%begin 9 5 1\nbody\n", "inside block 5"),
        (ATTACH + b"%output %0 x", "inside a line"),
    ],
)
def test_a_connection_that_ends_in_the_middle_is_an_error(data, reason):
    parser = ControlParser()
    parser.feed(data)

    with pytest.raises(ProtocolError, match=reason):
        parser.close()


def test_a_broken_connection_stays_broken():
    parser = ControlParser()
    with pytest.raises(ProtocolError):
        parser.feed(ATTACH + b"%end 1 1 1\n")

    with pytest.raises(ProtocolError, match="is broken: malformed or out of place"):
        parser.feed(ATTACH)
    with pytest.raises(ProtocolError, match="is broken"):
        parser.close()


def test_a_block_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(parser_module, "MAX_BODY_BYTES", 10)
    parser = ControlParser()
    parser.feed(ATTACH + b"%begin 9 5 1\n1234\n5678\n")

    with pytest.raises(ProtocolError, match="block 5 has more than 10 bytes"):
        parser.feed(b"\n")


def test_ids_that_were_forgotten_are_read_again(monkeypatch):
    monkeypatch.setattr(parser_module, "_MAX_PANES", 2)
    data = b"".join(b"%%output %%%d x\n" % number for number in (1, 2, 3, 1, 2))

    assert [event.pane for event in whole(ATTACH + data)[1:]] == ["%1", "%2", "%3", "%1", "%2"]


PARTS = st.sampled_from(
    [data.removeprefix(ATTACH) for data, _ in CASES.values() if b"%exit" not in data]
) | st.binary(max_size=40).map(lambda data: b"%output %3 " + escape(data) + b"\n")


@given(st.lists(PARTS, max_size=6).map(b"".join), st.lists(st.integers(1, 30), min_size=1))
def test_the_borders_between_reads_do_not_matter(data, sizes):
    data = ATTACH + data
    parser = ControlParser()
    events, at = [], 0
    while at < len(data):
        size = sizes[at % len(sizes)]
        events += parser.feed(data[at : at + size])
        at += size

    assert events == whole(data)


NOISE = st.lists(
    st.sampled_from(
        [b"%begin 1 2 1", b"%end 1 2 1", b"%error 1 2 1", b"%output %0 ", b"\n", b" ", b"%", b": "]
        + [line.split(b"\n")[0] for line, _ in CASES.values()]
        + [b"%extended-output", b"%layout-change", b"%subscription-changed a $1 - - -", b"%exit"]
    )
    | st.binary(max_size=6),
    max_size=30,
).map(b"".join)


@given(NOISE, st.booleans())
@settings(max_examples=300)
def test_no_other_error_leaves_the_parser(noise, attached):
    parser = ControlParser()
    with suppress(ProtocolError):
        for chunk in (ATTACH if attached else b"", noise[:7], noise[7:], b"\n"):
            parser.feed(chunk)
        parser.close()


VERSIONS = ["3.2a", "3.3a", "3.4", "3.5a", "3.6b", "3.7c", "next-3.8"]
"""Each has a transcript of every scenario."""


OF_NO_USE = {
    *(b"%continue", b"%session-window-changed", b"%pane-mode-changed", b"%message"),
    *(b"%paste-buffer-changed", b"%paste-buffer-deleted"),
}


def events_of(name):
    data = (CONTROL / name).read_bytes()
    assert byte_by_byte(data) == whole(data)
    return whole(data)


@pytest.mark.parametrize("path", sorted(CONTROL.glob("*.ctl")), ids=lambda path: path.name)
def test_nothing_that_a_real_tmux_said_is_unknown(path):
    events = events_of(path.name)

    assert type(events[0]) is Reply
    assert type(events[-1]) is Exit
    assert not any(type(event) is Stray for event in events)
    others = {
        event.line.partition(b" ")[0] for event in events if type(event) is OtherNotification
    }
    assert others <= OF_NO_USE


@pytest.mark.parametrize("version", VERSIONS)
def test_a_real_session_from_attach_to_end(version):
    events = events_of(f"tmux-{version}-attach-list-output-kill.ctl")
    replies = [event for event in events if type(event) is Reply]
    output = b"".join(event.data for event in events if type(event) is Output)

    assert events[1] == SessionChanged("$0", "oma-agent-1")
    assert [(reply.asked, reply.ok) for reply in replies] == [
        (False, True),
        (True, True),
        (True, False),
        (True, False),
        (True, True),
    ]
    assert replies[1].lines() == ["$0 @0 %0 80", "$1 @1 %1 80"]
    assert output == 2 * "a \\ back€slash\r\n".encode()
    assert SessionRenamed("$1", "an other") in events
    assert WindowRenamed("@0", "a window", linked=True) in events
    # Up to 3.7 it is told of its own end, too.
    assert (events[-2] == SessionsChanged()) == (version != "next-3.8")
    assert events[-1] == Exit("")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_real_pause_tells_of_itself_inside_the_block_or_after_it(version):
    events = events_of(f"tmux-{version}-pause-continue.ctl")
    replies = [event.data for event in events if type(event) is Reply]
    told = [event for event in events if isinstance(event, PanePaused | OtherNotification)]

    if version == "next-3.8":
        assert replies[2:] == [b"", b"\n" * 24, b""]
        assert told == [PanePaused("%0"), OtherNotification(b"%continue %0")]
    else:
        assert replies[2:] == [b"%pause %0\n", b"\n" * 24, b"%continue %0\n"]
        assert told == []
    assert SubscriptionChanged("all", "$0 $1 ") in events
    assert [event for event in events if type(event) is Output] == [Output("%0", b"again")]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_layouts_of_a_real_split_are_read(version):
    events = events_of(f"tmux-{version}-split.ctl")
    shown = [
        [(size.pane, size.columns, size.rows) for size in parse_layout(event.visible)]
        for event in events
        if type(event) is LayoutChanged
    ]

    assert [*shown[:3], shown[-1]] == [
        [("%0", 40, 24), ("%2", 39, 24)],
        [("%0", 40, 12), ("%3", 40, 11), ("%2", 39, 24)],
        [("%0", 80, 24)],
        [("%0", 80, 12), ("%3", 80, 11)],
    ]
