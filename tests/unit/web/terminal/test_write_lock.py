from oma.web.terminal.viewer import Viewer
from oma.web.terminal.write_lock import WriteLock

ANN, ANN_AGAIN, BOB = Viewer("ann"), Viewer("ann"), Viewer("bob")


def _take(control, viewer, lost, may=False):
    return control.take(viewer, lambda: lost.append(viewer), may_take_over=may)


def test_one_at_a_time_has_it():
    control, lost = WriteLock(), []

    assert _take(control, ANN, lost) == ""
    assert _take(control, BOB, lost) == "ann controls this terminal: ask them to release it"
    assert (control.holder, lost) == (ANN, [])
    control.release(BOB)
    assert control.holder is ANN
    control.release(ANN)
    assert _take(control, BOB, lost) == ""
    assert (control.holder, lost) == (BOB, [])


def test_the_same_user_and_the_trusted_take_it_over():
    control, lost = WriteLock(), []
    _take(control, ANN, lost)

    assert _take(control, ANN_AGAIN, lost) == ""
    assert _take(control, BOB, lost, may=True) == ""
    assert (control.holder, lost) == (BOB, [ANN, ANN_AGAIN])
