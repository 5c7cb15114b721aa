"""Whatever happens, and whenever somebody comes: what they see is what the fold sees."""

import attrs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from oma.model.events import OutputLost, PaneCaptured, PaneClosed, PaneOutput, Record, ServerLost
from oma.model.ids import PaneId, SessionId
from oma.screen.emulator import Screen
from oma.screen.snapshots import Snapshot
from oma.screen.styled import PLAIN, StyledText
from oma.web.terminal.pane_stream import AGAIN_S, FRAME_BYTES, FRAME_S, PaneStream
from oma.web.terminal.viewer import CAPACITY_BYTES, Viewer

PANE, SESSION = PaneId("%1"), SessionId("$1")
COLUMNS, ROWS = 20, 6


def shown(screen):
    return screen.lines(), tuple(map(_trimmed, screen.styled(ROWS))), screen.cursor


def _trimmed(runs):
    """Take plain spaces off the end: a snapshot prints them where no cell was ever written."""
    if not runs or runs[-1].style != PLAIN:
        return runs
    text = runs[-1].text.rstrip(" ")
    return (*runs[:-1], StyledText(text, PLAIN)) if text else runs[:-1]


@attrs.define(eq=False)
class Page:
    """A viewer, and the terminal in their page."""

    viewer: Viewer = attrs.Factory(lambda: Viewer("ann"))
    screen: Screen = attrs.Factory(lambda: Screen(COLUMNS, ROWS))
    told: list = attrs.Factory(list)
    frames: int = 0

    def read(self):
        waiting, self.viewer._waiting = self.viewer._waiting, []
        self.viewer._held_bytes = 0
        for each in waiting:
            if isinstance(each, bytes):
                self.frames += 1
                self.screen.feed(each)
            else:
                self.told.append(each)
            if each == '{"type":"snapshot"}':
                self.screen = Screen(COLUMNS, ROWS)
        return self

    @property
    def shows(self):
        return shown(self.screen)


@attrs.define
class Play:
    """A pane, the log, and a stream that reads the log later than it is written."""

    screen: Screen | None = attrs.Factory(lambda: Screen(COLUMNS, ROWS))
    log: list = attrs.Factory(list)
    stream: PaneStream | None = None
    taken: int = 0

    def look(self, pane):
        screen = self.screen
        if screen is None:
            return None
        return Snapshot(COLUMNS, ROWS, screen.snapshot(), screen.pending)

    def opened(self):
        self.stream = PaneStream(PANE, SESSION, self.look, lambda: len(self.log))
        self.taken = len(self.log)
        return self

    def happens(self, event):
        self.log.append(Record(len(self.log) + 1, 0.0, event))
        match event:
            case PaneOutput(data=data) if self.screen is not None:
                self.screen.feed(data)
            case PaneCaptured():
                self.screen = Screen.seeded(event)
            case OutputLost():
                self.screen = None
        return self

    def prints(self, data):
        return self.happens(PaneOutput(PANE, data))

    def step(self, kind, what, now_s):
        if kind == "read":
            self.read(what)
        elif kind == "flush":
            self.stream.flush_due(now_s)
        else:
            self.happens(captured() if kind == "capture" else OutputLost(PANE, "test"))

    def read(self, count=1_000):
        for record in self.log[self.taken : self.taken + count]:
            self.stream.take(record)
        self.taken = min(len(self.log), self.taken + count)
        return self

    @property
    def shows(self):
        return shown(self.screen)


def captured(data=b"new\n"):
    return PaneCaptured(PANE, COLUMNS, ROWS, 3, 0, False, data)


units = st.sampled_from(
    ["text", "\r\n", "\x1b[31m", "\x1b[2;3H", "€日", "\x1b]0;t\x07", "\x1b[K", "x" * 30, "\x1bPq1\x1b\\"]
).map(str.encode)  # fmt: skip
outputs = st.lists(units, min_size=1, max_size=30).map(b"".join)
steps = st.lists(
    st.one_of(
        st.integers(1, 12).map(lambda count: ("print", count)),
        st.integers(1, 4).map(lambda count: ("read", count)),
        st.sampled_from([("join", 0), ("flush", 0), ("capture", 0), ("lose", 0), ("leave", 0)]),
    ),
    max_size=40,
)


@example(b"\x1b[2;3H\\\x1b[2;3H\x1b[K", [("print", 12), ("join", 0), ("print", 12)])
@given(outputs, steps)
@settings(max_examples=400)
def test_whenever_somebody_comes_they_see_what_the_fold_sees(output, steps):
    play, pages = Play().prints(b"before \x1b[3").opened(), []
    play.prints(b"1m")
    for number, (kind, what) in enumerate(steps):
        if kind == "leave":
            for page in pages[:1]:
                play.stream.leave(page.viewer)
            pages = pages[1:]
        elif kind == "join":
            pages.append(Page())
            play.stream.join(pages[-1].viewer)
        elif kind == "print":
            play.prints(output[:what])
            output = output[what:]
        else:
            play.step(kind, what, float(number))
    if play.screen is None:
        play.happens(captured())
    play.read()
    play.stream.flush_due(1000.0)

    for page in pages:
        assert page.read().shows == play.shows
        assert not page.viewer.behind


def test_the_first_output_after_silence_goes_out_at_once_and_the_rest_in_frames():
    play, page = Play().opened(), Page()
    play.stream.join(page.viewer)
    page.read()
    play.prints(b"a").read()
    assert play.stream.flush_due(10.0) == float("inf")
    assert page.read().frames == 2
    for number in range(5):
        play.prints(b"%d" % number).read()
        assert play.stream.flush_due(10.001) == 10.0 + FRAME_S
    assert page.read().frames == 2
    play.stream.flush_due(10.0 + FRAME_S)
    assert page.read().frames == 3
    assert page.shows == play.shows


def test_the_same_bytes_are_given_to_all():
    play, pages = Play().opened(), [Page(), Page()]
    for page in pages:
        play.stream.join(page.viewer)
        page.read()
    play.prints(b"text").read().stream.flush()

    first, second = (page.viewer._waiting[0] for page in pages)
    assert first is second


def test_a_flood_is_a_whole_screen_now_and_then():
    play, page = Play().opened(), Page()
    play.stream.join(page.viewer)
    page.read()
    play.stream.flush_due(10.0)
    for _ in range(3 * FRAME_BYTES // 1000):
        play.prints(b"x" * 998 + b"\r\n").read()
    play.stream.flush_due(10.0)
    play.prints(b"end" * FRAME_BYTES).read()

    assert len(play.stream._frame) <= 4 * FRAME_BYTES
    assert play.stream.flush_due(10.1) == 10.0 + AGAIN_S
    play.stream.flush_due(10.0 + AGAIN_S)
    assert page.viewer._held_bytes < 2000
    assert page.read().shows == play.shows


def test_who_is_behind_is_left_alone_until_they_ask():
    play, page = Play().opened(), Page()
    play.stream.join(page.viewer)
    for _ in range(CAPACITY_BYTES // 1000 + 1):
        play.prints(b"x" * 1000).read().stream.flush()

    assert page.viewer.behind
    play.happens(captured()).read()
    assert page.viewer.behind
    play.stream.join(page.viewer)
    play.prints(b"more").read().stream.flush()
    assert page.read().shows == play.shows


def test_the_end_of_the_pane_or_of_the_server_is_told():
    for event in (PaneClosed(PANE), ServerLost("test")):
        play, page = Play().opened(), Page()
        play.stream.join(page.viewer)
        play.happens(event).read()

        assert play.stream.ended
        assert page.viewer.ended
        assert '"ended"' in page.read().told[-1]


def test_somebody_who_comes_before_the_screen_is_known_waits_for_it():
    play, page = Play(screen=None).opened(), Page()
    play.stream.join(page.viewer)
    play.prints(b"unseen").read().stream.flush()
    assert page.read().frames == 0
    play.happens(captured()).prints(b"!").read().stream.flush()

    assert page.read().shows == play.shows


def test_the_first_viewer_may_come_in_the_middle_of_a_sequence():
    play, page = Play().prints(b"\x1b[3").opened(), Page()
    play.stream.join(page.viewer)
    play.prints(b"1mred").read().stream.flush()

    assert page.read().shows == play.shows


def test_a_capture_begins_anew_also_in_the_middle_of_a_string():
    play, page = Play().opened(), Page()
    play.stream.join(page.viewer)
    play.prints(b"\x1b]0;title").happens(captured()).read()
    play.prints(b"text").read().stream.flush()

    assert page.read().shows == play.shows


def test_nobody_gets_a_flood_without_its_end():
    play, page = Play().opened(), Page()
    play.stream.join(page.viewer)
    play.prints(b"x" * FRAME_BYTES).prints(b"yy").prints(b"lost").read()
    play.stream.join(Viewer("bob"))
    play.prints(b"z").read()

    assert page.viewer.behind
    play.stream.join(page.viewer)
    assert page.read().shows == play.shows
