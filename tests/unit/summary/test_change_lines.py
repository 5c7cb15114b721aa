import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.errors import RecordingError
from oma.model.health import Health
from oma.summary.change_lines import decode_log, encode_began, encode_change, encode_ended
from oma.summary.health_changes import ChangeLog
from tests.unit.summary.logs import OK, WAITING, at, change


def lines(*changes, ended=None):
    end = [] if ended is None else [encode_ended(at(ended))]
    return [encode_began(at(0)), *map(encode_change, changes), *end]


@given(st.lists(st.tuples(st.sampled_from(list(Health)), st.text(), st.text()), max_size=5))
def test_what_was_written_is_read(told):
    changes = [change(n, h, reason, agent=name) for n, (h, reason, name) in enumerate(told)]

    assert decode_log(lines(*changes, ended=60), at(0)) == ChangeLog(at(0), at(60), tuple(changes))


def test_a_log_that_was_cut_has_what_is_whole_and_ended_when_it_was_last_written():
    whole = lines(change(1, OK), change(2, WAITING))
    cut = [*whole[:-1], whole[-1][:20]]

    assert decode_log(cut, at(30)) == ChangeLog(at(0), at(30), (change(1, OK),))


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        [b"\n"],
        [b"[]\n"],
        [b'{"format":"x"}\n'],
        [encode_began(at(0)).replace(b"1,", b"2,")],
        [encode_began(at(0)), b"{}\n"],
        [encode_began(at(0)), b"7\n"],
        [encode_began(at(0)), encode_change(change(1, OK)).replace(b'"ok"', b'"fine"')],
    ],
)
def test_what_is_something_else_is_refused(wrong):
    with pytest.raises(RecordingError, match="no changes that this version"):
        decode_log(wrong, at(0))
