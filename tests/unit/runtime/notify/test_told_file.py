import resource
import stat

import pytest

from oma.errors import OmaError
from oma.notify.notification_policy import ToldTransition
from oma.runtime.notify.told_file import ToldFile, told_file

TOLD = {
    "%1": ToldTransition("waiting:permission:x"),
    "$2": ToldTransition("stuck:retry:", is_last=True),
}


@pytest.fixture
def file(tmp_path):
    return told_file(tmp_path / "socket", {"XDG_RUNTIME_DIR": str(tmp_path)})


def test_what_was_told_comes_back_for_the_same_server_alone(file):
    with file.held():
        assert file.read(7) == {}
        file.write(7, TOLD)
        assert file.read(7) == TOLD
        file.write(7, {"%1": ToldTransition("k")})
    with file.held():
        assert file.read(7) == {"%1": ToldTransition("k")}
        assert file.read(8) == {}
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600


def test_one_process_tells_at_most(file):
    with file.held(), pytest.raises(OmaError, match="another oma"), ToldFile(file.path).held():
        pass
    with ToldFile(file.path).held():
        pass


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "{}",
        '{"server": 7}',
        '{"server": 7, "told": [1]}',
        '{"server":7,"told":{"a":1}}',
    ],
)
def test_a_torn_file_is_none(file, text):
    file.path.write_text(text)

    with file.held():
        assert file.read(7) == {}


def test_what_was_told_is_kept_where_it_cannot_be_written_anew(file):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with file.held():
        file.write(7, TOLD)
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
            with pytest.raises(OmaError, match="cannot write"):
                file.write(7, {"%1": ToldTransition("k")})
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert file.read(7) == TOLD


def test_every_tmux_server_has_a_file_of_its_own(tmp_path):
    environ = {"XDG_RUNTIME_DIR": str(tmp_path)}
    paths = {told_file(tmp_path / name, environ).path for name in ("a", "b")}

    assert len(paths) == 2


def test_without_room_it_is_said(file, tmp_path):
    with pytest.raises(OmaError, match="cannot write"):
        file.write(7, TOLD)  # it is not held
    with pytest.raises(OmaError, match="cannot open"), ToldFile(tmp_path / "no" / "f").held():
        pass
