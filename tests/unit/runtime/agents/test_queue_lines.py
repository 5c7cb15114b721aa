"""Lines of the queue: whatever changes, what is read is what was meant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.model.ids import PaneId
from oma.model.prompts import TYPING, UNSURE, Addressee, PromptQueue
from oma.runtime.agents.queue_lines import change_line, read_whole, whole_line, with_changes

BOB, EVE = (Addressee("run", PaneId(f"%{n}"), name, name) for n, name in enumerate(("bob", "eve")))
NUMBERS = st.integers(1, 8)
CHANGES = st.one_of(
    st.builds(
        lambda to, text: lambda q: q.added(to, text), st.sampled_from((BOB, EVE)), st.text()
    ),
    st.builds(
        lambda n, s: lambda q: q.with_state(n, s), NUMBERS, st.sampled_from((TYPING, UNSURE))
    ),
    st.builds(lambda n, text: lambda q: q.with_text(n, text), NUMBERS, st.text()),
    st.builds(lambda n: lambda q: q.without(lambda p: p.number == n), NUMBERS),
    st.builds(lambda to, why: lambda q: q.halted(to, why), st.sampled_from((BOB, EVE)), st.text()),
    st.sampled_from((lambda q: q.resumed(BOB), PromptQueue.recovered, lambda _: PromptQueue())),
)


@settings(max_examples=30)
@given(st.lists(CHANGES, max_size=20))
def test_what_is_read_is_what_was_changed(changes):
    queue = PromptQueue()
    whole, lines = whole_line(queue), []
    for change in changes:
        after = change(queue)
        line = change_line(queue, after)
        assert line is not None
        lines.append(line)
        queue = after
    assert with_changes(read_whole(whole), lines) == queue == read_whole(whole_line(queue))
    assert all(line.count(b"\n") == 1 for line in (whole_line(queue), *lines))


def test_another_order_takes_a_whole_line():
    queue = PromptQueue().added(BOB, "a").added(BOB, "b")
    other = PromptQueue(tuple(reversed(queue.prompts)), (), queue.next_number)
    assert change_line(queue, other) is None


@pytest.mark.parametrize(
    "line", [b"1", b"{}", b'{"next_number": 1, "out": [7]}', b'{"next_number": 1, "put": [{}]}']
)
def test_a_line_of_others_is_refused(line):
    with pytest.raises((ValueError, TypeError, LookupError, AttributeError)):
        with_changes(PromptQueue(), [line])
