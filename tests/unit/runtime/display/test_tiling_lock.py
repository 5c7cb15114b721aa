import os
import signal

import pytest

from oma.errors import OmaError
from oma.runtime.display.tiling_lock import LEAVE, TilingLock, tiling_lock_of


@pytest.fixture
def environ(tmp_path_factory):
    return {"XDG_RUNTIME_DIR": str(tmp_path_factory.mktemp("r"))}


def lock(environ, pane="%0", pid=None):
    return tiling_lock_of("/s", os.getpid() if pid is None else pid, pane, environ)


def test_one_process_at_a_time_tiles_around_a_pane(environ):
    with lock(environ).taken():
        assert lock(environ).holder() == os.getpid()
        why = "the window is tiled already; 'oma untile' ends that"
        with pytest.raises(OmaError, match=why), lock(environ).taken():
            pytest.fail("two have it")
        with lock(environ, "%1").taken():
            pass

    assert lock(environ).holder() is None


def test_who_never_tiled_holds_nothing(environ):
    assert lock(environ).holder() is None
    assert not lock(environ).ask_to_leave()


def test_the_holder_is_asked_to_leave_by_a_signal(environ):
    heard = []
    before = signal.signal(LEAVE, lambda number, frame: heard.append(number))
    try:
        with lock(environ).taken():
            assert lock(environ).ask_to_leave()
    finally:
        signal.signal(LEAVE, before)

    assert heard == [LEAVE]
    lock(environ).wait_free()


def test_what_is_kept_about_servers_that_ended_goes_with_the_next_tiling(environ):
    ended = lock(environ, pid=2**22 + 1)
    with ended.taken():
        pass
    ended.journal.path.write_text("")

    with lock(environ).taken():
        assert not ended.path.exists()
        assert not ended.journal.path.exists()
    assert lock(environ).path.exists()


def test_the_logs_of_all_panes_of_a_server_are_found(environ):
    for pane in ("%0", "%1"):
        lock(environ, pane).journal.path.write_text("")
    tiling_lock_of("/other", os.getpid(), "%0", environ).journal.path.write_text("")

    assert len(lock(environ).journals()) == 2


def test_a_link_in_its_place_is_not_followed(environ, tmp_path):
    seat = lock(environ)
    (tmp_path / "target").touch()
    seat.path.symlink_to(tmp_path / "target")

    with pytest.raises(OmaError, match="cannot open"), TilingLock(seat.path).taken():
        pytest.fail("it was followed")
