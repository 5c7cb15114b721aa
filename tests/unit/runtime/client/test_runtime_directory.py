import os
import stat
import tempfile
from pathlib import Path

import pytest

from oma.errors import OmaError
from oma.runtime.client.runtime_directory import runtime_directory, unusable_runtime


@pytest.fixture
def folder():
    """Give a directory of our own with a short path."""
    with tempfile.TemporaryDirectory(prefix="oma", dir="/tmp") as name:
        yield Path(name)


def made(path, mode=0o700):
    path.mkdir()
    path.chmod(mode)
    return str(path)


def linked(folder):
    made(folder / "target")
    (folder / "run").symlink_to("target")
    return str(folder / "run")


UNUSABLE = {
    "is not set": lambda folder: "",
    "is no absolute path": lambda folder: "run",
    "is too long": lambda folder: made(folder / ("r" * 70)),
    "no such directory": lambda folder: str(folder / "run"),
    "is a symbolic link": linked,
    "is no directory": lambda folder: (folder / "run").touch() or str(folder / "run"),
    "can be written to by others": lambda folder: made(folder / "run", 0o777),
}


def mode(path):
    return stat.S_IMODE(path.lstat().st_mode)


def test_the_runtime_directory_of_the_user_is_taken(folder):
    environ = {"XDG_RUNTIME_DIR": made(folder / "run")}

    assert unusable_runtime(environ) is None
    assert runtime_directory(environ) == folder / "run" / "oma"
    assert runtime_directory(environ) == folder / "run" / "oma"
    assert mode(folder / "run" / "oma") == 0o700


@pytest.mark.parametrize("why", UNUSABLE)
def test_one_that_is_not_the_users_alone_is_replaced(folder, why):
    made(folder / "tmp", 0o1777)
    environ = {"XDG_RUNTIME_DIR": UNUSABLE[why](folder)}

    assert why in unusable_runtime(environ)
    place = runtime_directory(environ, folder / "tmp")
    assert place == folder / "tmp" / f"oma-{os.getuid()}"
    assert mode(place) == 0o700
    assert not (folder / "target" / "oma").exists()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can make what belongs to another user")
def test_what_belongs_to_another_user_is_neither_used_nor_changed(folder):
    run = made(folder / "run")
    os.chown(run, 1234, -1)
    environ = {"XDG_RUNTIME_DIR": run}
    assert unusable_runtime(environ) == "belongs to another user"
    assert runtime_directory(environ, folder) == folder / "oma-0"

    os.chown(folder / "oma-0", 1234, -1)
    with pytest.raises(OmaError, match="belongs to another user: set XDG_RUNTIME_DIR"):
        runtime_directory(environ, folder)
    assert not list((folder / "run").iterdir())


def test_what_stands_under_the_name_is_never_followed(folder):
    made(folder / "elsewhere")
    (folder / f"oma-{os.getuid()}").symlink_to("elsewhere")

    with pytest.raises(OmaError, match="is a symbolic link"):
        runtime_directory({}, folder)

    (folder / f"oma-{os.getuid()}").unlink()
    (folder / f"oma-{os.getuid()}").touch()
    with pytest.raises(OmaError, match="cannot be used: File exists"):
        runtime_directory({}, folder)


def test_a_directory_of_ours_that_others_can_look_into_is_closed(folder):
    place = Path(made(folder / f"oma-{os.getuid()}", 0o755))

    assert runtime_directory({}, folder) == place
    assert mode(place) == 0o700


def test_a_file_of_the_name_in_the_runtime_directory_is_left_alone(folder):
    run = made(folder / "run")
    (folder / "run" / "oma").touch()

    assert runtime_directory({"XDG_RUNTIME_DIR": run}, folder) == folder / f"oma-{os.getuid()}"
