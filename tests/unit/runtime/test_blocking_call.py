import threading

from oma.runtime.blocking_call import call_within


def test_what_the_work_returns_is_returned():
    assert call_within(60.0, lambda: 7) == 7


def test_work_that_hangs_is_left_behind():
    end = threading.Event()

    assert call_within(0.0, end.wait) is None
    end.set()
